# Where deps/fetch put things, and the linker lines they need.

set(PGS_DEPS ${PROJECT_SOURCE_DIR}/build/deps)
if(NOT EXISTS ${PGS_DEPS}/duckdb/lib/libduckdb_static.a)
    message(FATAL_ERROR "dependencies are missing: run deps/fetch")
endif()

set(PGS_LIBPQ_INCLUDE ${PGS_DEPS}/libpq/include)
set(PGS_DUCKDB_C_INCLUDE ${PGS_DEPS}/duckdb/capi)
set(PGS_DUCKDB_CXX_INCLUDE ${PGS_DEPS}/duckdb/include)
foreach(folder fsst fmt/include hyperloglog fastpforlib skiplist fast_float re2 miniz utf8proc/include
        concurrentqueue pcg pdqsort tdigest mbedtls/include jaro_winkler yyjson/include zstd/include)
    list(APPEND PGS_DUCKDB_CXX_INCLUDE ${PGS_DEPS}/duckdb/third_party/${folder})
endforeach()

find_package(Threads REQUIRED)

# libpq with TLS, all static: the user's machine needs no client library.
find_library(PGS_LIBSSL libssl.a REQUIRED)
find_library(PGS_LIBCRYPTO libcrypto.a REQUIRED)
set(PGS_LIBPQ_LIBS ${PGS_DEPS}/libpq/lib/libpq.a ${PGS_LIBSSL} ${PGS_LIBCRYPTO} m)

# DuckDB itself, for the extension: the core and what it is made of, without the other extensions.
file(GLOB PGS_DUCKDB_ALL_ARCHIVES ${PGS_DEPS}/duckdb/lib/*.a)
set(PGS_DUCKDB_CORE_ARCHIVES ${PGS_DUCKDB_ALL_ARCHIVES})
list(FILTER PGS_DUCKDB_CORE_ARCHIVES EXCLUDE REGEX "_extension\\.a$|extension_loader\\.a$|jemalloc")
# For programs: everything, and the loader that registers it. The archives refer to each other in circles.
list(FILTER PGS_DUCKDB_ALL_ARCHIVES EXCLUDE REGEX "jemalloc")
set(PGS_DUCKDB_CORE_LIBS
    -Wl,--start-group ${PGS_DUCKDB_CORE_ARCHIVES} -Wl,--end-group Threads::Threads ${CMAKE_DL_LIBS} m)
set(PGS_DUCKDB_ALL_LIBS
    -Wl,--start-group ${PGS_DUCKDB_ALL_ARCHIVES} -Wl,--end-group Threads::Threads ${CMAKE_DL_LIBS} m)

# pgs_cxx_target(<target>): C++ that sees DuckDB.
function(pgs_cxx_target target)
    target_compile_options(${target} PRIVATE ${PGS_CXX_FLAGS})
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/src)
    target_include_directories(${target} SYSTEM PRIVATE ${PGS_DUCKDB_CXX_INCLUDE})
endfunction()
