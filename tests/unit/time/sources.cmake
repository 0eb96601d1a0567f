target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/calendar_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/format_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/parse_datetime_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/parse_timespan_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_time)
