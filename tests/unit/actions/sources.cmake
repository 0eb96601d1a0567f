target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/gate_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/plan_file_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runner_crash_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runner_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/undo_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_actions)
