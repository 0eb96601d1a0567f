// What an export wrote down of its files, so that one which is lost or changed later is found out.
#pragma once

#include "common/base/error.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarry::consent_audit {

inline constexpr const char* kManifestName = "manifest.ndjson";

/// One line of it.
std::string manifest_line(const std::string& file, std::string_view body);
/// What is wrong with the files of the folder; nothing where it has no manifest.
std::vector<Error> check_manifest(const std::string& folder);

}  // namespace quarry::consent_audit
