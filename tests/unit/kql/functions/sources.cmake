target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/sketch_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/aggregate_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/call.cpp
  ${CMAKE_CURRENT_LIST_DIR}/numbers_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/operators_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/registry_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/stored_sketch_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/text_operators_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/texts_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_kql_functions)
