# libFuzzer targets of the trace reader: cmake --preset fuzz, then fuzz_etl_container CORPUS.
if(QUARRY_FUZZ)
  foreach(target container decompress payload)
    add_executable(fuzz_etl_${target} ${CMAKE_CURRENT_LIST_DIR}/etl_${target}.cpp)
    target_link_libraries(fuzz_etl_${target} PRIVATE quarry_etl)
    target_link_options(fuzz_etl_${target} PRIVATE -fsanitize=fuzzer)
  endforeach()
endif()
