// Parts of a Windows path that reports group by. Where no public source says how the real tool
// does it, the rule is ours.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace quarry::etl_report {

/// From the last dot of the last part, in lower case; parts end at '\', '/' or "->" (a member of an
/// archive). A leading dot counts (".gitignore"); "" without a dot and with one at the very end.
std::string extension_of(std::string_view path);

/// The directory above the file that is `level` deep, from 1: "C:\" is 1, "C:\Users\Foo" 3,
/// "\\server\share" 1. nullopt where the path has none that deep, and for what is neither a drive
/// nor a UNC path.
std::optional<std::string> folder_of(std::string_view path, std::size_t level);

}  // namespace quarry::etl_report
