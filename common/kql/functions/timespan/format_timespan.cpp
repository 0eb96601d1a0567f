// format_timespan(): a timespan as text, by a format.
#include "common/kql/functions/rowwise_inl.h"
#include "common/time/format.h"

namespace quarry::kql::functions {
namespace {

struct TimespanFormat {
  std::string text;

  static Result<TimespanFormat> prepare(std::string_view format) {
    std::string probe;
    if (quarry::format_timespan(Timespan{}, format, probe))
      return TimespanFormat{std::string(format)};
    return fail(ErrorCode::kQuery,
                "format_timespan() cannot read the format: " + std::string(format),
                "d H h m s f F, repeated, with any of \" /-:,._[]\" between them");
  }
};

std::string_view format(Row& row, Timespan value, const TimespanFormat& how) {
  std::string& out = row.scratch();
  quarry::format_timespan(value, how.text, out);
  return row.arena().copy(out);
}

constexpr Param kParams[]{{"timespan", "Any timespan."}, {"format", "Such as \"d.hh:mm:ss\"."}};
constexpr FunctionDef kFormat{
    .name = "format_timespan",
    .summary = "Writes a timespan by a format.",
    .params = kParams,
    .example = {"print format_timespan(time(29.09:00:05.12345), \"dd.hh:mm:ss:FF\")",
                "29.09:00:05:12"},
    .overloads = rowwise<format>,
    .naming = ResultNaming::kFirstArgument};

constexpr const FunctionDef* kScalars[]{&kFormat};

}  // namespace

extern constinit const FunctionTable kFormatTimespan{"timespan", kScalars};

}  // namespace quarry::kql::functions
