# quarry_room(NAME SOURCES … ROOMS … LIBRARIES …): one static library quarry_NAME.
# ROOMS become public dependencies (quarry_X), LIBRARIES are the third-party targets that this room alone may use.

add_library(quarry_flags INTERFACE)
target_compile_features(quarry_flags INTERFACE cxx_std_20)
target_include_directories(quarry_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(quarry_flags INTERFACE JSON_USE_IMPLICIT_CONVERSIONS=0)
# GCC 12 warns of overlapping copies in std::string's own operator+ (its bug 105651): -Wno-restrict.
target_compile_options(quarry_flags INTERFACE -pthread -Wall -Wextra -Wno-restrict -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
                       -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
if(QUARRY_WERROR)
  target_compile_options(quarry_flags INTERFACE -Werror)
endif()
if(QUARRY_SANITIZE)
  # With sanitizers GCC 12 takes moves of a std::variant for uses of what was never set: -Wno-maybe-uninitialized.
  target_compile_options(quarry_flags INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
                         -Wno-maybe-uninitialized)
  target_link_options(quarry_flags INTERFACE -fsanitize=address,undefined)
endif()
if(QUARRY_COVERAGE)
  target_compile_options(quarry_flags INTERFACE --coverage)
  target_link_options(quarry_flags INTERFACE --coverage)
endif()
if(QUARRY_FUZZ)
  target_compile_options(quarry_flags INTERFACE -fsanitize=fuzzer-no-link,address,undefined)
  target_link_options(quarry_flags INTERFACE -fsanitize=address,undefined)
endif()
target_link_libraries(quarry_flags INTERFACE fmt::fmt tl::expected)

# Most of a small file's compile time went into the same standard headers: they are compiled once for all files with the same
# flags. GCC 12 then loses sight of which of them are system headers, and its warnings about what it inlined from them come
# out as ours: those few are off in such a build and on without it (-DQUARRY_PCH=OFF).
if(QUARRY_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(quarry_flags INTERFACE -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds -Wno-maybe-uninitialized)
endif()

# quarry_precompiled_headers(NAME HEADERS…): what quarry_precompiled(TARGET NAME) gives its targets.
function(quarry_precompiled_headers name)
  if(QUARRY_PCH)
    file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp CONTENT "")
    add_library(${name} OBJECT ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
    target_link_libraries(${name} PRIVATE quarry_flags)
    target_precompile_headers(${name} PRIVATE <algorithm> <array> <cstdint> <cstring> <functional> <map> <memory> <optional> <span> <string>
                              <string_view> <tuple> <unordered_map> <utility> <variant> <vector> <fmt/format.h> <tl/expected.hpp> ${ARGN})
  endif()
endfunction()

function(quarry_precompiled target name)
  if(QUARRY_PCH)
    target_precompile_headers(${target} REUSE_FROM ${name})
  endif()
endfunction()

quarry_precompiled_headers(quarry_headers)

function(quarry_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;ROOMS;LIBRARIES" ${ARGN})
  add_library(quarry_${name} STATIC ${ROOM_SOURCES})
  list(TRANSFORM ROOM_ROOMS PREPEND quarry_)
  target_link_libraries(quarry_${name} PUBLIC quarry_flags ${ROOM_ROOMS} PRIVATE ${ROOM_LIBRARIES})
  quarry_precompiled(quarry_${name} quarry_headers)
endfunction()
