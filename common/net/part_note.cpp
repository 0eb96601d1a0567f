#include "common/net/part_note.h"

#include "common/base/file.h"
#include "common/base/private_file.h"
#include "common/base/text.h"

#include <fmt/format.h>

#include <unistd.h>

#include <utility>

namespace quarry::net {
namespace {

std::string path_of(const std::string& part) { return part + ".etag"; }

}  // namespace

std::optional<PartNote> read_part_note(const std::string& part) {
  const Result<std::string> text = read_file(path_of(part));
  if (!text) return std::nullopt;
  const std::size_t end = text->find('\n');
  if (end == std::string::npos || end == 0) return std::nullopt;
  PartNote note{.etag = text->substr(0, end), .total = {}};
  if (const auto total = text::parse_int64(text::trim_ascii(std::string_view(*text).substr(end)));
      total && *total >= 0)
    note.total = static_cast<std::uint64_t>(*total);
  return note;
}

Result<void> write_part_note(const std::string& part, const PartNote& note) {
  const std::string total = note.total ? std::to_string(*note.total) : "";
  return write_private_file(path_of(part), fmt::format("{}\n{}\n", note.etag, total));
}

void remove_part_note(const std::string& part) { ::unlink(path_of(part).c_str()); }

}  // namespace quarry::net
