target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/client_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/curl_http_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/download_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/paging_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/rate_limiter_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/retry_policy_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/service_error_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/url_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_net quarry_fakes)
