#include "tools/hq/web_fetcher.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

namespace quarry::hq {
namespace {

Error cannot_keep(const std::string& path) {
  return Error(ErrorCode::kData,
               fmt::format("cannot keep what is fetched: {}", std::strerror(errno)))
      .at(std::string(path));
}

}  // namespace

WebFetcher::WebFetcher(std::unique_ptr<net::Http> http, std::string parent,
                       const CancelToken& cancel)
    : http_(std::move(http)), parent_(std::move(parent)), cancel_(cancel) {}

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
  QUARRY_TRY(const net::Url url, net::parse_url(address));
  QUARRY_TRY(const std::string path, new_file());
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return fail(cannot_keep(path));
  Result<void> done = http_->download(url, descriptor, {}, cancel_);
  if (::close(descriptor) != 0 && done) done = fail(cannot_keep(path));
  QUARRY_CHECK(done);
  return paths_[address] = path;
}

}  // namespace quarry::hq
