target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/batch_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/column_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/decimal_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/dynamic_fuzz_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/dynamic_order_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/dynamic_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/guid_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/hash_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/json_text_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/scalar_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/type_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_value)
