// From one page of a list to the next, in the ways services know.
#pragma once

#include "common/net/http.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace quarry::net {

enum class PageStyle : std::uint8_t {
  kNextLink,  // @odata.nextLink or nextLink: the whole address of the next page
  kSkip,      // as kNextLink; where there is none, $skip until a page is short (Defender)
  kToken,     // more: true and next: TAXII 2.1, as the parameter `next`
};

struct Paging {
  PageStyle style = PageStyle::kNextLink;
  std::size_t page_size = 10'000;   // kSkip: the $top that the first request asks for
  std::size_t max_pages = 100'000;  // a service that never ends is stopped
};

/// Which request comes next. A link is followed only to the origin of the first request, and no
/// address is asked twice.
class Pager {
 public:
  Pager(Request first, Paging paging);
  const Request& first() const { return first_; }
  /// `rows`: how many the page held. nullopt: it was the last. kRemote for a link that leads
  /// elsewhere or in a circle, kData for an answer that is no JSON object.
  Result<std::optional<Request>> next(const Response& page, std::size_t rows);

 private:
  Result<std::optional<Request>> follow(std::string_view link);
  Result<std::optional<Request>> again(std::string url);

  Request first_;
  Paging paging_;
  std::set<std::string> asked_;
  std::size_t rows_ = 0;
};

/// Asks page after page. `what` is tried, in the user's words ("list machines"). `take` is handed
/// each page, a success, and says how many rows it held. The number of all rows.
Result<std::size_t> for_each_page(Http& http, Request first, Paging paging, std::string_view what,
                                  const std::function<Result<std::size_t>(const Response&)>& take);

}  // namespace quarry::net
