#include "common/base/text.h"
#include "tools/consent-audit/risk/name_reading.h"
#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  static_cast<void>(settings);
  if (subject.app_name.empty() || is_first_party(subject)) return;
  const NameReading reading = read_name(subject.app_name);
  const std::string_view user = std::string_view(subject.user).substr(0, subject.user.find('@'));
  const bool of_user = !user.empty() && (text::iequals_ascii(subject.app_name, subject.user) ||
                                         text::iequals_ascii(subject.app_name, user));
  std::string_view why;
  if (of_user)
    why = "is the user's own";
  else if (reading.no_letters)
    why = "is only punctuation";
  else if (reading.throw_away)
    why = "is a throw-away";
  else if (reading.mixed_scripts)
    why = "mixes alphabets in one word";
  if (why.empty()) return;
  Signal signal{.name = "odd_name", .level = Level::kLow, .weight = 5, .why = {}, .evidence = {}};
  signal.why = fmt::format("the name {} {}", shown(subject.app_name), why);
  add_places(signal, subject);
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kOddNameRule{
    .name = "odd_name",
    .summary = "a name that nobody would give to a product",
    .text =
        "Only punctuation, a throw-away word such as \"test\", the name of the user himself, or "
        "letters of different alphabets in one word: kits that make applications by the "
        "hundred name them like that.",
    .signals = "",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
