target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/document_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/object_writer_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/element_stream_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/raw_object_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/row_parser_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/value_scanner_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/writer_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_json)
