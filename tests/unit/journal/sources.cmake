target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/crash_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/journal_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/record_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/resume_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_journal)
