#include "tools/hq/web_fetcher.h"

#include "common/net/download.h"
#include "common/net/url.h"

#include <fmt/format.h>

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

namespace quarry::hq {
namespace {

constexpr std::uint64_t kLargest = std::uint64_t{256} << 20;  // bytes
constexpr net::Seconds kLongest{120};

Error cannot_keep(const std::string& path) {
  return Error(ErrorCode::kData,
               fmt::format("cannot keep what is fetched: {}", std::strerror(errno)))
      .at(std::string(path));
}

}  // namespace

WebFetcher::WebFetcher(net::CurlOptions options, std::string parent)
    : http_(std::move(options)), parent_(std::move(parent)) {}

WebFetcher::~WebFetcher() {
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

/// Private to the user, as mkdtemp makes its folder.
Result<std::string> WebFetcher::new_file() {
  if (folder_.empty()) {
    std::string pattern = parent_ + "/hq-external-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) return fail(cannot_keep(parent_));
    folder_ = pattern;
  }
  return fmt::format("{}/{}", folder_, paths_.size() + 1);
}

Result<std::string> WebFetcher::fetch(const std::string& address) {
  if (const auto known = paths_.find(address); known != paths_.end()) return known->second;
  QUARRY_TRY(const std::string path, new_file());
  net::Request request{.url = address, .total_timeout = kLongest};
  const Result<net::Downloaded> done =
      net::download(http_, std::move(request), path, {.max_size = kLargest}, "cannot be fetched");
  if (!done) return fail(Error(done.error()).at(net::shown_url(address)));
  return paths_[address] = done->path;
}

}  // namespace quarry::hq
