target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/live_response/answers_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/live_response/requests_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/live_response/script_output_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_services)
