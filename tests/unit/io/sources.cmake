target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/archive_writer_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/block_reader_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/compressed_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/input_set_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/line_splitter_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/live_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/scratch.cpp
  ${CMAKE_CURRENT_LIST_DIR}/sink_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_io LibArchive::LibArchive)
