target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/config_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/toml_file_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_config)
