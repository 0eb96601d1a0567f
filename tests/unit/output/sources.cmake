target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/box_table_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/chart_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/column_fit_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/format_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/report_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_output)
