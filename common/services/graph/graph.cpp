#include "common/services/graph/graph.h"

#include "common/json/document.h"
#include "common/net/paging.h"
#include "common/net/rate_limit.h"
#include "common/net/service_error.h"
#include "common/net/url.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace quarry::services {
namespace {

/// Graph throttles its reports (audit logs, sign-ins) by 5 requests in 10 seconds, for each
/// application and tenant; the directory has a budget that 429 tells of.
constexpr std::array<net::Window, 1> kReportWindows{{{5, 10}}};
constexpr net::ApiLimit kReports{"graph.reports", kReportWindows};

bool is_report(std::string_view path) { return path.find("/auditLogs/") != std::string_view::npos; }

std::string hint_for(const GraphRead& read, int status) {
  if (status != 403 || read.permission.empty()) return {};
  return fmt::format("it takes {}", read.permission);
}

}  // namespace

Graph::Graph(net::Http& http, std::string url, std::string scope)
    : http_(http), url_(std::move(url)), scope_(std::move(scope)) {}

net::Request Graph::get(const std::string& path) const {
  return {.url = net::join_url(url_, path),
          .scope = scope_,
          .limit = is_report(path) ? &kReports : nullptr};
}

net::Request Graph::request(net::Method method, std::string_view path, std::string body,
                            net::Repeat repeat) const {
  net::Request request{.method = method,
                       .url = net::join_url(url_, path),
                       .body = std::move(body),
                       .scope = scope_,
                       .repeat = repeat};
  if (!request.body.empty()) request.content_type = "application/json";
  return request;
}

Result<std::size_t> Graph::pages(const GraphRead& read,
                                 const std::function<Result<void>(std::string_view body)>& take) {
  net::Pager pager(get(read.path), {});
  std::size_t all = 0;
  std::optional<net::Request> request = pager.first();
  while (request) {
    QUARRY_TRY(const net::Response page, http_.call(*std::move(request)));
    if (!page.is_success())
      return fail(net::error_of(page, read.what, hint_for(read, page.status)));
    QUARRY_TRY(const json::Document document,
               json::Document::parse(page.body, std::string(read.what)));
    const std::size_t rows = document.root().find("value").size();
    QUARRY_CHECK(take(page.body));
    all += rows;
    QUARRY_TRY(request, pager.next(page, rows));
  }
  return all;
}

Result<std::optional<std::string>> Graph::find(const GraphRead& read) {
  QUARRY_TRY(net::Response response, http_.call(get(read.path)));
  if (response.status == 404) return std::optional<std::string>();
  if (!response.is_success())
    return fail(net::error_of(response, read.what, hint_for(read, response.status)));
  return std::optional(std::move(response.body));
}

}  // namespace quarry::services
