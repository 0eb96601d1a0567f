#include "tools/consent-audit/facts/applications.h"
#include "tools/consent-audit/risk/name_reading.h"
#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  static_cast<void>(settings);
  if (subject.app_name.empty() || is_first_party(subject)) return;
  const NameReading reading = read_name(subject.app_name);
  const bool disguised = reading.turns_text || reading.how == "looks like";
  const bool vouched = subject.tenant && (subject.tenant->has_publisher || subject.tenant->own);
  if (!reading.turns_text && reading.imitates.empty()) return;
  if (vouched && !disguised) return;
  Signal signal{
      .name = "lookalike_name", .level = Level::kHigh, .weight = 9, .why = {}, .evidence = {}};
  signal.why = reading.turns_text
                   ? fmt::format("the name {} turns the direction of text", shown(subject.app_name))
                   : fmt::format("the name {} {} '{}'", shown(subject.app_name), reading.how,
                                 reading.imitates);
  add_places(signal, subject);
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kLookalikeNameRule{
    .name = "lookalike_name",
    .summary = "a name that looks like a brand, or hides what it says",
    .text =
        "The name is read as the eye reads it: compatibility forms and marks taken off, "
        "invisible characters dropped, letters of other alphabets, 0 for o, 1 or l for i, rn "
        "for m taken for each other; then compared with brand words, at most one letter "
        "apart. A plain Microsoft name on an application that is not Microsoft's counts too. "
        "Known Microsoft ids are left out; of verified publishers only disguised names count.",
    .signals = "",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
