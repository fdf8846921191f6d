# The extension file: core + bridge + DuckDB's archives + libpq in one shared object, then the footer;
# and a local repository that INSTALL ... FROM and autoloading can use. Also the shell to try it in.

file(GLOB bridge_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/bridge/*.cpp)
set(extension_dir ${CMAKE_BINARY_DIR}/extension/postgres_scanner)
set(repository_dir ${CMAKE_BINARY_DIR}/repository/${PGS_DUCKDB_VERSION}/${PGS_PLATFORM})

add_library(pgs_bridge OBJECT ${bridge_sources})
pgs_cxx_target(pgs_bridge)

# The name is not free: DuckDB derives the entry point from the file's base name.
add_library(postgres_scanner MODULE $<TARGET_OBJECTS:pgs_bridge>)
set_target_properties(postgres_scanner PROPERTIES
    PREFIX "" SUFFIX ".duckdb_extension" LINKER_LANGUAGE CXX
    LIBRARY_OUTPUT_DIRECTORY ${extension_dir}
    LINK_DEPENDS "${PROJECT_SOURCE_DIR}/cmake/exports.map;${PROJECT_SOURCE_DIR}/cmake/append_footer.py")
target_link_options(postgres_scanner PRIVATE
    -Wl,--exclude-libs,ALL -Wl,--gc-sections -Wl,--no-undefined -Wl,--build-id
    -Wl,--version-script=${PROJECT_SOURCE_DIR}/cmake/exports.map
    $<$<CONFIG:Release>:-s>)
if(TARGET pgs_core)
    target_link_libraries(postgres_scanner PRIVATE pgs_core)
endif()
target_link_libraries(postgres_scanner PRIVATE ${PGS_DUCKDB_CORE_LIBS} ${PGS_LIBPQ_LIBS})

add_custom_command(TARGET postgres_scanner POST_BUILD
    COMMAND python3 ${PROJECT_SOURCE_DIR}/cmake/append_footer.py $<TARGET_FILE:postgres_scanner>
        CPP v${PROJECT_VERSION} ${PGS_DUCKDB_VERSION} ${PGS_PLATFORM}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${repository_dir}
    COMMAND ${CMAKE_COMMAND} -E copy $<TARGET_FILE:postgres_scanner> ${repository_dir}
    VERBATIM)

add_custom_target(shell ALL
    ${CMAKE_COMMAND} -E create_symlink ../deps/shell/duckdb ${CMAKE_BINARY_DIR}/duckdb VERBATIM)
