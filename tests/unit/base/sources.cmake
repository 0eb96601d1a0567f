target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/arena_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/base64_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/cancel_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/diagnostics_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/digest_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/error_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/file_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/plain_letters_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/private_file_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/process_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/random_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/secret_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/source_map_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/suggest_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/text_search_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/text_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/thread_pool_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/unicode_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_base)
