# Unit tests (make unit): test/unit/<layer>/<name>_test.c becomes unit/<layer>_<name>_test. They are
# never part of a plain make. Programs for the SQL tests: test/unittest and test/tpcgen.

set(PGS_SANITIZE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -O1 -g
    -UNDEBUG)

# pgs_sanitized(<target> <source>...): a static library, so that a test links only what it uses.
function(pgs_sanitized target)
    if(NOT ARGN)
        return()
    endif()
    add_library(${target} STATIC EXCLUDE_FROM_ALL ${ARGN})
    pgs_c_target(${target})
    target_compile_options(${target} PRIVATE ${PGS_SANITIZE})
endfunction()

set(unit_dir ${PROJECT_SOURCE_DIR}/test/unit)
pgs_sources(pure_sources ${PGS_PURE_LAYERS})
pgs_sources(upper_sources link auth settings catalog scan write functions)
file(GLOB unit_helpers CONFIGURE_DEPENDS ${unit_dir}/*.c)
file(GLOB unit_tests CONFIGURE_DEPENDS ${unit_dir}/*/*_test.c)

pgs_sanitized(pgs_san_pure ${pure_sources})
pgs_sanitized(pgs_san_helpers ${unit_helpers})
pgs_sanitized(pgs_san_upper ${upper_sources})
if(TARGET pgs_san_helpers)
    target_include_directories(pgs_san_helpers PRIVATE ${unit_dir})
endif()
if(TARGET pgs_san_upper)
    target_include_directories(pgs_san_upper SYSTEM PRIVATE
        ${PGS_LIBPQ_INCLUDE} ${PGS_DUCKDB_C_INCLUDE})
endif()

add_custom_target(unit-tests)
foreach(source IN LISTS unit_tests)
    get_filename_component(layer ${source} DIRECTORY)
    get_filename_component(layer ${layer} NAME)
    get_filename_component(name ${source} NAME_WE)
    set(target ${layer}_${name})
    add_executable(${target} EXCLUDE_FROM_ALL ${source})
    pgs_c_target(${target})
    target_compile_options(${target} PRIVATE ${PGS_SANITIZE} -Wno-conversion)
    target_link_options(${target} PRIVATE ${PGS_SANITIZE} -Wl,--gc-sections)
    target_include_directories(${target} PRIVATE ${unit_dir})
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/unit)
    set(libraries "")
    foreach(library pgs_san_helpers pgs_san_pure)
        if(TARGET ${library})
            list(APPEND libraries ${library})
        endif()
    endforeach()
    # Layers above the pure ones may be tested too, as far as what they use needs no DuckDB.
    if(NOT layer IN_LIST PGS_PURE_LAYERS AND TARGET pgs_san_upper)
        list(PREPEND libraries pgs_san_upper)
        list(APPEND libraries ${PGS_LIBPQ_LIBS})
        target_include_directories(${target} SYSTEM PRIVATE
            ${PGS_LIBPQ_INCLUDE} ${PGS_DUCKDB_C_INCLUDE})
    endif()
    target_link_libraries(${target} PRIVATE ${libraries} Threads::Threads m)
    add_dependencies(unit-tests ${target})
endforeach()

# Programs with all of DuckDB inside: tools/<folder>/*.{c,cpp} becomes test/<folder>.
foreach(program unittest tpcgen)
    file(GLOB c_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tools/${program}/*.c)
    file(GLOB cxx_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tools/${program}/*.cpp)
    if(NOT c_sources AND NOT cxx_sources)
        continue()
    endif()
    add_executable(${program} ${c_sources} ${cxx_sources})
    set_target_properties(${program} PROPERTIES
        LINKER_LANGUAGE CXX RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/test)
    target_compile_options(${program} PRIVATE
        "$<$<COMPILE_LANGUAGE:C>:${PGS_C_FLAGS}>" "$<$<COMPILE_LANGUAGE:CXX>:${PGS_CXX_FLAGS}>")
    # These are tools for Linux alone: they may use all of glibc. (For C++ that is the default.)
    target_compile_definitions(${program} PRIVATE $<$<COMPILE_LANGUAGE:C>:_GNU_SOURCE=>
        PGS_DUCKDB_VERSION="${PGS_DUCKDB_VERSION}" PGS_PLATFORM="${PGS_PLATFORM}")
    target_include_directories(${program} PRIVATE ${PROJECT_SOURCE_DIR}/tools/${program})
    target_include_directories(${program} SYSTEM PRIVATE ${PGS_DUCKDB_CXX_INCLUDE})
    target_link_options(${program} PRIVATE -Wl,--gc-sections $<$<CONFIG:Release>:-s>)
    target_link_libraries(${program} PRIVATE ${PGS_DUCKDB_ALL_LIBS})
endforeach()

include(cmake/server_tests.cmake)
