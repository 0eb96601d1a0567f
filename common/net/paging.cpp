#include "common/net/paging.h"

#include "common/base/text.h"
#include "common/json/document.h"
#include "common/json/row_parser.h"
#include "common/net/service_error.h"
#include "common/net/url.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace quarry::net {
namespace {

struct Links {
  std::string next_link;
  std::string next_token;
  bool more = false;
};

std::string text_of(const json::RawValue& value) {
  if (value.kind == json::TokenKind::kText) return std::string(value.text());
  if (value.kind != json::TokenKind::kEscapedText) return {};
  const auto document = json::Document::parse(fmt::format("\"{}\"", value.text()), "link");
  return document ? std::string(document->root().as_string().value_or("")) : "";
}

/// Pages are large and the members few: one pass over the brackets, no tree.
Result<Links> links_of(std::string_view body) {
  const std::array<std::string, 4> keys{"@odata.nextLink", "nextLink", "next", "more"};
  json::RowParser parser(keys);
  const std::string_view object = text::trim_ascii(body);
  std::string padded;
  padded.reserve(object.size() + json::kScanPadding);
  padded += object;
  padded.append(json::kScanPadding, '\0');
  if (!parser.parse(std::string_view(padded).substr(0, object.size())))
    return fail(ErrorCode::kData, fmt::format("the answer is no JSON object: {} at byte {}",
                                              parser.problem().what, parser.problem().offset));
  const auto values = parser.values();
  Links links;
  links.next_link = text_of(values[0]);
  if (links.next_link.empty()) links.next_link = text_of(values[1]);
  links.next_token = text_of(values[2]);
  links.more = values[3].kind == json::TokenKind::kTrue;
  return links;
}

/// `url` without the parameter.
std::string without_parameter(const std::string& url, std::string_view name) {
  const std::size_t mark = url.find('?');
  if (mark == std::string::npos) return url;
  std::string out = url.substr(0, mark);
  char separator = '?';
  for (const std::string_view item : text::split(std::string_view(url).substr(mark + 1), '&')) {
    if (item.empty() || percent_decode(item.substr(0, item.find('='))) == name) continue;
    out += separator;
    out += item;
    separator = '&';
  }
  return out;
}

}  // namespace

Pager::Pager(Request first, Paging paging) : first_(std::move(first)), paging_(paging) {
  asked_.insert(first_.url);
}

Result<std::optional<Request>> Pager::next(const Response& page, std::size_t rows) {
  rows_ += rows;
  QUARRY_TRY(const Links links, links_of(page.body));
  if (paging_.style == PageStyle::kToken) {
    if (!links.more || links.next_token.empty()) return std::optional<Request>();
    return again(
        with_parameters(without_parameter(first_.url, "next"), {{"next", links.next_token}}));
  }
  if (!links.next_link.empty()) return follow(links.next_link);
  if (paging_.style == PageStyle::kSkip && rows > 0 && rows >= paging_.page_size) {
    return again(with_parameters(without_parameter(first_.url, "$skip"),
                                 {{"$skip", std::to_string(rows_)}}));
  }
  return std::optional<Request>();
}

Result<std::optional<Request>> Pager::follow(std::string_view link) {
  QUARRY_TRY(const Url base, parse_url(first_.url));
  QUARRY_TRY(const Url target, resolve_url(base, link));
  if (target.origin() != base.origin()) {
    return fail(ErrorCode::kRemote,
                fmt::format("the next page lies elsewhere: {}", shown_url(target.text())),
                "pages are fetched from the configured host only");
  }
  return again(target.text());
}

Result<std::optional<Request>> Pager::again(std::string url) {
  if (!asked_.insert(url).second)
    return fail(ErrorCode::kRemote, fmt::format("the pages go in a circle: {}", shown_url(url)));
  if (asked_.size() > paging_.max_pages)
    return fail(ErrorCode::kRemote,
                fmt::format("more than {} pages from {}", paging_.max_pages, shown_url(url)));
  Request request = first_;
  request.url = std::move(url);
  return std::optional<Request>(std::move(request));
}

Result<std::size_t> for_each_page(Http& http, Request first, Paging paging, std::string_view what,
                                  const std::function<Result<std::size_t>(const Response&)>& take) {
  Pager pager(std::move(first), paging);
  std::size_t all = 0;
  std::optional<Request> request = pager.first();
  while (request) {
    QUARRY_TRY(const Response page, http.call(*std::move(request)));
    if (!page.is_success()) return fail(error_of(page, what));
    QUARRY_TRY(const std::size_t rows, take(page));
    all += rows;
    QUARRY_TRY(request, pager.next(page, rows));
  }
  return all;
}

}  // namespace quarry::net
