#include "tools/consent-audit/tenant/manifest.h"

#include "common/base/digest.h"
#include "common/base/file.h"
#include "common/base/text.h"
#include "common/io/line_splitter.h"
#include "common/json/document.h"
#include "common/json/object_writer.h"

#include <filesystem>

namespace quarry::consent_audit {
namespace {

constexpr const char* kAgain = "export again, or go without what it held";

std::optional<Error> check_line(const std::string& folder, std::string_view line,
                                const std::string& place) {
  const auto document = json::Document::parse(line, place);
  if (!document) return document.error();
  const std::string name(document->root().find("file").as_string().value_or(""));
  const std::string path = folder + "/" + name;
  // The manifest is no reason to read elsewhere.
  if (name.empty() || name.find('/') != std::string::npos)
    return Error(ErrorCode::kData, "names no file of the folder", kAgain).at(place);
  std::error_code none;
  if (!std::filesystem::exists(path, none))
    return Error(ErrorCode::kData, "is in the manifest of the export, and not here", kAgain)
        .at(path);
  const auto body = read_file(path);
  if (!body) return body.error();
  if (hex_digest(DigestKind::kSha256, *body) != document->root().find("sha256").as_string())
    return Error(ErrorCode::kData, "is not what was exported: its hash differs", kAgain).at(path);
  return std::nullopt;
}

}  // namespace

std::string manifest_line(const std::string& file, std::string_view body) {
  json::ObjectWriter line;
  line.text("file", file)
      .number("bytes", static_cast<std::int64_t>(body.size()))
      .text("sha256", hex_digest(DigestKind::kSha256, body));
  return line.take() + "\n";
}

std::vector<Error> check_manifest(const std::string& folder) {
  const std::string path = folder + "/" + kManifestName;
  std::error_code none;
  if (!std::filesystem::exists(path, none)) return {};
  const auto text = read_file(path);
  if (!text) return {text.error()};
  std::vector<Error> errors;
  io::LineSplitter lines(*text);
  std::string_view line;
  for (std::size_t number = 1; lines.next(line); ++number) {
    if (text::trim_ascii(line).empty()) continue;
    if (auto error = check_line(folder, line, path + ":" + std::to_string(number)))
      errors.push_back(*std::move(error));
  }
  return errors;
}

}  // namespace quarry::consent_audit
