// format_datetime(): a datetime as text, by a format.
#include "common/kql/functions/rowwise_inl.h"
#include "common/time/format.h"

namespace quarry::kql::functions {
namespace {

struct DatetimeFormat {
  std::string text;

  static Result<DatetimeFormat> prepare(std::string_view format) {
    std::string probe;
    if (quarry::format_datetime(Datetime{}, format, probe))
      return DatetimeFormat{std::string(format)};
    return fail(ErrorCode::kQuery,
                "format_datetime() cannot read the format: " + std::string(format),
                "y M d H h m s f F and tt, repeated, with any of \" /-:,._[]\" between them");
  }
};

std::string_view format(Row& row, Datetime date, const DatetimeFormat& how) {
  std::string& out = row.scratch();
  quarry::format_datetime(date, how.text, out);
  return row.arena().copy(out);
}

constexpr Param kParams[]{{"date", "Any datetime."},
                          {"format", "Such as \"yyyy-MM-dd HH:mm:ss\"."}};
constexpr FunctionDef kFormat{
    .name = "format_datetime",
    .summary = "Writes a datetime by a format.",
    .params = kParams,
    .example = {"print format_datetime(datetime(2017-01-29 09:00:05), \"yy-MM-dd [HH:mm:ss]\")",
                "17-01-29 [09:00:05]"},
    .overloads = rowwise<format>,
    .naming = ResultNaming::kFirstArgument};

constexpr const FunctionDef* kScalars[]{&kFormat};

}  // namespace

extern constinit const FunctionTable kFormatDatetime{"datetime", kScalars};

}  // namespace quarry::kql::functions
