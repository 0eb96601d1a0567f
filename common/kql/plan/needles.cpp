// Which conjuncts give needles, and the longest stretch of each constant that JSON and CSV can only write in one way.
#include "common/kql/plan/needles.h"

#include <algorithm>
#include <optional>

#include "common/base/text.h"

namespace quarry::kql::plan {
namespace {

constexpr std::size_t kShortest = 3;  // shorter needles hit nearly everywhere

/// JSON may escape or re-spell everything else; CSV quotes commas and quotes.
bool is_plain(char c) {
  return text::is_ascii_alnum(c) || c == ' ' || c == '-' || c == '_' || c == '.' || c == ':' || c == '(' || c == ')' || c == '=' || c == '@' || c == '$' ||
         c == '%' || c == '!' || c == '*' || c == '~' || c == '[' || c == ']' || c == '{' || c == '}' || c == '#' || c == '?' || c == '^';
}

/// A needle must hold a character that no JSON number, true, false or null has: a column of strings may hold those unquoted, and
/// `1e2` is the text "100" to nobody but us.
bool is_textual(std::string_view piece) {
  for (const std::string_view word : {"true", "false", "null"}) {
    if (word.find(text::lower_ascii(piece)) != std::string_view::npos) return false;
  }
  return std::any_of(piece.begin(), piece.end(), [](char c) {
    return !text::is_ascii_digit(c) && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E';
  });
}

std::optional<std::string> longest_plain_piece(std::string_view constant) {
  std::string_view best;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= constant.size(); ++i) {
    if (i < constant.size() && is_plain(constant[i])) continue;
    const std::string_view piece = constant.substr(begin, i - begin);
    if (piece.size() > best.size() && is_textual(piece)) best = piece;
    begin = i + 1;
  }
  if (best.size() < kShortest) return std::nullopt;
  return std::string(best);
}

struct Rule {
  std::string_view function;
  CaseMode mode;
  bool list = false;  // several constants, one of which must occur
};
constexpr Rule kRules[]{
    {"==", CaseMode::kSensitive},           {"=~", CaseMode::kIgnoreAscii},          {"has", CaseMode::kIgnoreAscii},
    {"has_cs", CaseMode::kSensitive},       {"hasprefix", CaseMode::kIgnoreAscii},   {"hasprefix_cs", CaseMode::kSensitive},
    {"hassuffix", CaseMode::kIgnoreAscii},  {"hassuffix_cs", CaseMode::kSensitive},  {"contains", CaseMode::kIgnoreAscii},
    {"contains_cs", CaseMode::kSensitive},  {"startswith", CaseMode::kIgnoreAscii},  {"startswith_cs", CaseMode::kSensitive},
    {"endswith", CaseMode::kIgnoreAscii},   {"endswith_cs", CaseMode::kSensitive},   {"in", CaseMode::kSensitive, true},
    {"in~", CaseMode::kIgnoreAscii, true},  {"has_any", CaseMode::kIgnoreAscii, true},
};

bool is_text_column(const Expression& expression) { return expression.kind == Expression::Kind::kColumn && expression.type == Type::kString; }

std::optional<table::Needle> needle_of(const Expression& conjunct) {
  if (conjunct.kind != Expression::Kind::kCall || conjunct.arguments.size() < 2 || !is_text_column(*conjunct.arguments[0])) return std::nullopt;
  const auto rule = std::find_if(std::begin(kRules), std::end(kRules), [&](const Rule& r) { return r.function == conjunct.name; });
  if (rule == std::end(kRules) || (!rule->list && conjunct.arguments.size() != 2)) return std::nullopt;
  table::Needle needle{{}, rule->mode};
  for (std::size_t i = 1; i < conjunct.arguments.size(); ++i) {
    const Expression& constant = *conjunct.arguments[i];
    if (constant.kind != Expression::Kind::kLiteral || constant.type != Type::kString) return std::nullopt;
    auto piece = longest_plain_piece(constant.literal.get<std::string>());
    if (!piece) return std::nullopt;
    needle.any_of.push_back(std::move(*piece));
  }
  return needle;
}

}  // namespace

std::vector<table::Needle> find_needles(const std::vector<ExpressionPtr>& conjuncts) {
  std::vector<table::Needle> needles;
  for (const ExpressionPtr& conjunct : conjuncts) {
    if (auto needle = needle_of(*conjunct)) needles.push_back(std::move(*needle));
  }
  return needles;
}

}  // namespace quarry::kql::plan
