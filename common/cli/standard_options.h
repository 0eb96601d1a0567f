// The options that tools share, each declared once. A tool lists the tables it takes in its AppDef.
#pragma once

#include "common/config/option.h"

#include <span>

namespace quarry::cli {

/// All tools, without being listed: help version quiet verbose color progress timeout profile
/// show-config generate. A tool that asks questions declares --no-input itself, one that talks HTTP
/// what -vv adds.
extern const config::OptionTable kGeneralOptions;
/// output format tz typed csv-safe pager line-buffered exit-status
extern const config::OptionTable kOutputOptions;
/// query-file param now
extern const config::OptionTable kQueryOptions;
/// table schema sample input-format max-line
extern const config::OptionTable kInputOptions;
/// functions
extern const config::OptionTable kLibraryOptions;
/// strict bad-lines follow
extern const config::OptionTable kReadingOptions;
/// threads memory-limit stats
extern const config::OptionTable kEngineOptions;

/// All of the above: what [defaults] may hold for any tool.
std::span<const config::OptionTable* const> standard_tables();

}  // namespace quarry::cli
