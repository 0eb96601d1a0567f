// Regular expressions through RE2. RE2's own analysis of a pattern tells which literals every match
// needs; looking for those first with vector instructions is several times faster than the
// automaton on text that does not match, which is most text.
#include "common/kql/kernel/regex.h"

#include "common/base/text.h"
#include "common/base/unicode.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <span>

namespace quarry::kql {
namespace {

constexpr int kShortestLiteral = 3;
constexpr std::size_t kMostLiterals = 8;  // searching more of them costs more than the automaton
constexpr std::size_t kInlineGroups = 12;

RE2::Options options() {
  RE2::Options result;
  result.set_log_errors(false);
  return result;
}

/// True where a flag group turns case off: (?i), (?is), (?i:…), (?s-i) counts too.
bool ignores_case(std::string_view pattern) {
  for (std::size_t at = pattern.find("(?"); at != std::string_view::npos;
       at = pattern.find("(?", at + 2)) {
    for (std::size_t i = at + 2;
         i < pattern.size() && (text::is_ascii_alpha(pattern[i]) || pattern[i] == '-'); ++i) {
      if (pattern[i] == 'i') return true;
    }
  }
  return false;
}

/// The literals of which a matching text has at least one. FilteredRE2 answers "may a text with
/// these literals match?": a literal without which all others do not help is required; where there
/// is no such, all together are, if none at all does not do.
std::vector<std::string> find_literals(std::string_view pattern) {
  re2::FilteredRE2 filter(kShortestLiteral);
  int id = 0;
  std::vector<std::string> atoms;
  if (filter.Add(pattern, options(), &id) != RE2::NoError) return {};
  filter.Compile(&atoms);
  const auto may_match = [&](auto present) {
    std::vector<int> found;
    std::vector<int> candidates;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      // Our search ignores the case of ASCII letters only, so other literals count as found.
      if (!unicode::is_ascii(atoms[i]) || present(i)) found.push_back(static_cast<int>(i));
    }
    filter.AllPotentials(found, &candidates);
    return !candidates.empty();
  };
  if (may_match([](std::size_t) { return false; })) return {};
  std::string longest;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    if (!unicode::is_ascii(atoms[i]) || atoms[i].size() <= longest.size()) continue;
    if (!may_match([i](std::size_t other) { return other != i; })) longest = atoms[i];
  }
  if (!longest.empty()) return {longest};
  std::erase_if(atoms, [](const std::string& atom) { return !unicode::is_ascii(atom); });
  return atoms.size() <= kMostLiterals ? atoms : std::vector<std::string>{};
}

/// Appends the rewrite: \0 … \9 stand for groups, \\ for a backslash.
void append_rewrite(std::string_view rewrite, std::span<const re2::StringPiece> groups,
                    std::string& out) {
  for (std::size_t i = 0; i < rewrite.size(); ++i) {
    if (rewrite[i] != '\\' || i + 1 == rewrite.size()) {
      out.push_back(rewrite[i]);
      continue;
    }
    const char c = rewrite[++i];
    if (text::is_ascii_digit(c)) {
      const auto group = static_cast<std::size_t>(c - '0');
      if (group < groups.size()) out.append(groups[group].data(), groups[group].size());
    } else {
      if (c != '\\') out.push_back('\\');
      out.push_back(c);
    }
  }
}

}  // namespace

struct Regex::Body {
  explicit Body(std::string_view pattern) : automaton(pattern, options()) {}

  RE2 automaton;
  bool is_literal =
      false;  // the pattern is plain text: `searchers` holds it, the automaton is not asked
  bool folds_beyond_ascii =
      false;  // (?i): RE2 lets U+212A be a 'k', which our literal search does not
  RequiredLiterals required;
  std::vector<TextSearcher> searchers;  // one per required literal

  bool may_match(std::string_view text) const {
    if (searchers.empty()) return true;
    for (const TextSearcher& searcher : searchers) {
      if (searcher.find(text) != std::string_view::npos) return true;
    }
    return folds_beyond_ascii && !unicode::is_ascii(text);
  }
};

