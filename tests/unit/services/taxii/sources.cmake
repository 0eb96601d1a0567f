target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/client_credentials_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/walk_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_services)
