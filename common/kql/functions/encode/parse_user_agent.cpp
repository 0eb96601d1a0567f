// parse_user_agent(): the common browsers, systems and devices; whatever else is "Other".
#include "common/kql/functions/dynamic/json_function.h"
#include "common/kql/functions/encode/user_agents.h"

namespace quarry::kql::functions {
namespace {

void append_member(std::string& json, std::string_view name, std::string_view value) {
  append_separator(json);
  append_json_string(json, name);
  json += ':';
  append_json_string(json, value);
}

void append_part(std::string& json, std::string_view name, const AgentPart& part,
                 std::size_t version_parts) {
  static constexpr std::string_view kVersions[]{"MajorVersion", "MinorVersion", "Patch",
                                                "PatchMinor"};
  append_separator(json);
  append_json_string(json, name);
  json += ":{";
  append_member(json, "Family", part.family);
  for (std::size_t i = 0; i < version_parts; ++i)
    append_member(json, kVersions[i], part.version[i]);
  json += '}';
}

void append_wanted(std::string& json, std::string_view agent, std::string_view what) {
  if (what == "browser") append_part(json, "Browser", browser_of(agent), 3);
  if (what == "os") append_part(json, "OperatingSystem", system_of(agent), 4);
  if (what != "device") return;
  const AgentDevice device = device_of(agent);
  append_separator(json);
  json += R"("Device":{)";
  append_member(json, "Family", device.family);
  append_member(json, "Brand", device.brand);
  append_member(json, "Model", device.model);
  json += '}';
}

void parse_user_agent(JsonRow& row) {
  const std::string agent(row.text(0));
  std::string& json = row.out();
  json += '{';
  if (row.size() < 2) {
    for (const std::string_view what : {"browser", "os", "device"})
      append_wanted(json, agent, what);
  } else if (row.is_array(1)) {
    std::string scratch;
    DynamicView what;
    for (ArrayCursor cursor(row[1]); cursor.next(what);)
      append_wanted(json, agent, what.as_string(scratch).value_or(""));
  } else {
    append_wanted(json, agent, row.text(1));
  }
  json += '}';
}

constexpr Param kParams[]{
    {"user_agent", "A User-Agent header."},
    {"look_for", "\"browser\", \"os\" or \"device\", or an array of them; all if left out.", true}};
constexpr FunctionDef kParseUserAgent{
    .name = "parse_user_agent",
    .summary =
        "Tells browser, operating system and device of a User-Agent header, for the common ones.",
    .params = kParams,
    .example =
        {R"(print parse_user_agent("curl/8.5.0", "browser"))",
         R"({"Browser":{"Family":"curl","MajorVersion":"8","MinorVersion":"5","Patch":"0"}})"},
    .resolve = resolve_json<parse_user_agent, "tv">};

constexpr const FunctionDef* kScalars[]{&kParseUserAgent};

}  // namespace

extern constinit const FunctionTable kParseUserAgentFunction{"encode", kScalars};

}  // namespace quarry::kql::functions
