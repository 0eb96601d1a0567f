// Soundness of the prefilter: whatever a filter on texts keeps, it keeps also when rows are ruled
// out by their raw bytes first. Texts are written with escapes of all kinds, upper and lower case,
// and as JSON that is no string.
#include "tests/fuzz/campaigns.h"
#include "tests/fuzz/engine/compare.h"
#include "tests/fuzz/grammar/values.h"
#include "tests/fuzz/test_text.h"

#include <fmt/format.h>

namespace quarry::fuzz {
namespace {

constexpr std::string_view kWords[]{
    "powershell", "PowerShell.exe", "kelvin",   "\u212Aelvin", "ſystem",
    "system32",   "C:\\Temp\\a",    "a/b/c",    "10.0.0.7",    "1e2",
    "100",        "true",           "nullable", "user=7; x",   "système",
    "Straße",     "STRASSE",        "quote\"d", "two words",   "x-y_z",
    "ab\tcd",     "{\"k\":1}",      "[abc]",    "日本語text",  "İstanbul",
    "ıo",         "a,b,c",          "-enc"};

std::string word(Random& random) {
  std::string out(random.pick(kWords));
  if (random.percent(30)) out += random.pick({" ", ".", "", "/", "\\", "-"});
  if (random.percent(30)) out += random.pick(kWords);
  for (char& c : out) {
    if (random.percent(10) && c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return out;
}

/// Part of a word, so that it often occurs.
std::string part(Random& random) {
  const std::string whole = word(random);
  if (random.percent(40)) return whole;
  const std::size_t at = random.below(whole.size());
  std::string piece = whole.substr(at, 2 + random.below(9));
  while (!piece.empty() && (static_cast<unsigned char>(piece[0]) & 0xc0) == 0x80) piece.erase(0, 1);
  while (!piece.empty() && (static_cast<unsigned char>(piece.back()) & 0x80) != 0) piece.pop_back();
  return piece.empty() ? "abc" : piece;
}

/// Each character as it is, as \uXXXX, or by its short escape.
std::string spelled(Random& random, std::string_view text) {
  const unsigned unicode = random.percent(30) ? 25 : 0;
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && random.percent(unicode)) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(byte));
    } else if (c == '"' || c == '\\' || (c == '/' && random.percent(50))) {
      out += {'\\', c};
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string cell(Random& random) {
  switch (random.below(12)) {
    case 0:
      return std::string(random.pick({"null", "true", "false", "100", "1e2", "-0.5"}));
    case 1:
      return fmt::format("[{}, {}]", spelled(random, word(random)), random.below(200));
    case 2:
      return fmt::format("{{{}:{}}}", spelled(random, word(random)), spelled(random, word(random)));
    case 3:
      return "\"\"";
    default:
      return spelled(random, word(random));
  }
}

std::string kql_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string regex_of(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\.+*?()[]{}|^$").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string predicate(Random& random, std::string_view column, int depth) {
  if (depth > 0 && random.percent(35)) {
    return fmt::format("({} {} {})", predicate(random, column, depth - 1),
                       random.pick({"and", "or"}),
                       predicate(random, random.pick({"s", "d", "u"}), depth - 1));
  }
  if (depth > 0 && random.percent(5))
    return fmt::format("not({})", predicate(random, column, depth - 1));
  constexpr std::string_view kSingle[]{"==",
                                       "=~",
                                       "!=",
                                       "has",
                                       "has_cs",
                                       "hasprefix",
                                       "hasprefix_cs",
                                       "hassuffix",
                                       "hassuffix_cs",
                                       "contains",
                                       "contains_cs",
                                       "startswith",
                                       "startswith_cs",
                                       "endswith",
                                       "endswith_cs",
                                       "!has",
                                       "!contains",
                                       "!startswith"};
  constexpr std::string_view kList[]{"in", "in~", "has_any", "has_all", "!in"};
  const std::string left = random.percent(10)  ? fmt::format("tostring({})", column)
                           : random.percent(5) ? fmt::format("tolower({})", column)
                                               : std::string(column);
  if (random.percent(10))
    return fmt::format("{} matches regex {}", left,
                       kql_text((random.percent(30) ? "(?i)" : "") + regex_of(part(random))));
  if (random.percent(25))
    return fmt::format("{} {} ({}, {})", left, random.pick(kList), kql_text(part(random)),
                       kql_text(word(random)));
  return fmt::format("{} {} {}", left, random.pick(kSingle),
                     kql_text(random.percent(50) ? part(random) : word(random)));
}

class NeedleCampaign final : public Campaign {
 public:
  std::string_view name() const override { return "needles"; }
  std::string_view summary() const override {
    return "filters on texts with and without the look at raw bytes";
  }

  void run_case(Random& random, Recorder& recorder) override {
    const bool csv = random.percent(25);
    InputTable table{csv ? "T.csv" : "T.ndjson", {}, true, {}};
    table.schema.columns = {
        {"s", Type::kString}, {"u", Type::kString}, {"d", Type::kDynamic}, {"n", Type::kLong}};
    if (csv) table.bytes = "s,u,d,n\n";
    const std::uint64_t rows = 1 + random.below(40);
    for (std::uint64_t i = 0; i < rows; ++i)
      table.bytes += csv ? csv_line(random, i) : json_line(random, i);
    std::string query = "T";
    for (std::uint64_t count = 1 + random.below(2); count > 0; --count)
      query += fmt::format(" | where {}", predicate(random, random.pick({"s", "u", "d"}), 2));
    if (random.percent(10)) query = fmt::format("T | search {}", kql_text(part(random)));
    if (random.percent(5))
      query = fmt::format("search {} or s:{}", kql_text(part(random)), kql_text(part(random)));
    const InputTable tables[]{std::move(table)};
    recorder.describe(print_case(query, tables));
    run(query, tables, recorder);
  }

  void run_bytes(std::span<const std::uint8_t> bytes, Recorder& recorder) override {
    Random random(bytes);
    run_case(random, recorder);
  }

  void run_file(const std::string& text, Recorder& recorder) override {
    for (const TextCase& each : read_cases(text)) {
      for (const std::string& query : each.queries) {
        recorder.describe(print_case(query, each.tables));
        run(query, each.tables, recorder);
      }
    }
  }

 private:
  static std::string json_line(Random& random, std::uint64_t i) {
    return fmt::format("{{\"n\":{},\"s\":{},\"u\":{},{}:{}}}\n", i, cell(random), cell(random),
                       random.percent(10) ? "\"\\u0064\"" : "\"d\"", cell(random));
  }

  static std::string csv_field(Random& random) {
    std::string text = word(random);
    if (random.percent(10)) text = cell(random);
    if (text.find_first_of(",\"\n") == std::string::npos && random.percent(70)) return text;
    std::string out = "\"";
    for (const char c : text) {
      if (c == '"') out += '"';
      out += c;
    }
    return out + '"';
  }

  static std::string csv_line(Random& random, std::uint64_t i) {
    return fmt::format("{},{},{},{}\n", csv_field(random), csv_field(random), csv_field(random), i);
  }

  static void run(const std::string& query, std::span<const InputTable> tables,
                  Recorder& recorder) {
    write_files(tables, recorder.folder());
    recorder.count("queries");
    const Ran with = run_query(query, tables, recorder.folder(), {.threads = 1});
    const Ran without =
        run_query(query, tables, recorder.folder(), {.threads = 1, .use_needles = false});
    if (with.accepted) recorder.count("accepted");
    if (without.rows > 0) recorder.count("with rows");
    if (with.bytes != without.bytes)
      recorder.finding(fmt::format("needles rule out rows that pass: {} rows with, {} without",
                                   with.rows, without.rows));
  }
};

}  // namespace

Campaign& needle_campaign() {
  static NeedleCampaign campaign;
  return campaign;
}

}  // namespace quarry::fuzz
