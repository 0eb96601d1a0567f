# quarry_tool(NAME SOURCES … ROOMS … LIBRARIES …): the program NAME from main.cpp, and a library quarry_tool_NAME with the other sources,
# so that tests reach the insides. Installs the program, and its completions as far as they exist; quarry_man_page() the manual page.
include(GNUInstallDirs)

function(quarry_tool name)
  cmake_parse_arguments(TOOL "" "" "SOURCES;ROOMS;LIBRARIES" ${ARGN})
  quarry_room(tool_${name} SOURCES ${TOOL_SOURCES} ROOMS ${TOOL_ROOMS} LIBRARIES ${TOOL_LIBRARIES})
  add_executable(${name} main.cpp)
  target_link_libraries(${name} PRIVATE quarry_tool_${name})
  install(TARGETS ${name})

  set(completions ${CMAKE_SOURCE_DIR}/completions)
  install(FILES ${completions}/${name}.bash RENAME ${name}
          DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions OPTIONAL)
  install(FILES ${completions}/_${name} DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions OPTIONAL)
  install(FILES ${completions}/${name}.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d OPTIONAL)
endfunction()
