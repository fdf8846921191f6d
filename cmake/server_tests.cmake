# Programs that drive the C layers against a live server, under ASan and UBSan, never part of a plain
# make: test/<folder>/*.c becomes test/<folder>_test, but a second program of a folder, named *_test.c,
# is its own and needs no server. Built by the target server-tests; cmake/run-server-tests runs them.

add_custom_target(server-tests)

# pgs_server_test(<target> <library list> <source>...)
function(pgs_server_test target libraries)
    add_executable(${target} EXCLUDE_FROM_ALL ${ARGN})
    pgs_c_target(${target})
    target_compile_options(${target} PRIVATE ${PGS_SANITIZE} -Wno-conversion)
    target_link_options(${target} PRIVATE ${PGS_SANITIZE} -Wl,--gc-sections)
    target_include_directories(${target} PRIVATE ${unit_dir})
    target_include_directories(${target} SYSTEM PRIVATE ${PGS_LIBPQ_INCLUDE} ${PGS_DUCKDB_C_INCLUDE})
    target_link_libraries(${target} PRIVATE
        pgs_san_upper pgs_san_helpers pgs_san_pure ${libraries} Threads::Threads m)
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/test)
    add_dependencies(server-tests ${target})
endfunction()

foreach(folder link catalog)
    file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/test/${folder}/*.c)
    list(FILTER sources EXCLUDE REGEX "/logical_type_test\\.c$")
    pgs_server_test(${folder}_test "${PGS_LIBPQ_LIBS}" ${sources})
endforeach()

# Types and constants through DuckDB's C API: with all of DuckDB inside.
pgs_server_test(logical_type_test "${PGS_DUCKDB_ALL_LIBS}"
    ${PROJECT_SOURCE_DIR}/test/catalog/logical_type_test.c)
set_target_properties(logical_type_test PROPERTIES LINKER_LANGUAGE CXX)
