#include "tools/consent-audit/risk_options.h"

#include "common/base/text.h"
#include "common/value/guid.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

using config::OptionDef;
using config::OptionKind;

std::span<const std::string_view> level_words() { return kLevelNames; }

constexpr OptionDef kRisk[]{
    {.name = "permissions",
     .metavar = "FILE",
     .help =
         "Judge permissions as this file says: a name, a tab, a level, one a line; what it does "
         "not name stays as it is",
     .kind = OptionKind::kValue,
     .key = "permissions"},
    {.name = "allow",
     .metavar = "APPID",
     .help = "An application that is known to be good, by its id; its findings stay, with low risk",
     .kind = OptionKind::kList,
     .key = "allow"},
    {.name = "business-hours",
     .metavar = "HH:MM-HH:MM",
     .help =
         "When administrators work, in UTC, Monday to Friday; an administrator's consent outside "
         "of that is a signal",
     .kind = OptionKind::kValue,
     .key = "business_hours"},
    {.name = "burst-users",
     .metavar = "N",
     .help = "So many users of one application within --burst-window are a signal",
     .kind = OptionKind::kValue,
     .key = "burst_users",
     .default_text = "10"},
    {.name = "burst-window",
     .metavar = "DURATION",
     .help = "How long --burst-users looks at",
     .kind = OptionKind::kValue,
     .key = "burst_window",
     .default_text = "1h"},
    {.name = "young-days",
     .metavar = "N",
     .help = "An application that was made less than so many days before is a signal",
     .kind = OptionKind::kValue,
     .key = "young_days",
     .default_text = "30"},
    {.name = "now",
     .metavar = "INSTANT",
     .help = "Take this as the present, so that answers about age repeat",
     .kind = OptionKind::kValue},
};

constexpr OptionDef kFailOn[]{
    {.name = "fail-on",
     .metavar = "LEVEL",
     .help = "End with status 1 where something is of this risk or above",
     .kind = OptionKind::kChoice,
     .key = "fail_on",
     .choices = level_words},
};

constexpr OptionDef kFinding[]{
    {.name = "min-risk",
     .metavar = "LEVEL",
     .help = "Only findings of this risk or above",
     .kind = OptionKind::kChoice,
     .key = "min_risk",
     .default_text = "low",
     .choices = level_words},
    {.name = "explain",
     .metavar = "ID",
     .help = "Explain a finding or an application by its id, or a signal by its name",
     .kind = OptionKind::kValue},
};

Result<int> minute_of(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto hour = text::parse_int64(text.substr(0, colon));
  const auto minute = colon == std::string_view::npos ? std::optional<std::int64_t>(0)
                                                      : text::parse_int64(text.substr(colon + 1));
  if (!hour || !minute || *hour < 0 || *hour > 24 || *minute < 0 || *minute > 59)
    return fail(ErrorCode::kUsage, fmt::format("not a time of day: '{}'", text), "07:30-19:00");
  return static_cast<int>(*hour * 60 + *minute);
}

Result<BusinessHours> read_hours(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos)
    return fail(ErrorCode::kUsage, fmt::format("--business-hours: no span: '{}'", text),
                "07:30-19:00");
  QUARRY_TRY(const int from, minute_of(text.substr(0, dash)));
  QUARRY_TRY(const int to, minute_of(text.substr(dash + 1)));
  if (from >= to) {
    return fail(ErrorCode::kUsage,
                fmt::format("--business-hours ends before it begins: '{}'", text),
                "07:30-19:00, in UTC");
  }
  return BusinessHours{std::chrono::minutes(from), std::chrono::minutes(to)};
}

}  // namespace

const config::OptionTable kRiskOptions{"Judgement", kRisk};
const config::OptionTable kFindingOptions{"Findings", kFinding};
const config::OptionTable kFailOnOptions{"Status", kFailOn};

Result<RiskSettings> read_risk_settings(const cli::Invocation& invocation) {
  const cli::Options& options = invocation.options();
  RiskSettings settings;
  settings.now = invocation.now();
  if (options.is_set("permissions"))
    QUARRY_CHECK(settings.book.read_overrides(options.text("permissions")));
  for (const std::string& id : options.list("allow")) {
    if (!parse_guid(id)) {
      return fail(ErrorCode::kUsage, fmt::format("--allow: not an application id: '{}'", id),
                  "names can be imitated: give the id (a GUID)");
    }
    settings.allowed_apps.insert(text::lower_ascii(id));
  }
  if (options.is_set("business-hours")) {
    QUARRY_TRY(settings.hours, read_hours(options.text("business-hours")));
  }
  QUARRY_TRY(const auto users, options.number("burst-users"));
  QUARRY_TRY(const auto window, options.duration("burst-window"));
  QUARRY_TRY(const auto days, options.number("young-days"));
  settings.burst_users = users.value_or(settings.burst_users);
  settings.burst_window = window.value_or(settings.burst_window);
  settings.young_days = static_cast<int>(std::min<std::uint64_t>(days.value_or(30), 36'500));
  return settings;
}

Result<std::optional<Level>> read_level(const cli::Invocation& invocation,
                                        std::string_view option) {
  if (!invocation.options().is_set(option)) return std::optional<Level>();
  return parse_level(invocation.text(option));
}

}  // namespace quarry::consent_audit
