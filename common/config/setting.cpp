#include "common/config/setting.h"

#include "common/base/suggest.h"
#include "common/base/text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace quarry::config {
namespace {

std::optional<bool> parse_truth(std::string_view word) {
  static constexpr std::array<std::string_view, 4> kTrue{"true", "yes", "on", "1"};
  static constexpr std::array<std::string_view, 4> kFalse{"false", "no", "off", "0"};
  const auto is_word = [&](std::string_view known) { return text::iequals_ascii(word, known); };
  if (std::any_of(kTrue.begin(), kTrue.end(), is_word)) return true;
  if (std::any_of(kFalse.begin(), kFalse.end(), is_word)) return false;
  return std::nullopt;
}

Result<Setting> checked_switch(const OptionDef& option, Setting setting) {
  const std::optional<bool> truth = parse_truth(setting.text());
  if (!truth) {
    return fail(bad_value(option, setting,
                          fmt::format("'{}' is neither true nor false", setting.text()), ""));
  }
  setting.values = {*truth ? "true" : "false"};
  return setting;
}

Result<Setting> checked_count(const OptionDef& option, Setting setting) {
  const std::optional<std::int64_t> number = text::parse_int64(setting.text());
  if (number && *number >= 0) return setting;
  const std::optional<bool> truth = parse_truth(setting.text());
  if (!truth) {
    return fail(
        bad_value(option, setting, fmt::format("'{}' is not a number", setting.text()), ""));
  }
  setting.values = {*truth ? "1" : "0"};
  return setting;
}

Result<Setting> checked_choice(const OptionDef& option, Setting setting) {
  const std::span<const std::string_view> choices = option.choices();
  if (std::find(choices.begin(), choices.end(), setting.text()) != choices.end()) return setting;
  const std::string near = did_you_mean(setting.text(), choices);
  std::string hint =
      fmt::format("{}{}one of: {}", near, near.empty() ? "" : "  ", fmt::join(choices, ", "));
  return fail(bad_value(option, setting, fmt::format("unknown value '{}'", setting.text()),
                        std::move(hint)));
}

}  // namespace

const std::string& Setting::text() const {
  static const std::string kNothing;
  return values.empty() ? kNothing : values.back();
}

Result<Setting> checked(const OptionDef& option, Setting setting) {
  if (!setting.is_set()) return setting;
  switch (option.kind) {
    case OptionKind::kSwitch:
      return checked_switch(option, std::move(setting));
    case OptionKind::kCount:
      return checked_count(option, std::move(setting));
    case OptionKind::kChoice:
      return checked_choice(option, std::move(setting));
    case OptionKind::kValue:
    case OptionKind::kList:
      return setting;
  }
  return setting;
}

Error bad_value(const OptionDef& option, const Setting& setting, const std::string& problem,
                std::string hint) {
  const bool in_file = setting.layer == Layer::kSystemFile || setting.layer == Layer::kUserFile ||
                       setting.layer == Layer::kProfile;
  if (in_file) {
    return Error(ErrorCode::kUsage, fmt::format("{}: {}", option.key, problem), std::move(hint))
        .at(setting.origin);
  }
  return Error(ErrorCode::kUsage, fmt::format("{}: {}", setting.origin, problem), std::move(hint));
}

}  // namespace quarry::config
