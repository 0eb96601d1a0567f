#include "common/net/http.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace quarry::net {
namespace {

/// One transfer under way, as curl's callbacks see it.
struct Transfer {
  int descriptor = -1;
  std::uint64_t written = 0;
  std::uint64_t most = 0;
  int write_error = 0;
  bool too_long = false;
  const CancelToken* cancel = nullptr;
};

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* pointer) {
  auto& transfer = *static_cast<Transfer*>(pointer);
  const std::size_t length = size * count;
  transfer.written += length;
  transfer.too_long = transfer.written > transfer.most;
  for (std::size_t done = 0; done < length && !transfer.too_long;) {
    const ssize_t put = ::write(transfer.descriptor, data + done, length - done);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) {
      transfer.write_error = errno;
      return 0;
    }
    done += static_cast<std::size_t>(put);
  }
  return transfer.too_long ? 0 : length;
}

int look_up(void* pointer, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const Transfer*>(pointer)->cancel->cancelled() ? 1 : 0;
}

Error failure(const Url& url, std::string_view what, std::string_view hint = {}) {
  return Error(ErrorCode::kRemote, std::string(what), std::string(hint)).at(url.shown());
}

class CurlHttp final : public Http {
 public:
  explicit CurlHttp(std::string user_agent) : user_agent_(std::move(user_agent)) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (ready == CURLE_OK) handle_.reset(curl_easy_init());
  }

  Result<void> download(const Url& url, int descriptor, const DownloadLimits& limits,
                        const CancelToken& cancel) override {
    if (handle_ == nullptr) return fail(failure(url, "libcurl cannot be set up"));
    Transfer transfer{.descriptor = descriptor, .most = limits.bytes, .cancel = &cancel};
    char detail[CURL_ERROR_SIZE] = "";
    prepare(url, limits, transfer, detail);
    const CURLcode code = curl_easy_perform(handle_.get());
    if (const auto stopped = cancel.error()) return fail(*stopped);
    if (transfer.write_error != 0)
      return fail(failure(url, fmt::format("cannot keep what was fetched: {}",
                                           std::strerror(transfer.write_error))));
    if (transfer.too_long)
      return fail(failure(url, fmt::format("more than {} MiB: given up", limits.bytes >> 20),
                          "download it yourself, and give its path"));
    if (code != CURLE_OK)
      return fail(failure(url, fmt::format("cannot be fetched: {}",
                                           detail[0] != '\0' ? detail : curl_easy_strerror(code))));
    long status = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status < 200 || status > 299)
      return fail(failure(url, fmt::format("the server answered with status {}", status)));
    return {};
  }

 private:
  template <class T>
  void set(CURLoption option, T value) {
    curl_easy_setopt(handle_.get(), option, value);
  }

  void prepare(const Url& url, const DownloadLimits& limits, Transfer& transfer, char* detail) {
    curl_easy_reset(handle_.get());
    set(CURLOPT_URL, url.text.c_str());
    set(CURLOPT_PROTOCOLS_STR, url.scheme.c_str());
    set(CURLOPT_FOLLOWLOCATION, 1L);
    set(CURLOPT_REDIR_PROTOCOLS_STR, "https");
    set(CURLOPT_MAXREDIRS, static_cast<long>(limits.redirects));
    set(CURLOPT_TIMEOUT, static_cast<long>(limits.time.count()));
    set(CURLOPT_CONNECTTIMEOUT, 20L);
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_ACCEPT_ENCODING, "");
    set(CURLOPT_USERAGENT, user_agent_.c_str());
    set(CURLOPT_ERRORBUFFER, detail);
    set(CURLOPT_WRITEFUNCTION, &take_body);
    set(CURLOPT_WRITEDATA, &transfer);
    set(CURLOPT_XFERINFOFUNCTION, &look_up);
    set(CURLOPT_XFERINFODATA, &transfer);
    set(CURLOPT_NOPROGRESS, 0L);
  }

  struct Cleanup {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  std::unique_ptr<CURL, Cleanup> handle_;
  std::string user_agent_;
};

}  // namespace

std::unique_ptr<Http> make_http(std::string user_agent) {
  return std::make_unique<CurlHttp>(std::move(user_agent));
}

}  // namespace quarry::net
