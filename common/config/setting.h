// What holds for one option, and who said so.
#pragma once

#include "common/base/result.h"
#include "common/config/option.h"

#include <cstdint>
#include <string>
#include <vector>

namespace quarry::config {

/// From the weakest to the strongest.
enum class Layer : std::uint8_t {
  kBuiltIn,
  kSystemFile,
  kUserFile,
  kProfile,
  kEnvironment,
  kOption
};

struct Setting {
  /// Empty: not set. kSwitch: "true" or "false"; kCount: the number; kList: all of them.
  std::vector<std::string> values;
  Layer layer = Layer::kBuiltIn;
  /// "--color", "QUARRY_COLOR", "/home/u/.config/quarry/config.toml:12", "built-in"
  std::string origin;

  bool is_set() const { return !values.empty(); }
  /// The last value, or "".
  const std::string& text() const;
};

/// The setting with its values in the form that its option promises, or kUsage that names the
/// origin and the nearest value.
Result<Setting> checked(const OptionDef& option, Setting setting);

/// "the error stands there": an Error about a value of this setting, placed at or naming its
/// origin.
Error bad_value(const OptionDef& option, const Setting& setting, const std::string& problem,
                std::string hint);

}  // namespace quarry::config
