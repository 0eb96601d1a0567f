target_sources(quarry_unit PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/facts_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/gaps_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/grant_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/name_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/rules_test.cpp)
target_link_libraries(quarry_unit PRIVATE quarry_tool_consent-audit)
