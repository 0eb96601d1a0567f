target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/cloud_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/faults_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_fakes)
