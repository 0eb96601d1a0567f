#include "tools/taxii-pull/pattern/parser.h"

#include "common/base/unicode.h"
#include "tools/taxii-pull/pattern/literal.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::taxii_pull::pattern {
namespace {

/// Rules return false once fault_ is set, and every caller hands that on.
class Parser {
 public:
  Parser(std::string_view text, Spec spec) : lexer_(text, spec), spec_(spec) { advance(); }

  std::variant<Pattern, Fault> run() {
    NodeIndex root = 0;
    if (followed_by(root) && expect(TokenKind::kEnd, "the end of the pattern")) {
      pattern_.root = root;
      if (stopped_ != root) pattern_.stop.reset();
      return std::move(pattern_);
    }
    return *std::move(fault_);
  }

 private:
  using Rule = bool (Parser::*)(NodeIndex&);

  void advance() { token_ = lexer_.next(); }
  bool is(TokenKind kind) const { return token_.kind == kind; }
  bool take(TokenKind kind) {
    if (!is(kind)) return false;
    advance();
    return true;
  }

  bool refuse(std::string message, Fault::Kind kind = Fault::Kind::kSyntax) {
    if (!fault_) fault_ = Fault{kind, std::move(message), token_.offset};
    return false;
  }
  bool refuse_token(std::string_view expected) {
    if (is(TokenKind::kEnd)) return refuse(fmt::format("expected {}", expected));
    return refuse(
        fmt::format("expected {}, found {}", expected, unicode::prefix_of_bytes(token_.text, 40)));
  }
  bool expect(TokenKind kind, std::string_view expected) {
    return take(kind) || refuse_token(expected);
  }

  NodeIndex add(Node node) {
    pattern_.nodes.push_back(std::move(node));
    return static_cast<NodeIndex>(pattern_.nodes.size() - 1);
  }

  /// item (WORD item)*
  bool chain(Rule item, TokenKind word, NodeKind kind, NodeIndex& out) {
    if (!(this->*item)(out)) return false;
    if (!is(word)) return true;
    Node node{.kind = kind, .children = {out}};
    while (take(word)) {
      NodeIndex next = 0;
      if (!(this->*item)(next)) return false;
      node.children.push_back(next);
    }
    out = add(std::move(node));
    return true;
  }

  bool followed_by(NodeIndex& out) {
    return chain(&Parser::observation_or, TokenKind::kFollowedBy, NodeKind::kFollowedBy, out);
  }
  bool observation_or(NodeIndex& out) {
    return chain(&Parser::observation_and, TokenKind::kOr, NodeKind::kObservationOr, out);
  }
  bool observation_and(NodeIndex& out) {
    return chain(&Parser::observation, TokenKind::kAnd, NodeKind::kObservationAnd, out);
  }
  bool comparison_or(NodeIndex& out) {
    return chain(&Parser::comparison_and, TokenKind::kOr, NodeKind::kOr, out);
  }
  bool comparison_and(NodeIndex& out) {
    return chain(&Parser::test, TokenKind::kAnd, NodeKind::kAnd, out);
  }

  bool deeper() { return ++depth_ <= kMaxDepth || refuse("parentheses are nested too deeply"); }

  bool observation(NodeIndex& out) {
    const bool in_parentheses = is(TokenKind::kLeftParen);
    if (take(TokenKind::kLeftParen)) {
      if (!deeper() || !followed_by(out) || !expect(TokenKind::kRightParen, "')'")) return false;
      --depth_;
    } else {
      if (!expect(TokenKind::kLeftBracket, "'['")) return false;
      NodeIndex inside = 0;
      if (!comparison_or(inside) || !expect(TokenKind::kRightBracket, "']'")) return false;
      out = add({.kind = NodeKind::kObservation, .children = {inside}});
    }
    return qualifiers(out, in_parentheses);
  }

