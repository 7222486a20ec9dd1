# How every target of this project is built. Folders call penstock_library, penstock_program and
# penstock_test and say nothing about flags.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

option(PENSTOCK_FUZZ "clang: instruments everything for libFuzzer and the address sanitizer" OFF)
option(PENSTOCK_COVERAGE "counts which branches of oms/ are taken: ./dev coverage" OFF)
set(PENSTOCK_SANITIZE "" CACHE STRING "address,undefined or thread: builds everything with that sanitizer")

add_library(penstock_flags INTERFACE)
target_include_directories(penstock_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(penstock_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
  -fstack-protector-strong -fno-omit-frame-pointer)
if(PENSTOCK_FUZZ)
  # The code is kept clean for GCC 12; another compiler's warnings stop no fuzzing.
  target_compile_options(penstock_flags INTERFACE -Wno-error -fsanitize=fuzzer-no-link,address,undefined
    -fno-sanitize=vptr -fno-sanitize-recover=all)
  target_link_options(penstock_flags INTERFACE -fsanitize=address,undefined)
elseif(PENSTOCK_SANITIZE)
  # QuickFIX casts fields to what they were not made as, which is what "vptr" would tell of.
  target_compile_options(penstock_flags INTERFACE -fsanitize=${PENSTOCK_SANITIZE} -fno-sanitize=vptr
    -fno-sanitize-recover=all)
  if(PENSTOCK_SANITIZE STREQUAL "thread")
    # Asio fences, and GCC 12 warns that ThreadSanitizer does not see fences.
    target_compile_options(penstock_flags INTERFACE -Wno-tsan)
  endif()
  target_link_options(penstock_flags INTERFACE -fsanitize=${PENSTOCK_SANITIZE})
else()
  # glibc's checks and the sanitizers' interceptors do not mix.
  target_compile_options(penstock_flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()
target_link_options(penstock_flags INTERFACE -fuse-ld=lld -Wl,-z,relro,-z,now)

# penstock_library(name SOURCES a.cpp ... [DEPENDS libs ...] [PRIVATE libs ...])
function(penstock_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC penstock_flags ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE})
endfunction()

# penstock_program(name SOURCES main.cpp ... DEPENDS libs ...)
function(penstock_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE penstock_flags ${ARG_DEPENDS})
endfunction()

# penstock_test(name SOURCES foo_test.cpp ... DEPENDS libs ...): one GoogleTest program, one ctest entry.
# tests/places.hpp tells where the repository is.
function(penstock_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  find_package(GTest REQUIRED)
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE penstock_flags penstock_test_places ${ARG_DEPENDS} GTest::gtest GTest::gtest_main)
  target_compile_options(${name} PRIVATE -O1)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
endfunction()
