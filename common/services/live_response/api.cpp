#include "common/services/live_response/api.h"

#include "common/json/document.h"
#include "common/json/object_writer.h"
#include "common/net/url.h"
#include "common/services/live_response/limits.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::live_response {
namespace {

std::string with_filter(std::string path, const std::string& filter) {
  net::Parameters parameters;
  if (!filter.empty()) parameters.emplace_back("$filter", filter);
  parameters.emplace_back("$top", std::to_string(kPageSize));
  return net::with_parameters(std::move(path), parameters);
}

std::string comment_body(std::string_view comment) {
  return json::ObjectWriter().text("Comment", comment).take();
}

}  // namespace

net::Request Api::get(std::string path, const net::ApiLimit& limit) const {
  return {.url = url_ + std::move(path), .scope = scope_, .limit = &limit};
}

net::Request Api::post(std::string path, std::string body, const net::ApiLimit& limit) const {
  return {.method = net::Method::kPost,
          .url = url_ + std::move(path),
          .body = std::move(body),
          .content_type = "application/json",
          .scope = scope_,
          .repeat = net::Repeat::kLookUp,
          .limit = &limit};
}

net::Request Api::submit(std::string_view machine_id, std::string_view comment,
                         std::string_view commands_json) const {
  net::Request request =
      post(fmt::format("/api/machines/{}/runliveresponse", net::percent_encode(machine_id)),
           json::ObjectWriter().text("Comment", comment).raw("Commands", commands_json).take(),
           kSubmitLimit);
  request.wait_when_throttled = false;
  return request;
}

net::Request Api::action(std::string_view id) const {
  return get(fmt::format("/api/machineactions/{}", net::percent_encode(id)), kActionsLimit);
}

net::Request Api::actions(const std::string& filter) const {
  return get(with_filter("/api/machineactions", filter), kActionsLimit);
}

net::Request Api::cancel(std::string_view id, std::string_view comment) const {
  net::Request request = post(fmt::format("/api/machineactions/{}/cancel", net::percent_encode(id)),
                              comment_body(comment), kCancelLimit);
  request.repeat = net::Repeat::kAllowed;
  return request;
}

net::Request Api::result_link(std::string_view id, std::int64_t index) const {
  return get(fmt::format("/api/machineactions/{}/GetLiveResponseResultDownloadLink(index={})",
                         net::percent_encode(id), index),
             kLinkLimit);
}

net::Request Api::package_link(std::string_view id) const {
  return get(fmt::format("/api/machineactions/{}/getPackageUri", net::percent_encode(id)),
             kPackageLimit);
}

net::Request Api::act(std::string_view machine_id, std::string_view verb, std::string body) const {
  return post(fmt::format("/api/machines/{}/{}", net::percent_encode(machine_id), verb),
              std::move(body), verb == "startInvestigation" ? kInvestigationLimit : kActLimit);
}

net::Request Api::library() const { return get("/api/libraryfiles", kLibraryLimit); }

net::Request Api::upload(std::string_view name, std::string content, std::string_view description,
                         bool replace) const {
  net::Request request = post("/api/libraryfiles", {}, kLibraryLimit);
  request.content_type.clear();
  request.form = {{.name = "file",
                   .content = std::move(content),
                   .file_name = std::string(name),
                   .content_type = "application/octet-stream"},
                  {.name = "Description", .content = std::string(description)},
                  {.name = "OverrideIfExists", .content = replace ? "true" : "false"}};
  // The same bytes under the same name, twice, are the same file.
  if (replace) request.repeat = net::Repeat::kAllowed;
  return request;
}

net::Request Api::remove(std::string_view name) const {
  net::Request request =
      get(fmt::format("/api/libraryfiles/{}", net::percent_encode(name)), kLibraryLimit);
  request.method = net::Method::kDelete;
  return request;
}

net::Request Api::machines(const std::string& filter) const {
  return get(with_filter("/api/machines", filter), kMachinesLimit);
}

net::Request Api::machine(std::string_view id_or_name) const {
  return get(fmt::format("/api/machines/{}", net::percent_encode(id_or_name)), kMachinesLimit);
}

net::Request Api::machines_by_tag(const std::string& tag) const {
  return get(net::with_parameters("/api/machines/findbytag", {{"tag", tag}}), kMachinesLimit);
}

net::Request Api::machines_by_ip(std::string_view ip, std::string_view at) const {
  return get(
      fmt::format("/api/machines/findbyip(ip='{}',timestamp={})", net::percent_encode(ip), at),
      kMachinesLimit);
}

std::string odata_text(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

Result<std::string> parse_link(std::string_view body) {
  QUARRY_TRY(const json::Document document, json::Document::parse(body, "link"));
  std::string_view link = document.root().find("value").as_string().value_or("");
  if (link.size() >= 2 && link.front() == '"' && link.back() == '"')
    link = link.substr(1, link.size() - 2);
  if (link.empty()) return fail(ErrorCode::kData, "the service's answer holds no link");
  return std::string(link);
}

}  // namespace quarry::live_response
