// The live response library: scripts and files that devices can be given.
#pragma once

#include "common/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarry::live_response {

struct LibraryFile {
  std::string name;
  std::string sha256;  // lower case
  std::string description;
  std::string created;
  std::string updated;
  std::string created_by;
  bool has_parameters = false;
  std::string parameters_description;
};

Result<std::vector<LibraryFile>> parse_library(std::string_view body);
/// One line of NDJSON without its end.
std::string to_json(const LibraryFile& file);
/// nullptr where the library has no file of that name; case does not count.
const LibraryFile* find_file(const std::vector<LibraryFile>& library, std::string_view name);

}  // namespace quarry::live_response
