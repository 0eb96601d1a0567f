target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/clock_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/decompress_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/payload_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/record_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/schema_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/trace_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_etl quarry_traces)