  /// The reference validator minds repeated qualifiers at '[ ]' only, not behind parentheses.
  bool qualifiers(NodeIndex observation, bool in_parentheses) {
    bool start_stop = false, within = false, repeats = false;
    while (true) {
      bool* seen = nullptr;
      if (is(TokenKind::kStart)) seen = &start_stop;
      if (is(TokenKind::kWithin)) seen = &within;
      if (is(TokenKind::kRepeats)) seen = &repeats;
      if (seen == nullptr) return true;
      if (std::exchange(*seen, true) && spec_ == Spec::k21 && !in_parentheses)
        return refuse(fmt::format("{} stands twice at one observation", token_.text),
                      Fault::Kind::kDuplicateQualifier);
      pattern_.qualified = true;
      if (is(TokenKind::kStart)) stopped_ = observation;
      if (!qualifier()) return false;
    }
  }

  bool qualifier() {
    if (take(TokenKind::kStart))
      return instant() && expect(TokenKind::kStop, "STOP") && instant(&pattern_.stop);
    if (take(TokenKind::kWithin)) {
      const bool number = is(TokenKind::kInteger) || is(TokenKind::kFloat);
      if (!number || token_.text.starts_with('-'))
        return refuse_token("a number that is not negative");
      advance();
      return expect(TokenKind::kSeconds, "SECONDS");
    }
    advance();  // REPEATS
    if (!is(TokenKind::kInteger) || token_.text.starts_with('-'))
      return refuse_token("a positive integer");
    advance();
    return expect(TokenKind::kTimes, "TIMES");
  }

  /// STIX 2.0 wrote the times of START and STOP as plain strings.
  bool instant(std::optional<std::string>* into = nullptr) {
    const bool plain = is(TokenKind::kString) && spec_ != Spec::k21;
    const bool timestamp = is(TokenKind::kTimestamp) && spec_ != Spec::k20;
    if (!plain && !timestamp) return refuse_token("a timestamp");
    if (into != nullptr) *into = unquoted(plain ? token_.text : token_.text.substr(1));
    advance();
    return true;
  }

  bool test(NodeIndex& out) {
    if (take(TokenKind::kLeftParen)) {
      if (!deeper() || !comparison_or(out) || !expect(TokenKind::kRightParen, "')'")) return false;
      --depth_;
      return true;
    }
    Comparison comparison;
    comparison.offset = token_.offset;
    if (take(TokenKind::kExists)) {
      comparison.op = Operator::kExists;
      if (!path(comparison.path)) return false;
    } else if (!path(comparison.path) || !operation(comparison)) {
      return false;
    }
    const auto index = static_cast<std::uint32_t>(pattern_.comparisons.size());
    pattern_.comparisons.push_back(std::move(comparison));
    out = add({.kind = NodeKind::kComparison, .comparison = index, .children = {}});
    return true;
  }

  bool path(Path& path) {
    if (!is(TokenKind::kIdentifier) && !is(TokenKind::kHyphenIdentifier))
      return refuse_token("an object path");
    path.type = token_.text;
    advance();
    if (!expect(TokenKind::kColon, "':'") || !name_step(path)) return false;
    while (is(TokenKind::kDot) || is(TokenKind::kLeftBracket)) {
      if (take(TokenKind::kDot)) {
        if (!name_step(path)) return false;
      } else if (!index_step(path)) {
        return false;
      }
    }
    return true;
  }

  bool name_step(Path& path) {
    if (is(TokenKind::kString)) {
      path.steps.push_back({PathStep::Kind::kName, unquoted(token_.text)});
    } else if (is(TokenKind::kIdentifier)) {
      path.steps.push_back({PathStep::Kind::kName, std::string(token_.text)});
    } else {
      return refuse_token("a property's name (in apostrophes where it has a hyphen)");
    }
    advance();
    return true;
  }

  bool index_step(Path& path) {
    advance();  // [
    if (is(TokenKind::kAsterisk)) {
      path.steps.push_back({PathStep::Kind::kAny, "*"});
    } else if (is(TokenKind::kInteger)) {
      path.steps.push_back({PathStep::Kind::kIndex, std::string(token_.text)});
    } else {
      return refuse_token("a position or '*'");
    }
    advance();
    return expect(TokenKind::kRightBracket, "']'");
  }

