target_sources(quarry_unit PRIVATE ${CMAKE_CURRENT_LIST_DIR}/url_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_net)
