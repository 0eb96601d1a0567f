// Which conjuncts give needles, and the longest stretch of each constant that JSON and CSV can only
// write in one way.
#include "common/kql/plan/needles.h"

#include "common/base/text.h"

#include <algorithm>
#include <optional>

namespace quarry::kql::plan {
namespace {

constexpr std::size_t kShortest = 3;  // shorter needles hit nearly everywhere

/// JSON may escape or re-spell everything else; CSV quotes commas and quotes.
bool is_plain(char c) {
  return text::is_ascii_alnum(c) || c == ' ' || c == '-' || c == '_' || c == '.' || c == ':' ||
         c == '(' || c == ')' || c == '=' || c == '@' || c == '$' || c == '%' || c == '!' ||
         c == '*' || c == '~' || c == '[' || c == ']' || c == '{' || c == '}' || c == '#' ||
         c == '?' || c == '^';
}

/// A needle must hold a character that no JSON number, true, false or null has: a column of strings
/// may hold those unquoted, and `1e2` is the text "100" to nobody but us.
bool is_textual(std::string_view piece) {
  for (const std::string_view word : {"true", "false", "null"}) {
    if (word.find(text::lower_ascii(piece)) != std::string_view::npos) return false;
  }
  return std::any_of(piece.begin(), piece.end(), [](char c) {
    return !text::is_ascii_digit(c) && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E';
  });
}

/// What the text of a dynamic value has as its JSON has it, however that is laid out.
bool is_plain_in_dynamic(char c) { return text::is_ascii_alnum(c) || c == '-' || c == '_'; }

std::optional<std::string> longest_plain_piece(std::string_view constant, bool (*is_plain)(char)) {
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
    {"==", CaseMode::kSensitive},
    {"=~", CaseMode::kIgnoreAscii},
    {"has", CaseMode::kIgnoreAscii},
    {"has_cs", CaseMode::kSensitive},
    {"hasprefix", CaseMode::kIgnoreAscii},
    {"hasprefix_cs", CaseMode::kSensitive},
    {"hassuffix", CaseMode::kIgnoreAscii},
    {"hassuffix_cs", CaseMode::kSensitive},
    {"contains", CaseMode::kIgnoreAscii},
    {"contains_cs", CaseMode::kSensitive},
    {"startswith", CaseMode::kIgnoreAscii},
    {"startswith_cs", CaseMode::kSensitive},
    {"endswith", CaseMode::kIgnoreAscii},
    {"endswith_cs", CaseMode::kSensitive},
    {"in", CaseMode::kSensitive, true},
    {"in~", CaseMode::kIgnoreAscii, true},
    {"has_any", CaseMode::kIgnoreAscii, true},
};

/// The column whose text is looked at and stands in the raw bytes: a string, or a dynamic value, of
/// which the binder takes the text. Null where it is anything else.
const Expression* text_column(const Expression& expression) {
  const bool text_of = expression.kind == Expression::Kind::kCall &&
                       expression.name == "tostring" && expression.arguments.size() == 1 &&
                       expression.arguments[0]->type == Type::kDynamic;
  const Expression& column = text_of ? *expression.arguments[0] : expression;
  const bool has_text = column.type == Type::kString || column.type == Type::kDynamic;
  return column.kind == Expression::Kind::kColumn && has_text ? &column : nullptr;
}

std::optional<table::Needle> needle_of(const Expression& conjunct);

/// `a has "x" or b has "x"` (search): one of the texts of either side.
std::optional<table::Needle> needle_of_either(const Expression& disjunction) {
  table::Needle needle{{}, CaseMode::kSensitive};
  for (const ExpressionPtr& side : disjunction.arguments) {
    const auto part = needle_of(*side);
    if (!part) return std::nullopt;
    if (part->mode == CaseMode::kIgnoreAscii) needle.mode = CaseMode::kIgnoreAscii;
    for (const std::string& text : part->any_of) {
      if (std::find(needle.any_of.begin(), needle.any_of.end(), text) == needle.any_of.end())
        needle.any_of.push_back(text);
    }
  }
  return needle;
}

std::optional<table::Needle> needle_of(const Expression& conjunct) {
  if (conjunct.kind == Expression::Kind::kCall && conjunct.name == "or")
    return needle_of_either(conjunct);
  if (conjunct.kind != Expression::Kind::kCall || conjunct.arguments.size() < 2)
    return std::nullopt;
  const Expression* const column = text_column(*conjunct.arguments[0]);
  if (column == nullptr) return std::nullopt;
  const bool dynamic = column->type == Type::kDynamic;
  if (dynamic && (conjunct.name.starts_with("==") || conjunct.name.starts_with("=~") ||
                  conjunct.name.starts_with("in")))
    return std::nullopt;
  const auto rule = std::find_if(std::begin(kRules), std::end(kRules),
                                 [&](const Rule& r) { return r.function == conjunct.name; });
  if (rule == std::end(kRules) || (!rule->list && conjunct.arguments.size() != 2))
    return std::nullopt;
  table::Needle needle{{}, rule->mode};
  for (std::size_t i = 1; i < conjunct.arguments.size(); ++i) {
    const Expression& constant = *conjunct.arguments[i];
    if (constant.kind != Expression::Kind::kLiteral || constant.type != Type::kString)
      return std::nullopt;
    auto piece = longest_plain_piece(constant.literal.get<std::string>(),
                                     dynamic ? is_plain_in_dynamic : is_plain);
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
