target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/campaigns_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/grammar_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_fuzz_campaigns)
