// Where a file from a device lies on this machine. Nothing that a device or a service says becomes
// a path: of each name only harmless letters remain, in a folder of our choice.
#pragma once

#include "common/base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::lr {

struct Job;

/// Letters, digits and -_. of any script stay, all else becomes _; no dot at the start, at most 100
/// bytes; never empty.
std::string safe_name(std::string_view name);

/// The folder of each job below the output folder: its device's name, a part of the id where two
/// devices are alike, and the turn of a device's further jobs.
std::vector<std::string> device_folders(std::span<const Job> jobs);

/// Makes the output folder where it is missing, and tries to write there. kData, with the folder,
/// where that fails.
Result<void> check_out_dir(const std::string& folder);

/// The path, or where something is there the next of its kind that is free: "2-triage.2.zip".
std::string free_path(const std::string& path);

/// "2-triage.zip": the command's number and the last part of the path on the device.
std::string file_name(std::int64_t command, std::string_view device_path);

}  // namespace quarry::lr
