target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/bodies_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/defender_incidents_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/incident_edit_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_services quarry_fakes)
