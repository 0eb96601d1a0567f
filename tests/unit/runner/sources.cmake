target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/cases_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/differential_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/outcome_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/table_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_test_cases)
