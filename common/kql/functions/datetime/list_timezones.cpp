// datetime_list_timezones(): what datetime_utc_to_local() and its inverse accept.
#include "common/kql/functions/dynamic/json_function.h"
#include "common/kql/functions/rowwise_inl.h"
#include "common/time/zone.h"

namespace quarry::kql::functions {
namespace {

DynamicText datetime_list_timezones() {
  std::string json(1, '[');
  for (const std::string& name : time_zone_names()) {
    append_separator(json);
    append_json_string(json, name);
  }
  json += ']';
  return {std::move(json)};
}

constexpr FunctionDef kListTimezones{
    .name = "datetime_list_timezones",
    .summary = "Returns the names of all time zones, from the system's tz database.",
    .example = {R"(print set_has_element(datetime_list_timezones(), "Europe/Paris"))", "true"},
    .overloads = rowwise<datetime_list_timezones>};

constexpr const FunctionDef* kScalars[]{&kListTimezones};

}  // namespace

extern constinit const FunctionTable kListTimezonesFunction{"datetime", kScalars};

}  // namespace quarry::kql::functions
