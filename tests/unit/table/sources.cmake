target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/arrival_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/csv_reader_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/infer_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/memory_reader_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/ndjson_oracle_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/ndjson_reader_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/open_table_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/prefilter_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/scan_harness.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_table quarry_json quarry_io)
