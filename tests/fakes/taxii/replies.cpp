#include "tests/fakes/taxii/servers.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::fakes::taxii {

std::string envelope(const std::vector<const MadeObject*>& page, std::string_view resource,
                     std::optional<bool> more, const std::string& next_json) {
  std::string body = "{";
  if (more) body += fmt::format(R"("more":{})", *more);
  if (!next_json.empty()) body += fmt::format(R"(,"next":{})", next_json);
  if (page.empty() && more && !*more) return "{}";  // as real servers say nothing
  body += body.size() > 1 ? R"(,"objects":[)" : R"("objects":[)";
  for (std::size_t i = 0; i < page.size(); ++i) {
    if (i > 0) body += ',';
    body += resource == "manifest"
                ? fmt::format(R"({{"id":"{}","date_added":"{}","version":"{}"}})", page[i]->id,
                              page[i]->date_added, page[i]->version)
                : page[i]->json;
  }
  return body + "]}";
}

Reply taxii_reply(std::string body, const std::vector<const MadeObject*>& page) {
  Reply reply;
  reply.body = std::move(body);
  reply.content_type = "application/taxii+json;version=2.1";
  if (page.empty()) return reply;
  const auto [first, last] = std::minmax_element(
      page.begin(), page.end(),
      [](const auto* a, const auto* b) { return a->date_added < b->date_added; });
  reply.headers = {{"X-TAXII-Date-Added-First", (*first)->date_added},
                   {"X-TAXII-Date-Added-Last", (*last)->date_added}};
  return reply;
}

Reply refusal(int status, std::string_view why) {
  Reply reply;
  reply.status = status;
  reply.content_type = "application/taxii+json;version=2.1";
  reply.body = fmt::format(R"({{"title":"ProcessingError","http_status":"{}","description":{}}})",
                           status, quoted(why));
  return reply;
}

}  // namespace quarry::fakes::taxii
