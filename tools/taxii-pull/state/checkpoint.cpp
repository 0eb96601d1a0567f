#include "tools/taxii-pull/state/checkpoint.h"

#include "common/base/digest.h"
#include "common/base/file.h"
#include "common/json/document.h"
#include "common/json/object_writer.h"
#include "common/time/format.h"
#include "common/time/parse.h"

#include <fmt/format.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace quarry::taxii_pull {
namespace {

constexpr std::int64_t kVersion = 1;

std::string instant(const std::optional<Datetime>& value) { return value ? to_string(*value) : ""; }

std::string text(json::Node node) { return std::string(node.as_string().value_or("")); }

std::uint64_t count(json::Node node) {
  return static_cast<std::uint64_t>(node.as_int64().value_or(0));
}

std::optional<Datetime> read_instant(json::Node node) {
  const auto written = node.as_string();
  return written && !written->empty() ? parse_datetime(*written) : std::nullopt;
}

Failure unreadable(const std::string& path, std::string why) {
  return fail(Error(ErrorCode::kData, "the checkpoint cannot be used: " + std::move(why),
                    "'taxii-pull state --reset' begins anew; nothing was changed")
                  .at(path));
}

Checkpoint parse(json::Node root) {
  Checkpoint out;
  out.feed = {.server = text(root.find("server")),
              .api_root = text(root.find("api_root")),
              .collection = text(root.find("collection")),
              .filters = text(root.find("filters")),
              .output = text(root.find("bound_to"))};
  out.source = text(root.find("source"));
  out.resume = read_instant(root.find("resume"));
  out.log_size = count(root.find("log_size"));
  out.objects = count(root.find("objects"));
  out.generated = read_instant(root.find("generated"));
  out.pulled = read_instant(root.find("pulled"));
  out.problem = text(root.find("problem"));
  const json::Node output = root.find("output");
  if (output.is_object()) {
    out.output = OutputMark{.path = text(output.find("path")),
                            .device = count(output.find("device")),
                            .inode = count(output.find("inode")),
                            .size = count(output.find("size"))};
  }
  return out;
}

std::string to_json(const Checkpoint& checkpoint) {
  json::ObjectWriter writer;
  writer.number("version", kVersion)
      .text("server", checkpoint.feed.server)
      .text("api_root", checkpoint.feed.api_root)
      .text("collection", checkpoint.feed.collection)
      .text("filters", checkpoint.feed.filters)
      .text_if("bound_to", checkpoint.feed.output)
      .text("source", checkpoint.source)
      .text_if("resume", instant(checkpoint.resume))
      .number("log_size", static_cast<std::int64_t>(checkpoint.log_size))
      .number("objects", static_cast<std::int64_t>(checkpoint.objects))
      .text_if("generated", instant(checkpoint.generated))
      .text_if("pulled", instant(checkpoint.pulled))
      .text_if("problem", checkpoint.problem);
  if (checkpoint.output) {
    json::ObjectWriter output;
    output.text("path", checkpoint.output->path)
        .number("device", static_cast<std::int64_t>(checkpoint.output->device))
        .number("inode", static_cast<std::int64_t>(checkpoint.output->inode))
        .number("size", static_cast<std::int64_t>(checkpoint.output->size));
    writer.raw("output", output.take());
  }
  return writer.take() + "\n";
}

}  // namespace

std::string FeedName::folder() const {
  const std::string all =
      fmt::format("{}\n{}\n{}\n{}\n{}", server, api_root, collection, filters, output);
  return hex_digest(DigestKind::kSha256, all).substr(0, 24);
}

Result<std::optional<Checkpoint>> read_checkpoint(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 && errno == ENOENT) return std::optional<Checkpoint>();
  QUARRY_TRY(const std::string content, read_file(path, 1 << 20));
  const auto document = json::Document::parse(content, path);
  if (!document || !document->root().is_object()) return unreadable(path, "it is no JSON object");
  const auto version = document->root().find("version").as_int64();
  if (version != kVersion) {
    return unreadable(path, version
                                ? fmt::format("its version is {}, known is {}", *version, kVersion)
                                : "it has no version");
  }
  return std::optional(parse(document->root()));
}

Result<void> write_checkpoint(const std::string& path, const Checkpoint& checkpoint) {
  QUARRY_TRY(AtomicFile file, AtomicFile::create(path));
  const std::string text = to_json(checkpoint);
  std::string_view rest = text;
  while (!rest.empty()) {
    const ssize_t put = ::write(file.descriptor(), rest.data(), rest.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return fail(Error(ErrorCode::kData, "cannot write the checkpoint").at(path));
    rest.remove_prefix(static_cast<std::size_t>(put));
  }
  return file.commit();
}

}  // namespace quarry::taxii_pull
