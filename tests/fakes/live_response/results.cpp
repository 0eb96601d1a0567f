#include "common/base/digest.h"
#include "common/base/text.h"
#include "tests/fakes/live_response/live_response.h"

#include <fmt/format.h>

#include <array>

namespace quarry::fakes {
namespace {

constexpr std::array<net::Window, 2> kUsual{{{100, 60}, {1500, 3600}}};
constexpr net::ApiLimit kLibrary{"fake.library", kUsual};
constexpr std::size_t kLargestUpload = 20U << 20;

/// The values of a multipart body, by name; of a file part "NAME/filename" too.
std::map<std::string, std::string> parts_of(const Request& request) {
  std::map<std::string, std::string> parts;
  const std::string type = request.header("Content-Type").value_or("");
  const std::size_t at = type.find("boundary=");
  if (at == std::string::npos) return parts;
  const std::string mark = "--" + type.substr(at + 9);
  std::size_t position = request.body.find(mark);
  while (position != std::string::npos) {
    const std::size_t head = position + mark.size() + 2;
    const std::size_t blank = request.body.find("\r\n\r\n", head);
    const std::size_t next = request.body.find("\r\n" + mark, head);
    if (blank == std::string::npos || next == std::string::npos || blank > next) break;
    const std::string headers = request.body.substr(head, blank - head);
    const auto value = [&headers](const std::string& key) -> std::string {
      const std::size_t start = headers.find(" " + key + "=\"");
      if (start == std::string::npos) return {};
      const std::size_t from = start + key.size() + 3;
      return headers.substr(from, headers.find('"', from) - from);
    };
    const std::string name = value("name");
    parts[name] = request.body.substr(blank + 4, next - blank - 4);
    if (const std::string file = value("filename"); !file.empty()) parts[name + "/filename"] = file;
    position = next + 2;
  }
  return parts;
}

/// The bytes that a Range header asks for, as 206.
Reply ranged(const Request& request, const std::string& content) {
  Reply reply;
  reply.content_type = "application/octet-stream";
  const std::string tag = "\"" + hex_digest(DigestKind::kSha256, content).substr(0, 16) + "\"";
  reply.headers = {{"ETag", tag}};
  const std::string range = request.header("Range").value_or("");
  const auto start = range.starts_with("bytes=") && range.ends_with("-")
                         ? text::parse_int64(std::string_view(range).substr(6, range.size() - 7))
                         : std::nullopt;
  if (!start || static_cast<std::size_t>(*start) >= content.size() ||
      request.header("If-Range").value_or(tag) != tag) {
    reply.body = content;
    return reply;
  }
  reply.status = 206;
  reply.body = content.substr(static_cast<std::size_t>(*start));
  reply.headers.emplace_back(
      "Content-Range", fmt::format("bytes {}-{}/{}", *start, content.size() - 1, content.size()));
  return reply;
}

}  // namespace

void LiveResponse::add_library_routes() {
  const Rule manage = rule({"Library.Manage"}, kLibrary);
  cloud_.add("GET", "/api/libraryfiles", manage,
             [this](const Request&, const Captures&) { return list_library(); });
  cloud_.add("POST", "/api/libraryfiles", manage,
             [this](const Request& request, const Captures&) { return upload(request); });
  cloud_.add("DELETE", "/api/libraryfiles/{name}", manage,
             [this](const Request&, const Captures& at) {
               const std::lock_guard lock(mutex_);
               if (library_.erase(at.at("name")) == 0)
                 return error_reply(404, "NotFound", "no such file");
               return Reply{.status = 204};
             });
}

void LiveResponse::add_storage_routes() {
  cloud_.add(
      "GET", "/results/{id}/{index}", {},
      [this](const Request& request, const Captures& at) {
        return download(request, at.at("id"), at.at("index"));
      },
      Host::kStorage);
}

std::string LiveResponse::link_to(const std::string& path) const {
  return fmt::format("{}{}?se={:.0f}&sig=storage-signature", cloud_.storage_url(), path,
                     now() + options_.link_seconds);
}

Reply LiveResponse::result_link(const std::string& id, const std::string& index) {
  const std::lock_guard lock(mutex_);
  const SessionAction* const action = find_action(id);
  const auto number = text::parse_int64(index);
  if (action == nullptr || !number || *number < 0 ||
      static_cast<std::size_t>(*number) >= action->commands.size())
    return error_reply(404, "ResourceNotFound", "no such command");
  const auto command = static_cast<std::size_t>(*number);
  if (action->commands[command].type == "PutFile") {
    cloud_.violation("the result of a PutFile was asked for: it has none");
    return error_reply(400, "BadRequest", "PutFile has no result");
  }
  if (action->command_status(command, now()) != "Completed")
    return error_reply(404, "ResourceNotFound", "the command has not completed");
  return json_reply(fmt::format(R"({{"@odata.context":"Edm.String","value":{}}})",
                                quoted(link_to(fmt::format("/results/{}/{}", id, command)))));
}

Reply LiveResponse::package_link(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const SessionAction* const action = find_action(id);
  if (action == nullptr || action->status(now()) != "Succeeded")
    return error_reply(404, "ResourceNotFound", "the action is not finished");
  // The service's own sample has these quotes.
  return json_reply(fmt::format(R"({{"value":{}}})",
                                quoted(quoted(link_to(fmt::format("/results/{}/package", id))))));
}

std::string LiveResponse::result_of(const SessionAction& action, std::size_t command) const {
  const SessionCommand& asked = action.commands[command];
  const Behaviour& how = action.device->behaviour;
  if (asked.type == "GetFile") {
    const std::string content = file_content(*action.device, asked.name);
    return how.plain_file ? content : gzipped(content);
  }
  if (how.raw_output) return "<html>no JSON</html>";
  // A raw line end inside a text, and NULs at its end: as the service's own sample has them.
  const std::string args = quoted(asked.args);
  return fmt::format(
      R"({{"script_name":{},"exit_code":{},"script_output":"hello from {}{}args {}\u0000\u0000",)"
      R"("script_errors":""}})",
      quoted(asked.name), how.exit_code, action.device->name, '\n',
      args.substr(1, args.size() - 2));
}

Reply LiveResponse::download(const Request& request, const std::string& id,
                             const std::string& index) {
  const std::lock_guard lock(mutex_);
  const auto expires = text::parse_double(request.parameter("se").value_or("0"));
  if (request.parameter("sig") != "storage-signature" || !expires || *expires < now())
    return error_reply(403, "AuthenticationFailed", "the signature has expired");
  const SessionAction* const action = find_action(id);
  if (action == nullptr) return error_reply(404, "BlobNotFound", "no such blob");
  if (index == "package")
    return ranged(request, "PK investigation package of " + action->device->name);
  const auto number = text::parse_int64(index);
  return ranged(request, result_of(*action, static_cast<std::size_t>(number.value_or(0))));
}

Reply LiveResponse::list_library() {
  const std::lock_guard lock(mutex_);
  std::string body = R"({"value":[)";
  for (const auto& [name, content] : library_) {
    if (body.back() != '[') body += ',';
    body += fmt::format(
        R"({{"fileName":{},"sha256":"{}","description":null,"creationTime":"2026-11-01T00:00:00Z",)"
        R"("lastUpdatedTime":"2026-11-01T00:00:00Z","createdBy":"admin@corp.example",)"
        R"("hasParameters":false,"parametersDescription":null}})",
        quoted(name), hex_digest(DigestKind::kSha256, content));
  }
  return json_reply(body + "]}");
}

Reply LiveResponse::upload(const Request& request) {
  const auto parts = parts_of(request);
  const auto file = parts.find("file");
  const auto name = parts.find("file/filename");
  if (file == parts.end() || name == parts.end())
    return error_reply(400, "BadRequest", "the form has no file");
  if (file->second.size() > kLargestUpload) return error_reply(400, "BadRequest", "too large");
  const std::lock_guard lock(mutex_);
  const auto replace = parts.find("OverrideIfExists");
  if (library_.contains(name->second) && (replace == parts.end() || replace->second != "true"))
    return error_reply(400, "BadRequest", "the file exists");
  library_[name->second] = file->second;
  return json_reply(fmt::format(R"({{"fileName":{}}})", quoted(name->second)));
}

}  // namespace quarry::fakes
