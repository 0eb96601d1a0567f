// Manual pages and shell completions, made from the same tables as the parser.
#pragma once

#include "common/cli/app.h"

#include <string>

namespace quarry::cli {

/// roff. AppDef::man_page is the frame: lines @NAME@ @SYNOPSIS@ @DESCRIPTION@ @COMMANDS@ @OPTIONS@
/// @EXAMPLES@ @EXIT_STATUS@ @FILES@
/// @ENVIRONMENT@ @SECURITY@ @SEE_ALSO@ become what the tables know, @VERSION@ the version, also
/// within a line. Without a frame: NAME SYNOPSIS DESCRIPTION OPTIONS EXAMPLES EXIT STATUS FILES
/// ENVIRONMENT SECURITY SEE ALSO.
std::string man_page(const AppDef& app);

/// Text as roff shows it literally.
std::string roff_escape(std::string_view text);

}  // namespace quarry::cli
