# Every third-party library, found once. Packages are listed in common/cmake/debian-packages.txt.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

macro(quarry_need package debian)
  find_package(${package} ${ARGN})
  if(NOT ${package}_FOUND)
    message(FATAL_ERROR "Quarry needs ${package}: apt-get install ${debian}")
  endif()
endmacro()

quarry_need(fmt libfmt-dev CONFIG QUIET)
quarry_need(tl-expected libexpected-dev CONFIG QUIET)
quarry_need(CLI11 libcli11-dev CONFIG QUIET)
quarry_need(nlohmann_json nlohmann-json3-dev CONFIG QUIET)
quarry_need(simdjson libsimdjson-dev CONFIG QUIET)
quarry_need(tomlplusplus libtomlplusplus-dev CONFIG QUIET)
quarry_need(LibArchive libarchive-dev QUIET)
quarry_need(ZLIB zlib1g-dev QUIET)
quarry_need(OpenSSL libssl-dev QUIET)
quarry_need(CURL libcurl4-openssl-dev QUIET)
quarry_need(Boost libboost-dev QUIET)
pkg_check_modules(RE2 REQUIRED QUIET IMPORTED_TARGET re2)            # libre2-dev
pkg_check_modules(UTF8PROC REQUIRED QUIET IMPORTED_TARGET libutf8proc) # libutf8proc-dev
pkg_check_modules(XXHASH REQUIRED QUIET IMPORTED_TARGET libxxhash)   # libxxhash-dev
pkg_check_modules(ISAL REQUIRED QUIET IMPORTED_TARGET libisal)       # libisal-dev
# libs2-dev comes without a package file for CMake.
find_path(S2_INCLUDE_DIR s2/s2polygon.h)
find_library(S2_LIBRARY s2)
if(NOT S2_INCLUDE_DIR OR NOT S2_LIBRARY)
  message(FATAL_ERROR "Quarry needs s2: apt-get install libs2-dev")
endif()
add_library(Quarry::S2 UNKNOWN IMPORTED)
set_target_properties(Quarry::S2 PROPERTIES IMPORTED_LOCATION ${S2_LIBRARY} INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${S2_INCLUDE_DIR})
if(QUARRY_TESTS)
  quarry_need(doctest doctest-dev CONFIG QUIET)
endif()
