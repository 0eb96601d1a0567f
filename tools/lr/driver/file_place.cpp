#include "tools/lr/driver/file_place.h"

#include "common/base/private_file.h"
#include "common/base/text.h"
#include "common/base/unicode.h"
#include "tools/lr/run/job.h"

#include <fmt/format.h>

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>

namespace quarry::lr {
namespace {

constexpr std::size_t kLongestName = 100;

bool is_harmless(char c) {
  return text::is_ascii_alnum(c) || c == '-' || c == '_' || c == '.' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::string safe_name(std::string_view name) {
  std::string safe;
  for (const char c : name) safe += is_harmless(c) ? c : '_';
  if (safe.size() > kLongestName) {
    std::size_t end = kLongestName;
    while (end > 0 && (static_cast<unsigned char>(safe[end]) & 0xC0) == 0x80) --end;
    safe.resize(end);
  }
  if (safe.empty() || !unicode::is_valid(safe)) return "unnamed";
  if (safe[0] == '.') safe[0] = '_';
  return safe;
}

std::vector<std::string> device_folders(std::span<const Job> jobs) {
  std::map<std::string, std::set<std::string>> devices;  // by name
  for (const Job& job : jobs)
    devices[text::lower_ascii(safe_name(job.device))].insert(job.device_id);
  std::set<std::string> taken;
  std::vector<std::string> folders;
  for (const Job& job : jobs) {
    std::string folder = safe_name(job.device);
    if (devices[text::lower_ascii(folder)].size() > 1)
      folder += "_" + safe_name(std::string_view(job.device_id).substr(0, 12));
    if (job.turn > 1) folder += fmt::format("_{}", job.turn);
    while (!taken.insert(text::lower_ascii(folder)).second) folder += "_";
    folders.push_back(std::move(folder));
  }
  return folders;
}

Result<void> check_out_dir(const std::string& folder) {
  // One that is there may be open to others: what is made in it is not.
  std::error_code none;
  if (!std::filesystem::is_directory(folder, none)) QUARRY_CHECK(make_private_folder(folder));
  std::string probe = folder + "/.probe-XXXXXX";
  const int descriptor = ::mkstemp(probe.data());
  if (descriptor < 0)
    return fail(Error(ErrorCode::kData,
                      fmt::format("cannot write to the folder for files: {}", std::strerror(errno)),
                      "name another: --out-dir DIR")
                    .at(folder));
  ::close(descriptor);
  ::unlink(probe.c_str());
  return ok();
}

std::string free_path(const std::string& path) {
  const std::filesystem::path wanted(path);
  std::string free = path;
  std::error_code none;
  // What cannot be looked at is left to whoever writes there.
  for (int number = 2; std::filesystem::exists(std::filesystem::symlink_status(free, none));
       ++number)
    free = (wanted.parent_path() /
            fmt::format("{}.{}{}", wanted.stem().string(), number, wanted.extension().string()))
               .string();
  return free;
}

std::string file_name(std::int64_t command, std::string_view device_path) {
  const std::size_t cut = device_path.find_last_of("/\\");
  if (cut != std::string_view::npos) device_path.remove_prefix(cut + 1);
  return fmt::format("{}-{}", command, safe_name(device_path));
}

}  // namespace quarry::lr
