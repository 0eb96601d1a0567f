#include "tests/fakes/live_response/odata_filter.h"

#include "common/base/text.h"

#include <vector>

namespace quarry::fakes {
namespace {

/// "'it''s'" -> it's; other texts as they are.
std::string literal(std::string_view text) {
  if (text.size() < 2 || text.front() != '\'' || text.back() != '\'') return std::string(text);
  std::string out;
  text = text.substr(1, text.size() - 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '\'') ++i;
  }
  return out;
}

std::vector<std::string_view> conditions(std::string_view filter) {
  std::vector<std::string_view> all;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t i = 0; i < filter.size(); ++i) {
    if (filter[i] == '\'') quoted = !quoted;
    if (quoted || filter.substr(i, 5) != " and ") continue;
    all.push_back(filter.substr(start, i - start));
    start = i + 5;
  }
  all.push_back(filter.substr(start));
  return all;
}

std::optional<bool> fits_one(std::string_view condition, const FieldOf& field_of) {
  if (condition.starts_with("startswith(") && condition.ends_with(")")) {
    condition = condition.substr(11, condition.size() - 12);
    const std::size_t comma = condition.find(',');
    if (comma == condition.npos) return std::nullopt;
    const auto value = field_of(text::trim_ascii(condition.substr(0, comma)));
    if (!value) return std::nullopt;
    return value->starts_with(literal(text::trim_ascii(condition.substr(comma + 1))));
  }
  const std::size_t first = condition.find(' ');
  if (first == condition.npos) return std::nullopt;
  const std::size_t second = condition.find(' ', first + 1);
  if (second == condition.npos) return std::nullopt;
  const auto value = field_of(condition.substr(0, first));
  const std::string_view comparison = condition.substr(first + 1, second - first - 1);
  const std::string other = literal(text::trim_ascii(condition.substr(second + 1)));
  if (!value) return std::nullopt;
  if (comparison == "eq") return *value == other;
  if (comparison == "ne") return *value != other;
  if (comparison == "ge") return *value >= other;
  if (comparison == "gt") return *value > other;
  if (comparison == "le") return *value <= other;
  if (comparison == "lt") return *value < other;
  return std::nullopt;
}

}  // namespace

std::optional<bool> fits_filter(std::string_view filter, const FieldOf& field_of) {
  for (const std::string_view condition : conditions(filter)) {
    const std::optional<bool> fits = fits_one(text::trim_ascii(condition), field_of);
    if (!fits || !*fits) return fits;
  }
  return true;
}

}  // namespace quarry::fakes
