#include "tools/lr/run/case_archive.h"

#include "common/base/private_file.h"
#include "common/json/document.h"

#include <fmt/format.h>

#include <unistd.h>

#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

namespace quarry::lr {
namespace {

std::string path_in(const std::string& row) {
  const auto document = json::Document::parse(row, "row");
  if (!document) return {};
  return std::string(document->root().find("file").find("path").as_string().value_or(""));
}

/// Below the output folder; nothing else is packed, or removed.
std::string name_below(const std::string& path, const std::string& out_dir) {
  return path.starts_with(out_dir + "/") ? path.substr(out_dir.size() + 1) : "";
}

/// Before the devices are asked, not when their files have come.
Result<void> check_is_free(const std::string& path) {
  std::error_code trouble;
  if (std::filesystem::exists(path, trouble))
    return fail(Error(ErrorCode::kUsage, "the archive is there already", "name another").at(path));
  if (trouble)
    return fail(Error(ErrorCode::kData,
                      fmt::format("the archive cannot be made: {}", trouble.message()),
                      "name another: --archive FILE")
                    .at(path));
  return ok();
}

}  // namespace

Result<CaseArchive> read_case_archive(const cli::Invocation& invocation,
                                      const config::RunContext& context) {
  CaseArchive archive{.path = invocation.text("archive"), .password = {}};
  const std::string& file = invocation.text("password-file");
  if (archive.path.empty()) {
    if (file.empty()) return archive;
    return fail(ErrorCode::kUsage, "--password-file is for --archive", "--archive case.zip");
  }
  QUARRY_CHECK(check_is_free(archive.path));
  if (!file.empty()) {
    QUARRY_TRY(archive.password, read_private_file(file));
  } else if (context.ask_secret) {
    QUARRY_TRY(archive.password, context.ask_secret("password of the archive"));
  }
  if (archive.password.empty())
    return fail(ErrorCode::kUsage, "the archive has no password", "--password-file FILE");
  return archive;
}

Result<void> pack(const CaseArchive& archive, std::span<const std::string> rows,
                  const std::string& out_dir) {
  QUARRY_TRY(const auto zip,
             io::ZipWriter::create(archive.path, io::ZipEncryption::kAes256, archive.password));
  std::set<std::string> packed;
  std::string lines;
  for (const std::string& row : rows) {
    lines += row + "\n";
    const std::string path = path_in(row);
    const std::string name = name_below(path, out_dir);
    if (name.empty() || !packed.insert(path).second) continue;
    QUARRY_CHECK(zip->add_file(name, path));
  }
  QUARRY_CHECK(zip->add_text("results.ndjson", lines));
  QUARRY_CHECK(zip->commit());
  for (const std::string& path : packed) {
    ::unlink(path.c_str());
    ::rmdir(std::filesystem::path(path).parent_path().c_str());  // where it is empty now
  }
  ::rmdir(out_dir.c_str());
  return ok();
}

}  // namespace quarry::lr
