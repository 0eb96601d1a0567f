target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/graph_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/row_table_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/spill_parts_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/spill_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/spilled_operators_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_kql_exec)
