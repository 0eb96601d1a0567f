target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/case_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/entities_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/rows_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/rule_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/sending_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/target_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_tool_incident-link quarry_fakes)
