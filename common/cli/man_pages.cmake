# quarry_man_page(TOOL), called behind quarry_tool(TOOL …): embeds the prose of man/TOOL.1.in into the tool's library as
# `extern const std::string_view quarry::man_frame_TOOL` (for AppDef::man_page). Whenever TOOL is built it also writes its page,
# man/TOOL.1 in the build folder, which is installed.
function(quarry_man_page tool)
  set(prose ${CMAKE_SOURCE_DIR}/man/${tool}.1.in)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/man_frame_${tool}.cpp)
  string(MAKE_C_IDENTIFIER ${tool} identifier)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${prose})
  file(READ ${prose} text)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT
[=[#include <string_view>
namespace quarry {
extern const std::string_view man_frame_@identifier@;
const std::string_view man_frame_@identifier@ = R"QUARRY_MAN(@text@)QUARRY_MAN";
}
]=])
  target_sources(quarry_tool_${tool} PRIVATE ${source})

  set(page ${CMAKE_BINARY_DIR}/man/${tool}.1)
  add_custom_command(TARGET ${tool} POST_BUILD
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/man
    COMMAND ${tool} --generate man > ${page}
    BYPRODUCTS ${page} VERBATIM)
  install(FILES ${page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endfunction()
