// A tool with every kind of option, a default command and two others, for the tests of this room.
#pragma once

#include "common/cli/app.h"

namespace quarry::cli {

extern const AppDef kSampleApp;
/// Without a default command.
extern const AppDef kStrictApp;

}  // namespace quarry::cli
