# The C core. Each layer is an object library, so that each sees only the headers it is meant to see:
# libpq's in link alone, DuckDB's C API (duckdb.h, no other file) from catalog upwards.

set(PGS_PURE_LAYERS base wire sql) # no I/O, no host: what unit tests and fuzzers build with sanitizers

# pgs_c_target(<target>): what all C code of the project shares.
function(pgs_c_target target)
    target_compile_options(${target} PRIVATE ${PGS_C_FLAGS})
    # POSIX and the usual extras under -std=c11; the versions are for version functions and log lines.
    target_compile_definitions(${target} PRIVATE _DEFAULT_SOURCE=
        PGS_EXTENSION_VERSION="v${PROJECT_VERSION}" PGS_DUCKDB_VERSION="${PGS_DUCKDB_VERSION}")
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/src)
endfunction()

# pgs_sources(<out> <folder>...): the C files of these folders of src/, if any.
function(pgs_sources out)
    set(found "")
    foreach(folder IN LISTS ARGN)
        file(GLOB_RECURSE files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${folder}/*.c)
        list(APPEND found ${files})
    endforeach()
    set(${out} ${found} PARENT_SCOPE)
endfunction()

# pgs_layer(<name> [<system include folder>...]): adds the layer's objects to PGS_CORE_OBJECTS.
function(pgs_layer name)
    if(name STREQUAL "extension")
        file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/extension.c)
    else()
        pgs_sources(sources ${name})
    endif()
    if(NOT sources)
        return()
    endif()
    add_library(pgs_${name} OBJECT ${sources})
    pgs_c_target(pgs_${name})
    target_include_directories(pgs_${name} SYSTEM PRIVATE ${ARGN})
    set(PGS_CORE_OBJECTS ${PGS_CORE_OBJECTS} $<TARGET_OBJECTS:pgs_${name}> PARENT_SCOPE)
endfunction()

macro(pgs_core_layers)
    set(PGS_CORE_OBJECTS "")
    pgs_layer(base)
    pgs_layer(wire)
    pgs_layer(sql)
    pgs_layer(link ${PGS_LIBPQ_INCLUDE})
    pgs_layer(auth)
    pgs_layer(settings ${PGS_DUCKDB_C_INCLUDE})
    pgs_layer(catalog ${PGS_DUCKDB_C_INCLUDE})
    pgs_layer(scan ${PGS_DUCKDB_C_INCLUDE})
    pgs_layer(write ${PGS_DUCKDB_C_INCLUDE})
    pgs_layer(functions ${PGS_DUCKDB_C_INCLUDE})
    pgs_layer(extension ${PGS_DUCKDB_C_INCLUDE})
    # The loops over values: here the compiler's vectoriser pays.
    if(TARGET pgs_wire)
        target_compile_options(pgs_wire PRIVATE $<$<CONFIG:Release>:-O3>)
    endif()
    if(PGS_CORE_OBJECTS)
        add_library(pgs_core STATIC ${PGS_CORE_OBJECTS})
    endif()
endmacro()
