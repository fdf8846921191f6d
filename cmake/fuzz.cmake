# The fuzzers (make fuzz): test/fuzz/<name>_fuzz.c with the pure layers, libFuzzer, ASan and UBSan.

if(NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "libFuzzer needs clang: -DCMAKE_C_COMPILER=clang-14")
endif()

set(flags -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -O1 -g -UNDEBUG)
pgs_sources(pure_sources ${PGS_PURE_LAYERS})
file(GLOB helpers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/test/fuzz/*.c)
set(fuzzers ${helpers})
list(FILTER fuzzers INCLUDE REGEX "_fuzz\\.c$")
list(FILTER helpers EXCLUDE REGEX "_fuzz\\.c$")

add_library(pgs_pure STATIC ${pure_sources} ${helpers})
pgs_c_target(pgs_pure)
target_compile_options(pgs_pure PRIVATE ${flags})

foreach(source IN LISTS fuzzers)
    get_filename_component(target ${source} NAME_WE)
    add_executable(${target} ${source})
    pgs_c_target(${target})
    # libFuzzer calls LLVMFuzzerTestOneInput, which no header declares.
    target_compile_options(${target} PRIVATE ${flags} -Wno-missing-prototypes)
    target_link_options(${target} PRIVATE -fsanitize=fuzzer,address,undefined)
    target_link_libraries(${target} PRIVATE pgs_pure)
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
endforeach()
