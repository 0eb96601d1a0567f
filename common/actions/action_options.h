// The options of tools that act, declared once: --apply, --yes and their kin.
#pragma once

#include "common/config/option.h"

namespace quarry::actions {

/// dry-run apply yes max-targets plan resume reason no-input
extern const config::OptionTable kActionOptions;

}  // namespace quarry::actions
