target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/comment_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/file_place_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/scheduler_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/simulation_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/sliding_window_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/template_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/unpack_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/watch_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_tool_lr quarry_simulation quarry_fakes)
