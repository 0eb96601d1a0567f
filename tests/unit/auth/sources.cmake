target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/aadsts_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/assertion_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/borrowed_token_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/connection_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/credentials_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/device_code_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/jwt_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/managed_identity_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/token_cache_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/token_provider_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/whoami_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_auth quarry_fakes)
