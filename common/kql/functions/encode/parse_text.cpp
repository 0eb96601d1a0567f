// parse_csv() and parse_command_line(): texts cut into arrays by the rules of CSV (RFC 4180) and of
// Windows' command lines.
#include "common/base/text.h"
#include "common/kql/functions/text_arguments_inl.h"

namespace quarry::kql::functions {
namespace {

void append_element(std::string& json, std::string_view text) {
  if (json.size() > 1) json += ',';
  append_json_string(json, text);
}

/// KQL: only the first record counts.
DynamicText parse_csv(std::string_view text) {
  std::string json(1, '[');
  std::string field;
  bool quoted = false;
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"')
        field += c;
      else if (i + 1 < text.size() && text[i + 1] == '"')
        field += text[i++];
      else
        quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      append_element(json, field);
      field.clear();
    } else if (c == '\n' || c == '\r') {
      break;
    } else {
      field += c;
    }
  }
  append_element(json, field);
  json += ']';
  return {std::move(json)};
}

/// One argument from `at` on, which is moved behind it. Backslashes are special only before a
/// quote: 2n of them and a quote are n backslashes and a quote that opens or closes; one more, and
/// the quote is a character.
std::string next_argument(std::string_view line, std::size_t& at) {
  std::string argument;
  bool quoted = false;
  for (; at < line.size(); ++at) {
    const char c = line[at];
    if (!quoted && text::is_ascii_space(c)) break;
    if (c == '\\') {
      std::size_t count = 0;
      while (at + count < line.size() && line[at + count] == '\\') ++count;
      const bool before_quote = at + count < line.size() && line[at + count] == '"';
      argument.append(before_quote ? count / 2 : count, '\\');
      at += count - 1;
      if (before_quote && count % 2 == 1) {
        argument += '"';
        ++at;
      }
    } else if (c == '"') {
      if (quoted && at + 1 < line.size() && line[at + 1] == '"') {
        argument += '"';
        ++at;
      } else {
        quoted = !quoted;
      }
    } else {
      argument += c;
    }
  }
  return argument;
}

/// The only parser that Kusto has is "windows".
struct CommandLineParser {
  static Result<CommandLineParser> prepare(std::string_view name) {
    if (text::iequals_ascii(name, "windows")) return CommandLineParser{};
    return fail(ErrorCode::kQuery, "parse_command_line() knows no parser " + std::string(name),
                "write \"windows\"");
  }
};

DynamicText parse_command_line(std::string_view line, const CommandLineParser&) {
  if (line.empty()) return {};
  std::string json(1, '[');
  for (std::size_t at = 0; at < line.size();) {
    if (text::is_ascii_space(line[at]))
      ++at;
    else
      append_element(json, next_argument(line, at));
  }
  json += ']';
  return {std::move(json)};
}

constexpr Param kCsvParams[]{{"csv_text", "One record of comma-separated values."}};
constexpr Param kCommandParams[]{{"command_line", "The command line."},
                                 {"parser_type", "\"windows\"."}};
constexpr FunctionDef kParseCsv{
    .name = "parse_csv",
    .summary = "Cuts a record of comma-separated values into an array.",
    .params = kCsvParams,
    .example = {R"(print parse_csv('aa,b,"c ""d"", e"'))", R"(["aa","b","c \"d\", e"])"},
    .resolve = resolve_any_text<parse_csv>,
    .naming = ResultNaming::kFirstArgument};
constexpr FunctionDef kParseCommandLine{
    .name = "parse_command_line",
    .summary = "Cuts a command line into its arguments, as Windows does.",
    .params = kCommandParams,
    .example = {R"(print parse_command_line('echo "hello world!"', "windows"))",
                R"(["echo","hello world!"])"},
    .resolve = resolve_any_text<parse_command_line>};

constexpr const FunctionDef* kScalars[]{&kParseCsv, &kParseCommandLine};

}  // namespace

extern constinit const FunctionTable kParseText{"encode", kScalars};

}  // namespace quarry::kql::functions
