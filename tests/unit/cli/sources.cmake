target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/ask_secret_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/command_line_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/confirm_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/deadline_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/diagnostic_printer_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/documentation_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/excerpt_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/fold_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/footer_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/options_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/progress_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/safe_text_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/terminal_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/sample_app.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_cli)