  bool operation(Comparison& comparison) {
    comparison.negated = take(TokenKind::kNot);
    const TokenKind word = token_.kind;
    switch (word) {
      case TokenKind::kEqual:
        return compare(comparison, Operator::kEqual, &Parser::is_primitive);
      case TokenKind::kNotEqual:
        return compare(comparison, Operator::kNotEqual, &Parser::is_primitive);
      case TokenKind::kLess:
        return compare(comparison, Operator::kLess, &Parser::is_orderable);
      case TokenKind::kLessEqual:
        return compare(comparison, Operator::kLessEqual, &Parser::is_orderable);
      case TokenKind::kGreater:
        return compare(comparison, Operator::kGreater, &Parser::is_orderable);
      case TokenKind::kGreaterEqual:
        return compare(comparison, Operator::kGreaterEqual, &Parser::is_orderable);
      case TokenKind::kLike:
        return compare(comparison, Operator::kLike, &Parser::is_string);
      case TokenKind::kMatches:
        return compare(comparison, Operator::kMatches, &Parser::is_string);
      case TokenKind::kIsSubset:
        return compare(comparison, Operator::kIsSubset, &Parser::is_string);
      case TokenKind::kIsSuperset:
        return compare(comparison, Operator::kIsSuperset, &Parser::is_string);
      case TokenKind::kIn:
        advance();
        comparison.op = Operator::kIn;
        return set(comparison);
      default:
        return refuse_token("an operator");
    }
  }

  bool is_string() const { return is(TokenKind::kString); }
  bool is_orderable() const {
    return token_.kind == TokenKind::kString || token_.kind == TokenKind::kInteger ||
           token_.kind == TokenKind::kFloat || token_.kind == TokenKind::kHex ||
           token_.kind == TokenKind::kBinary || token_.kind == TokenKind::kTimestamp;
  }
  bool is_primitive() const { return is_orderable() || is(TokenKind::kBool); }

  bool compare(Comparison& comparison, Operator op, bool (Parser::*fits)() const) {
    advance();
    comparison.op = op;
    if (!(this->*fits)()) return refuse_token("a constant that the operator takes");
    comparison.constants.push_back(constant());
    return true;
  }

  bool set(Comparison& comparison) {
    if (!expect(TokenKind::kLeftParen, "'('")) return false;
    if (take(TokenKind::kRightParen)) return true;
    do {
      if (!is_primitive()) return refuse_token("a constant");
      comparison.constants.push_back(constant());
    } while (take(TokenKind::kComma));
    return expect(TokenKind::kRightParen, "')'");
  }

  Constant constant() {
    const Token token = std::exchange(token_, lexer_.next());
    switch (token.kind) {
      case TokenKind::kString:
        return {Constant::Kind::kText, unquoted(token.text)};
      case TokenKind::kHex:
        return {Constant::Kind::kHex, unquoted(token.text.substr(1))};
      case TokenKind::kBinary:
        return {Constant::Kind::kBinary, unquoted(token.text.substr(1))};
      case TokenKind::kTimestamp:
        return {Constant::Kind::kTimestamp, unquoted(token.text.substr(1))};
      case TokenKind::kInteger:
        return {Constant::Kind::kInteger, std::string(token.text)};
      case TokenKind::kFloat:
        return {Constant::Kind::kFloat, std::string(token.text)};
      default:
        return {Constant::Kind::kBool, std::string(token.text)};
    }
  }

  Lexer lexer_;
  Spec spec_;
  Token token_;
  Pattern pattern_;
  std::optional<Fault> fault_;
  std::optional<NodeIndex> stopped_;  // the observation that the last STOP belongs to
  int depth_ = 0;
};

}  // namespace

std::string_view name_of(Fault::Kind kind) {
  switch (kind) {
    case Fault::Kind::kDuplicateQualifier:
      return "duplicate-qualifier";
    case Fault::Kind::kHashValue:
      return "hash-value";
    case Fault::Kind::kSyntax:
      break;
  }
  return "syntax";
}

std::variant<Pattern, Fault> parse(std::string_view text, Spec spec) {
  std::variant<Pattern, Fault> parsed = Parser(text, spec).run();
  if (const Pattern* const pattern = std::get_if<Pattern>(&parsed)) {
    if (std::optional<Fault> fault = check_hashes(*pattern)) return *std::move(fault);
  }
  return parsed;
}

}  // namespace quarry::taxii_pull::pattern
