#include "common/kql/functions/foreign_functions.h"

#include "common/base/text.h"

namespace quarry::kql::functions {
namespace {

struct ForeignFunction {
  std::string_view name;
  std::string_view kql;
};
constexpr ForeignFunction kForeignFunctions[]{
    // text
    {"len", "strlen(text)"},
    {"length", "strlen(text), array_length(list)"},
    {"char_length", "strlen(text)"},
    {"lower", "tolower(text)"},
    {"lcase", "tolower(text)"},
    {"to_lower", "tolower(text)"},
    {"upper", "toupper(text)"},
    {"ucase", "toupper(text)"},
    {"to_upper", "toupper(text)"},
    {"substr", "substring(text, start, length), start from 0"},
    {"mid", "substring(text, start, length), start from 0"},
    {"left", "substring(text, 0, length)"},
    {"right", "substring(text, -length)"},
    {"concat", "strcat(a, b, …)"},
    {"concat_ws", "strcat_delim(delimiter, a, b, …)"},
    {"group_concat", "strcat_array(make_list(x), delimiter)"},
    {"string_agg", "strcat_array(make_list(x), delimiter)"},
    {"listagg", "strcat_array(make_list(x), delimiter)"},
    {"instr", "indexof(text, part)"},
    {"charindex", "indexof(text, part)"},
    {"position", "indexof(text, part)"},
    {"locate", "indexof(text, part)"},
    {"find", "indexof(text, part)"},
    {"ltrim", "trim_start(regex, text)"},
    {"rtrim", "trim_end(regex, text)"},
    {"strip", "trim(regex, text)"},
    {"regexp_extract", "extract(regex, group, text)"},
    {"regexp_replace", "replace_regex(text, regex, replacement)"},
    {"regexp_like", "text matches regex \"…\""},
    {"regexmatch", "text matches regex \"…\""},
    {"contains", "text contains \"…\", or text has \"…\" for whole words"},
    {"startswith", "text startswith \"…\""},
    {"endswith", "text endswith \"…\""},
    {"has", "text has \"…\""},
    {"like", "text startswith, endswith, contains, matches regex \"…\""},
    {"format", "strcat(a, b, …), format_datetime(…)"},
    {"printf", "strcat(a, b, …)"},
    {"md5", "hash_md5(x)"},
    {"sha1", "hash_sha1(x)"},
    {"sha256", "hash_sha256(x)"},
    {"base64_decode", "base64_decode_tostring(text)"},
    {"base64_encode", "base64_encode_tostring(text)"},
    {"urldecode", "url_decode(text)"},
    {"urlencode", "url_encode(text)"},
    // choices and conversions
    {"if", "iff(condition, then, else)"},
    {"nvl", "coalesce(value, instead)"},
    {"ifnull", "coalesce(value, instead)"},
    {"nullif", "iff(a == b, …, a)"},
    {"decode", "case(condition, value, …, else)"},
    {"switch", "case(condition, value, …, else)"},
    {"exists", "isnotempty(x)"},
    {"is_null", "isnull(x), for text isempty(x)"},
    {"is_empty", "isempty(x)"},
    {"is_not_null", "isnotnull(x), for text isnotempty(x)"},
    {"cast", "tostring(x), tolong(x), todatetime(x) …"},
    {"convert", "tostring(x), tolong(x), todatetime(x) …"},
    {"try_cast", "tostring(x), tolong(x), todatetime(x) …"},
    {"to_string", "tostring(x)"},
    {"str", "tostring(x)"},
    {"tonumber", "tolong(x), toreal(x)"},
    {"to_number", "tolong(x), toreal(x)"},
    {"to_int", "toint(x)"},
    {"tofloat", "toreal(x)"},
    {"to_timestamp", "todatetime(x)"},
    {"to_date", "todatetime(x)"},
    {"strptime", "todatetime(x)"},
    {"strftime", "format_datetime(x, \"yyyy-MM-dd\")"},
    {"date_format", "format_datetime(x, \"yyyy-MM-dd\")"},
    {"json_extract", "parse_json(text).name"},
    {"json_value", "parse_json(text).name"},
    {"get_json_object", "parse_json(text).name"},
    {"spath", "parse_json(text).name"},
    // time
    {"hour", "hourofday(x), or bin(x, 1h)"},
    {"minute", "datetime_part(\"minute\", x)"},
    {"second", "datetime_part(\"second\", x)"},
    {"day", "dayofmonth(x), or bin(x, 1d)"},
    {"week", "week_of_year(x)"},
    {"weekday", "dayofweek(x)"},
    {"month", "monthofyear(x)"},
    {"year", "getyear(x)"},
    {"dateadd", "datetime_add(\"day\", n, x), or x + 1d"},
    {"date_add", "datetime_add(\"day\", n, x), or x + 1d"},
    {"datediff", "datetime_diff(\"day\", a, b), or a - b"},
    {"date_diff", "datetime_diff(\"day\", a, b), or a - b"},
    {"date_trunc", "bin(x, 1d), startofday(x)"},
    {"trunc", "bin(x, 1d), bin(x, 1)"},
    {"date", "startofday(x)"},
    {"getdate", "now()"},
    {"sysdate", "now()"},
    {"current_timestamp", "now()"},
    {"today", "startofday(now())"},
    {"from_unixtime", "unixtime_seconds_todatetime(n)"},
    {"relative_time", "ago(1d)"},
    // numbers
    {"ceil", "ceiling(x)"},
    {"power", "pow(x, y)"},
    {"ln", "log(x)"},
    {"mod", "x % y"},
    {"greatest", "max_of(a, b, …)"},
    {"least", "min_of(a, b, …)"},
    // aggregates and lists
    {"mean", "avg(x)"},
    {"average", "avg(x)"},
    {"median", "percentile(x, 50)"},
    {"stddev", "stdev(x)"},
    {"dc", "dcount(x)"},
    {"distinct_count", "dcount(x)"},
    {"count_if", "countif(condition)"},
    {"sum_if", "sumif(x, condition)"},
    {"array_agg", "make_list(x)"},
    {"collect_list", "make_list(x)"},
    {"collect_set", "make_set(x)"},
    {"values", "make_set(x)"},
    {"list", "make_list(x)"},
    {"first", "arg_min(Timestamp, x)"},
    {"last", "arg_max(Timestamp, x)"},
    {"first_value", "arg_min(Timestamp, x)"},
    {"last_value", "arg_max(Timestamp, x)"},
    {"lag", "prev(x), behind serialize"},
    {"lead", "next(x), behind serialize"},
    {"rownum", "row_number(), behind serialize"},
    {"array_contains", "set_has_element(list, x)"},
    {"cardinality", "array_length(list)"},
    {"unnest", "| mv-expand x"},
    {"explode", "| mv-expand x"},
    {"cidrmatch", "ipv4_is_in_range(ip, \"10.0.0.0/8\")"},
};

struct OtherArguments {
  std::string_view name;
  std::size_t arguments;
  std::string_view kql;
};
constexpr OtherArguments kOtherArguments[]{
    {"isnull", 2, "coalesce(value, instead)"},
    {"trim", 1, "trim(@\"\\s+\", text) takes blanks away"},
    {"extract", 2, "extract(regex, group, text)"},
    {"round", 3, "bin(x, 1h) rounds times"},
};

}  // namespace

std::string_view kql_function_for(std::string_view name) {
  for (const ForeignFunction& each : kForeignFunctions) {
    if (text::iequals_ascii(each.name, name)) return each.kql;
  }
  return {};
}

std::string_view kql_function_for(std::string_view name, std::size_t arguments) {
  for (const OtherArguments& each : kOtherArguments) {
    if (each.name == name && each.arguments == arguments) return each.kql;
  }
  return {};
}

}  // namespace quarry::kql::functions
