target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/advice_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/pairing_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/parameters_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/recordings_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/report_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_tool_etl-report quarry_traces)
