// Any bytes -> lexer, parser, formatter, highlighter, check.
#include "common/kql/operators/operator.h"
#include "tests/fuzz/byte_campaign.h"
#include "tests/fuzz/campaigns.h"
#include "tests/fuzz/engine/compare.h"
#include "tests/fuzz/grammar/signatures.h"

namespace quarry::fuzz {
namespace {

constexpr std::string_view kPieces[]{
    "|",        "(",      ")",    "[",         "]",         "{",      "}",         ",",
    ";",        "\"",     "'",    "\\",        "//",        "\n",     "=>",        "..",
    "==",       "*",      "-",    "@\"",       "h'",        "```",    "~~~",       "\xff",
    "\xc3\xa9", "0x",     "1e",   "let ",      "by",        "where ", "datetime(", "dynamic(",
    "['a b']",  "$left.", "!in~", "between (", "toscalar(", "1d",     "-->",       "invoke "};

class SyntaxCampaign final : public ByteCampaign {
 public:
  std::string_view name() const override { return "syntax"; }
  std::string_view summary() const override {
    return "any bytes to lexer, parser, formatter, check";
  }

 protected:
  std::vector<std::string> samples() const override {
    std::vector<std::string> all;
    for (const Function& function : catalogue().functions) all.push_back(function.example);
    for (const kql::OperatorDef* const op : kql::all_operators()) {
      all.emplace_back(op->example);
      all.emplace_back(op->syntax);
    }
    for (const kql::LanguageDef& part : kql::language_parts()) {
      all.emplace_back(part.example.query);
      all.emplace_back(part.syntax);
    }
    all.emplace_back(
        "let f = (a:long, T:(x:string)) { T | where x == a }; // words\nset x=1; T\n| f(1)");
    std::erase(all, "");
    return all;
  }
  std::vector<std::string_view> pieces() const override {
    return {std::begin(kPieces), std::end(kPieces)};
  }
  std::string print(const std::string& text) const override {
    return "query, as bytes:\n" + ByteCampaign::print(text);
  }

  void try_text(const std::string& text, Recorder& recorder) override {
    const std::string layout = check_layout(text, {});
    if (!layout.empty()) recorder.finding(layout);
    if (check_query(text, {}).accepted) recorder.count("accepted");
  }
};

}  // namespace

Campaign& syntax_campaign() {
  static SyntaxCampaign campaign;
  return campaign;
}

}  // namespace quarry::fuzz
