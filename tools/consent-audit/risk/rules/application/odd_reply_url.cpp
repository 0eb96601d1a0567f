#include "tools/consent-audit/risk/reply_url.h"
#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  static_cast<void>(settings);
  if (is_first_party(subject)) return;
  Signal signal{
      .name = "odd_reply_url", .level = Level::kMedium, .weight = 6, .why = {}, .evidence = {}};
  for (const std::string& url : subject.reply_urls) {
    const std::string_view why = oddness_of_reply_url(url);
    if (why.empty()) continue;
    if (!signal.why.empty()) signal.why += "; ";
    signal.why += fmt::format("reply URL {}: {}", shown(url), why);
    if (signal.why.size() > 300) break;
  }
  if (signal.why.empty()) return;
  add_places(signal, subject);
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kOddReplyUrlRule{
    .name = "odd_reply_url",
    .summary = "codes and tokens are sent somewhere odd",
    .text =
        "The reply URL is a bare address, not encrypted, a tunnel, a free host, a disguised "
        "host name, has a brand inside a foreign host, or is the loopback path of a known "
        "campaign. Native clients (urn:…, custom schemes, plain loopback) are nothing odd.",
    .signals = "",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
