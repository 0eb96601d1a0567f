target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/examples_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/long_queries_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/sentinel_yaml_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_kql)
