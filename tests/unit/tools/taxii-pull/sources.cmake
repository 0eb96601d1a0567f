target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/flatten_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/push_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/state_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/stix_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_tool_taxii-pull)
