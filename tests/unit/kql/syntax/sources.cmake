target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/expression_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/formatter_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/highlight_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/literal_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/parsed.cpp
  ${CMAKE_CURRENT_LIST_DIR}/recovery_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/statement_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_kql_syntax)
