#include "tests/fuzz/grammar/syntax_text.h"

#include <algorithm>
#include <cctype>

namespace quarry::fuzz {
namespace {

using Kind = SyntaxNode::Kind;

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$';
}

/// "make-graph", "Prefix*", "'a'", "…", "-->", "[", " ".
std::vector<std::string> cut(std::string_view syntax) {
  constexpr std::string_view kDots = "…";
  std::vector<std::string> tokens;
  for (std::size_t at = 0; at < syntax.size();) {
    std::size_t end = at + 1;
    if (syntax.substr(at).starts_with(kDots)) {
      end = at + kDots.size();
    } else if (syntax[at] == '"' || syntax[at] == '\'') {
      end = std::min(syntax.size(), syntax.find(syntax[at], at + 1)) + 1;
    } else if (is_word(syntax[at])) {
      while (end < syntax.size() &&
             (is_word(syntax[end]) ||
              (syntax[end] == '-' && end + 1 < syntax.size() &&
               std::islower(static_cast<unsigned char>(syntax[end + 1])) != 0)))
        ++end;
      if (end < syntax.size() && syntax[end] == '*' &&
          std::isupper(static_cast<unsigned char>(syntax[at])) != 0)
        ++end;
    }
    tokens.emplace_back(syntax.substr(at, end - at));
    at = end;
  }
  return tokens;
}

class Reader {
 public:
  explicit Reader(std::string_view syntax) : tokens_(cut(syntax)) {}

  /// Up to "]" or the end: choices of sequences.
  SyntaxNode read() {
    SyntaxNode choice{Kind::kChoice, {}, {}, false};
    SyntaxNode sequence{Kind::kSequence, {}, {}, false};
    std::size_t list = 0;            // where the list that … repeats begins
    std::vector<std::size_t> outer;  // the same of the brackets around
    int brackets = 0;                // of KQL itself that are open
    for (; at_ < tokens_.size() && (tokens_[at_] != "]" || brackets > 0); ++at_) {
      const std::string& token = tokens_[at_];
      if (token == "[" && is_optional()) {
        ++at_;
        SyntaxNode inner = read();
        inner.kind = Kind::kOptional;
        const bool parameter = is_parameter(inner.inside[0]);
        sequence.inside.push_back(std::move(inner));
        if (parameter) name_all(sequence.inside.back());
        if (parameter) list = sequence.inside.size();
      } else if (token == "|" && outer.empty()) {
        choice.inside.push_back(std::move(sequence));
        sequence = {Kind::kSequence, {}, {}, false};
        list = 0;
      } else if (token == "…") {
        repeat(sequence, list);
      } else {
        const bool keyword = is_keyword();
        if (token == "[") ++brackets;
        if (token == "]") --brackets;
        sequence.inside.push_back({is_hole(token) ? Kind::kHole : Kind::kText, token, {}, false});
        if (token == "(") outer.push_back(list);
        if (keyword || token == "(") list = sequence.inside.size();
        if (token == ")" && !outer.empty()) {
          list = outer.back();
          outer.pop_back();
        }
      }
    }
    choice.inside.push_back(std::move(sequence));
    return choice;
  }

 private:
  /// "[asc | desc]" but not the bracket of KQL in "(a)-[e]->(b)" or `dynamic(["Column"])`.
  bool is_optional() const {
    return at_ == 0 || (tokens_[at_ - 1] != "-" && tokens_[at_ - 1] != "(");
  }

