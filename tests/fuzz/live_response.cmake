# libFuzzer target of the answers of the live response service: cmake --preset fuzz, then
# fuzz_live_response_answers CORPUS.
if(QUARRY_FUZZ)
  add_executable(fuzz_live_response_answers ${CMAKE_CURRENT_LIST_DIR}/live_response_answers.cpp)
  target_link_libraries(fuzz_live_response_answers PRIVATE quarry_services quarry_json quarry_value)
  target_link_options(fuzz_live_response_answers PRIVATE -fsanitize=fuzzer)
endif()