Result<Regex> Regex::compile(std::string_view pattern) {
  auto body = std::make_shared<Body>(pattern);
  if (!body->automaton.ok()) {
    std::string hint;
    if (pattern.find("(?=") != std::string_view::npos ||
        pattern.find("(?!") != std::string_view::npos ||
        pattern.find("(?<") != std::string_view::npos) {
      hint =
          "KQL's regular expressions have no look-ahead and no look-behind; named groups are "
          "written (?P<name>…)";
    }
    return fail(ErrorCode::kQuery, "invalid regular expression: " + body->automaton.error(),
                std::move(hint));
  }
  body->is_literal = !pattern.empty() &&
                     pattern.find_first_of("\\.+*?()|[]{}^$") == std::string_view::npos &&
                     unicode::is_valid(pattern);
  body->folds_beyond_ascii = ignores_case(pattern);
  if (body->is_literal) {
    body->required = {{std::string(pattern)}, false};
    body->searchers.emplace_back(pattern, CaseMode::kSensitive);
  } else {
    const std::vector<std::string> literals = find_literals(pattern);
    for (const std::string& literal : literals)
      body->searchers.emplace_back(literal, CaseMode::kIgnoreAscii);
    const bool may_fold =
        body->folds_beyond_ascii &&
        std::any_of(literals.begin(), literals.end(), [](const std::string& literal) {
          return literal.find_first_of("ks") != std::string::npos;  // U+212A and U+017F
        });
    if (!may_fold)
      body->required = {literals, true};
    else
      body->required.ignore_case = true;
  }
  Regex result;
  result.body_ = std::move(body);
  return result;
}

bool Regex::contained_in(std::string_view text) const {
  if (!body_->may_match(text)) return false;
  if (body_->is_literal) return true;
  return body_->automaton.Match(text, 0, text.size(), RE2::UNANCHORED, nullptr, 0);
}

bool Regex::match(std::string_view text, std::size_t from,
                  std::vector<std::string_view>& groups) const {
  const auto count = static_cast<std::size_t>(group_count()) + 1;
  groups.resize(count);
  if (from == 0 && !body_->may_match(text)) return false;
  std::array<re2::StringPiece, kInlineGroups> few;
  std::vector<re2::StringPiece> many(count > few.size() ? count : 0);
  re2::StringPiece* const found = many.empty() ? few.data() : many.data();
  if (!body_->automaton.Match(text, from, text.size(), RE2::UNANCHORED, found,
                              static_cast<int>(count)))
    return false;
  for (std::size_t i = 0; i < count; ++i) {
    groups[i] = found[i].data() == nullptr ? std::string_view()
                                           : std::string_view(found[i].data(), found[i].size());
  }
  return true;
}

int Regex::group_count() const { return body_->automaton.NumberOfCapturingGroups(); }

std::vector<std::string> Regex::group_names() const {
  std::vector<std::string> names(static_cast<std::size_t>(group_count()) + 1);
  for (const auto& [number, name] : body_->automaton.CapturingGroupNames())
    names[static_cast<std::size_t>(number)] = name;
  return names;
}

void Regex::replace_all(std::string_view text, std::string_view rewrite, std::string& out) const {
  const auto count = static_cast<std::size_t>(group_count()) + 1;
  std::vector<re2::StringPiece> groups(std::min<std::size_t>(count, 10));
  std::size_t at = 0;
  const char* last_end = nullptr;
  while (at <= text.size() && (at > 0 || body_->may_match(text)) &&
         body_->automaton.Match(text, at, text.size(), RE2::UNANCHORED, groups.data(),
                                static_cast<int>(groups.size()))) {
    const auto begin = static_cast<std::size_t>(groups[0].data() - text.data());
    out.append(text.substr(at, begin - at));
    at = begin;
    if (groups[0].empty() &&
        groups[0].data() ==
            last_end) {  // an empty match right behind a match does not count: move on
      if (at == text.size()) break;
      std::size_t next = at;
      unicode::decode(text, next);
      out.append(text.substr(at, next - at));
      at = next;
      last_end = nullptr;
      continue;
    }
    append_rewrite(rewrite, groups, out);
    at += groups[0].size();
    last_end = text.data() + at;
  }
  if (at < text.size()) out.append(text.substr(at));
}

const std::string& Regex::pattern() const { return body_->automaton.pattern(); }

const Regex::RequiredLiterals& Regex::required() const { return body_->required; }

std::string regex_quote(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = text::is_ascii_alnum(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
    if (c == '\0') {
      out += "\\x00";
      continue;
    }
    if (!plain) out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

}  // namespace quarry::kql