  /// A word of the language: small letters with a blank or nothing before it.
  bool is_keyword() const {
    return std::islower(static_cast<unsigned char>(tokens_[at_][0])) != 0 &&
           (at_ == 0 || tokens_[at_ - 1] == " " || tokens_[at_ - 1] == "[");
  }
  static bool is_hole(const std::string& token) {
    return std::isupper(static_cast<unsigned char>(token[0])) != 0 || token[0] == '"' ||
           token == "type";
  }
  /// "kind=inner": stands before a list and is no part of it.
  static bool is_parameter(const SyntaxNode& sequence) {
    return sequence.inside.size() > 1 && sequence.inside[0].kind == Kind::kText &&
           sequence.inside[1].text == "=";
  }
  /// "kind=inner | outer" stands for "kind=inner | kind=outer".
  static void name_all(SyntaxNode& choices) {
    const std::vector<SyntaxNode> name(choices.inside[0].inside.begin(),
                                       choices.inside[0].inside.begin() + 2);
    for (std::size_t i = 1; i < choices.inside.size(); ++i) {
      std::vector<SyntaxNode>& parts = choices.inside[i].inside;
      if (!parts.empty() && parts.front().text == " ") parts.erase(parts.begin());
      if (!is_parameter(choices.inside[i])) parts.insert(parts.begin(), name.begin(), name.end());
    }
  }
  static bool is_comma(const SyntaxNode& node) {
    return node.kind == Kind::kText && node.text == ",";
  }

  static bool is_blank(const SyntaxNode& sequence) {
    return std::all_of(sequence.inside.begin(), sequence.inside.end(),
                       [](const SyntaxNode& node) { return node.text == " "; });
  }

  /// "top-nested N of X, top-nested …": the whole once more.
  static void repeat_all(SyntaxNode& sequence) {
    while (!sequence.inside.empty() && !is_comma(sequence.inside.back()))
      sequence.inside.pop_back();
    if (sequence.inside.empty()) return;
    sequence.inside.pop_back();
    SyntaxNode whole{Kind::kSequence, {}, std::move(sequence.inside), false};
    sequence.inside.clear();
    sequence.inside.push_back({Kind::kRepeat, {}, {std::move(whole)}, true});
  }

  static void repeat(SyntaxNode& sequence, std::size_t list) {
    SyntaxNode repeated{Kind::kRepeat, {}, {}, false};
    SyntaxNode item{Kind::kSequence, {}, {}, false};
    for (std::size_t i = list; i < sequence.inside.size(); ++i) {
      if (is_comma(sequence.inside[i])) {
        repeated.commas = true;
        repeated.inside.push_back(std::move(item));
        item = {Kind::kSequence, {}, {}, false};
      } else {
        item.inside.push_back(std::move(sequence.inside[i]));
      }
    }
    if (is_blank(item) && repeated.inside.empty()) return repeat_all(sequence);
    if (!is_blank(item)) repeated.inside.push_back(std::move(item));
    sequence.inside.resize(list);
    if (!repeated.inside.empty()) sequence.inside.push_back(std::move(repeated));
  }

  std::vector<std::string> tokens_;
  std::size_t at_ = 0;
};

void write(const SyntaxNode& node, Random& random, const FillHole& fill, std::string& out) {
  switch (node.kind) {
    case Kind::kText:
      out += node.text;
      break;
    case Kind::kHole:
      out += fill(node.text, out);
      break;
    case Kind::kOptional:
      if (random.percent(50)) write(random.pick(node.inside), random, fill, out);
      break;
    case Kind::kChoice:
      write(random.pick(node.inside), random, fill, out);
      break;
    case Kind::kSequence:
      for (const SyntaxNode& part : node.inside) write(part, random, fill, out);
      break;
    case Kind::kRepeat:
      for (std::uint64_t count = 1 + random.below(3), i = 0; i < count; ++i) {
        if (i > 0) out += node.commas ? ", " : " ";
        write(random.pick(node.inside), random, fill, out);
      }
      break;
  }
}

}  // namespace

SyntaxNode read_syntax(std::string_view syntax) { return Reader(syntax).read(); }

std::string write_syntax(const SyntaxNode& node, Random& random, const FillHole& fill) {
  std::string out;
  write(node, random, fill, out);
  return out;
}

}  // namespace quarry::fuzz
