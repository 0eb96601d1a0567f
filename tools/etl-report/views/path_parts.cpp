#include "tools/etl-report/views/path_parts.h"

#include "common/base/text.h"
#include "common/base/unicode.h"

namespace quarry::etl_report {
namespace {

constexpr std::string_view kUnc = "\\\\";
constexpr std::string_view kDevice = "\\\\.\\";

/// Bytes of the root: "C:\" or "\\server\share"; 0 without one.
std::size_t root_length(std::string_view path) {
  if (path.size() > 2 && text::is_ascii_alpha(path[0]) && path.substr(1, 2) == ":\\") return 3;
  if (path.size() < 3 || !path.starts_with(kUnc) || path.starts_with(kDevice)) return 0;
  const std::size_t server_end = path.find('\\', kUnc.size());
  if (server_end == std::string_view::npos) return path.size();
  const std::size_t share_end = path.find('\\', server_end + 1);
  return share_end == std::string_view::npos ? path.size() : share_end;
}

}  // namespace

std::string extension_of(std::string_view path) {
  std::string_view name = path.substr(path.find_last_of("\\/") + 1);
  const std::size_t member = name.rfind("->");
  if (member != std::string_view::npos) name.remove_prefix(member + 2);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot + 1 == name.size()) return "";
  return unicode::to_lower(name.substr(dot));
}

std::optional<std::string> folder_of(std::string_view path, std::size_t level) {
  const std::size_t root = root_length(path);
  if (root == 0) return std::nullopt;
  std::string folder(path.substr(0, root));
  std::string_view rest = path.substr(root);
  for (std::size_t depth = 1; depth < level;) {
    const std::size_t slash = rest.find('\\');
    if (slash == std::string_view::npos) return std::nullopt;
    if (slash > 0) {
      if (!folder.ends_with('\\')) folder += '\\';
      folder += rest.substr(0, slash);
      ++depth;
    }
    rest.remove_prefix(slash + 1);
  }
  return folder;
}

}  // namespace quarry::etl_report
