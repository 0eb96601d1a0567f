#include "tools/lr/playbook/template.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry::lr {
namespace {

/// What a shell, PowerShell or a path would read as more than text. A blank is fine in a path and
/// would begin another argument elsewhere.
constexpr std::string_view kNeverInArguments = "\"'`$;|&<>(){}\\^%!* \t";
constexpr std::string_view kNeverInPaths = "\"*?<>|$%/\\`;&";

bool is_unfit(char c, Place place) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte < 0x20 || byte == 0x7F) return true;
  const std::string_view never = place == Place::kPath ? kNeverInPaths : kNeverInArguments;
  return never.find(c) != std::string_view::npos;
}

}  // namespace

Result<Template> Template::parse(std::string_view text) {
  Template made;
  std::string literal;
  const auto end_literal = [&] {
    if (!literal.empty()) made.pieces_.push_back({std::exchange(literal, {}), false});
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c != '{' && c != '}') {
      literal += c;
    } else if (i + 1 < text.size() && text[i + 1] == c) {
      literal += c;
      ++i;
    } else if (c == '}') {
      return fail(ErrorCode::kUsage, "a } without its {", "write }} for a brace that stays");
    } else {
      const std::size_t close = text.find_first_of("{}", i + 1);
      if (close == std::string_view::npos || text[close] == '{')
        return fail(ErrorCode::kUsage, "a { without its }", "write {{ for a brace that stays");
      if (close == i + 1)
        return fail(ErrorCode::kUsage, "{} names no column",
                    "write the name of a column between the braces");
      end_literal();
      made.pieces_.push_back({std::string(text.substr(i + 1, close - i - 1)), true});
      i = close;
    }
  }
  end_literal();
  return made;
}

std::string Template::text() const {
  std::string out;
  for (const Piece& piece : pieces_) out += piece.is_column ? "{" + piece.text + "}" : piece.text;
  return out;
}

std::vector<std::string> Template::columns() const {
  std::vector<std::string> names;
  for (const Piece& piece : pieces_) {
    if (piece.is_column) names.push_back(piece.text);
  }
  return names;
}

Result<std::string> Template::fill(
    const std::function<std::optional<std::string>(const std::string&)>& value_of,
    Place place) const {
  std::string filled;
  for (const Piece& piece : pieces_) {
    if (!piece.is_column) {
      filled += piece.text;
      continue;
    }
    const std::optional<std::string> value = value_of(piece.text);
    if (!value || value->empty())
      return fail(ErrorCode::kData, fmt::format("the row has no value of {}", piece.text));
    if (value->starts_with('-') && place == Place::kArgument)
      return fail(ErrorCode::kData,
                  fmt::format("the value of {} starts like an option", piece.text));
    if (std::any_of(value->begin(), value->end(), [place](char c) { return is_unfit(c, place); }))
      return fail(ErrorCode::kData,
                  fmt::format("the value of {} holds what an {} must not", piece.text,
                              place == Place::kPath ? "inserted part of a path" : "argument"));
    filled += *value;
  }
  return filled;
}

}  // namespace quarry::lr
