#include "common/net/transfer.h"

#include "common/base/text.h"
#include "common/net/retry_policy.h"

#include <fmt/format.h>

#include <string.h>

#include <algorithm>
#include <utility>

namespace quarry::net {
namespace {

constexpr std::size_t kLargestHead = 256 << 10;
constexpr std::size_t kLargestErrorBody = 256 << 10;
/// curl asks the kernel once for so much: pages and files are megabytes.
constexpr long kReceiveBuffer = 128 << 10;
constexpr const char* kMetadataHost = "169.254.169.254";

long milliseconds(Seconds seconds) {
  return static_cast<long>(std::max(1.0, seconds.count() * 1000));
}

bool is_fit_for_header(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
  });
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::string hint_of(CURLcode code) {
  switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
      return "an inspecting proxy needs its authority in --ca-file";
    case CURLE_SSL_CACERT_BADFILE:
      return "--ca-file takes certificates in PEM";
    case CURLE_COULDNT_RESOLVE_PROXY:
      return "check HTTPS_PROXY";
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
      return "check the address, the network, and HTTPS_PROXY";
    default:
      return {};
  }
}

}  // namespace

Result<void> check_scheme(const Url& url, bool allow_link_local) {
  if (url.scheme == "https" || url.is_loopback()) return ok();
  if (allow_link_local && url.host == kMetadataHost) return ok();
  return fail(ErrorCode::kUsage,
              fmt::format("plain http is for loopback only: {}", shown_url(url.text())),
              "use https://");
}

Transfer::Transfer(Request request, Completion done, Url url, const CurlOptions& options)
    : request_(std::move(request)),
      done_(std::move(done)),
      url_(std::move(url)),
      options_(options),
      easy_(::curl_easy_init()) {}

Transfer::~Transfer() {
  if (easy_ != nullptr) ::curl_easy_cleanup(easy_);
  free_headers();
  if (mime_ != nullptr) ::curl_mime_free(mime_);
}

Result<std::unique_ptr<Transfer>> Transfer::make(Request request, Completion done,
                                                 const CurlOptions& options) {
  QUARRY_TRY(Url url, parse_url(request.url));
  QUARRY_CHECK(check_scheme(url, request.allow_link_local));
  std::unique_ptr<Transfer> transfer(
      new Transfer(std::move(request), std::move(done), std::move(url), options));
  if (transfer->easy_ == nullptr) return fail(ErrorCode::kRemote, "out of memory for a transfer");
  QUARRY_CHECK(transfer->set_up());
  return transfer;
}

bool Transfer::only_reads() const {
  return request_.method == Method::kGet || request_.method == Method::kHead;
}

Result<void> Transfer::set_up() {
  ::curl_easy_setopt(easy_, CURLOPT_PRIVATE, this);
  ::curl_easy_setopt(easy_, CURLOPT_ERRORBUFFER, problem_);
  ::curl_easy_setopt(easy_, CURLOPT_HEADERFUNCTION, &Transfer::on_head);
  ::curl_easy_setopt(easy_, CURLOPT_HEADERDATA, this);
  ::curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  ::curl_easy_setopt(easy_, CURLOPT_WRITEDATA, this);
  set_connection();
  set_body();
  return set_headers();
}

void Transfer::set_connection() {
  ::curl_easy_setopt(easy_, CURLOPT_URL, url_.text().c_str());
  ::curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
  ::curl_easy_setopt(easy_, CURLOPT_BUFFERSIZE, kReceiveBuffer);
  ::curl_easy_setopt(easy_, CURLOPT_PROTOCOLS_STR, url_.scheme.c_str());
  ::curl_easy_setopt(easy_, CURLOPT_FOLLOWLOCATION, 0L);
  ::curl_easy_setopt(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  ::curl_easy_setopt(easy_, CURLOPT_PIPEWAIT, 1L);
  ::curl_easy_setopt(easy_, CURLOPT_TCP_KEEPALIVE, 1L);
  // libcurl sends a request again by itself when a kept connection turns out to be dead, without
  // knowing whether it arrived. On a new connection it does not.
  const bool reads = request_.method == Method::kGet || request_.method == Method::kHead;
  ::curl_easy_setopt(easy_, CURLOPT_FRESH_CONNECT, reads || may_repeat(request_) ? 0L : 1L);
  // Reading requests that count at the service may use kept connections: a second attempt of
  // libcurl's own is stopped before it is sent.
  sent_ = false;
  if (reads && request_.repeat == Repeat::kLookUp) {
    ::curl_easy_setopt(easy_, CURLOPT_PREREQFUNCTION, &Transfer::on_request);
    ::curl_easy_setopt(easy_, CURLOPT_PREREQDATA, this);
  }
  ::curl_easy_setopt(easy_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  ::curl_easy_setopt(easy_, CURLOPT_SSL_VERIFYPEER, options_.verify_peer ? 1L : 0L);
  ::curl_easy_setopt(easy_, CURLOPT_SSL_VERIFYHOST, options_.verify_peer ? 2L : 0L);
  set_client_certificate();
  if (!options_.ca_file.empty()) {
    ::curl_easy_setopt(easy_, CURLOPT_CAINFO, options_.ca_file.c_str());
    ::curl_easy_setopt(easy_, CURLOPT_PROXY_CAINFO, options_.ca_file.c_str());
  }
  // An empty proxy also keeps libcurl from looking at the environment itself.
  const bool through_proxy = request_.use_proxy && url_.scheme == "https";
  ::curl_easy_setopt(easy_, CURLOPT_PROXY, through_proxy ? options_.proxy.c_str() : "");
  ::curl_easy_setopt(easy_, CURLOPT_NOPROXY, options_.no_proxy.c_str());
  ::curl_easy_setopt(easy_, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  ::curl_easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(request_.connect_timeout));
  ::curl_easy_setopt(easy_, CURLOPT_LOW_SPEED_LIMIT, 1L);
  ::curl_easy_setopt(easy_, CURLOPT_LOW_SPEED_TIME,
                     std::max(1L, static_cast<long>(request_.stall_timeout.count())));
  if (request_.total_timeout)
    ::curl_easy_setopt(easy_, CURLOPT_TIMEOUT_MS, milliseconds(*request_.total_timeout));
  ::curl_easy_setopt(easy_, CURLOPT_USERAGENT, options_.user_agent.c_str());
  ::curl_easy_setopt(easy_, CURLOPT_ACCEPT_ENCODING, request_.accept_encoding ? "" : nullptr);
}

void Transfer::set_client_certificate() {
  if (options_.certificate.empty()) return;
  const std::string name = text::lower_ascii(options_.certificate);
  const bool pkcs12 = name.ends_with(".p12") || name.ends_with(".pfx");
  ::curl_easy_setopt(easy_, CURLOPT_SSLCERT, options_.certificate.c_str());
  ::curl_easy_setopt(easy_, CURLOPT_SSLCERTTYPE, pkcs12 ? "P12" : "PEM");
  if (!options_.certificate_key.empty())
    ::curl_easy_setopt(easy_, CURLOPT_SSLKEY, options_.certificate_key.c_str());
  if (options_.certificate_password.empty()) return;
  std::string password(options_.certificate_password.reveal());
  ::curl_easy_setopt(easy_, CURLOPT_KEYPASSWD, password.c_str());
  wipe(password);
}

void Transfer::set_body() {
  if (request_.method == Method::kGet) return;
  if (request_.method == Method::kHead) {
    ::curl_easy_setopt(easy_, CURLOPT_NOBODY, 1L);
    return;
  }
  if (!request_.form.empty()) {
    mime_ = ::curl_mime_init(easy_);
    for (const FormPart& part : request_.form) {
      curl_mimepart* const item = ::curl_mime_addpart(mime_);
      ::curl_mime_name(item, part.name.c_str());
      ::curl_mime_data(item, part.content.data(), part.content.size());
      if (!part.file_name.empty()) ::curl_mime_filename(item, part.file_name.c_str());
      if (!part.content_type.empty()) ::curl_mime_type(item, part.content_type.c_str());
    }
    ::curl_easy_setopt(easy_, CURLOPT_MIMEPOST, mime_);
  } else {
    const std::string_view body =
        request_.secret_body.empty() ? request_.body : request_.secret_body.reveal();
    const bool has_body = !body.empty() || request_.method != Method::kDelete;
    if (has_body) {
      ::curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
      ::curl_easy_setopt(easy_, CURLOPT_POSTFIELDS, body.empty() ? "" : body.data());
    }
  }
  if (request_.method != Method::kPost)
    ::curl_easy_setopt(easy_, CURLOPT_CUSTOMREQUEST, name_of(request_.method));
}

void Transfer::free_headers() {
  for (curl_slist* item = headers_; item != nullptr; item = item->next)
    ::explicit_bzero(item->data, ::strlen(item->data));
  ::curl_slist_free_all(std::exchange(headers_, nullptr));
}

Result<void> Transfer::add_header(std::string_view name, std::string_view value) {
  if (!is_fit_for_header(name) || !is_fit_for_header(value) || name.empty() ||
      name.find_first_of(": ") != std::string_view::npos) {
    return fail(ErrorCode::kUsage,
                fmt::format("header '{}' holds a control character", name.substr(0, 40)));
  }
  // A header without a value ends in ';' for libcurl.
  std::string line(name);
  line += value.empty() ? ";" : ": ";
  line += value;
  headers_ = ::curl_slist_append(headers_, line.c_str());
  wipe(line);
  return ok();
}

Result<void> Transfer::set_headers() {
  free_headers();
  for (const Header& header : request_.headers) QUARRY_CHECK(add_header(header.name, header.value));
  for (const SecretHeader& header : request_.secret_headers)
    QUARRY_CHECK(add_header(header.name, header.value.reveal()));
  if (!request_.content_type.empty())
    QUARRY_CHECK(add_header("Content-Type", request_.content_type));
  // Not to wait for "100 Continue", which gateways forget.
  headers_ = ::curl_slist_append(headers_, "Expect:");
  ::curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, headers_);
  return ok();
}

int Transfer::on_request(void* self, char*, char*, int, int) {
  const bool again = std::exchange(static_cast<Transfer*>(self)->sent_, true);
  return again ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

std::size_t Transfer::on_head(char* data, std::size_t size, std::size_t count, void* self) {
  const std::string_view line(data, size * count);
  return static_cast<Transfer*>(self)->take_head(line) ? line.size() : 0;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  const std::string_view bytes(data, size * count);
  // Anything but the number of bytes stops libcurl.
  return static_cast<Transfer*>(self)->take_body(bytes) ? bytes.size() : bytes.size() + 1;
}

bool Transfer::take_head(std::string_view line) {
  head_size_ += line.size();
  if (head_size_ > kLargestHead) {
    refused_ = Error(ErrorCode::kRemote, "the head of the answer is too large");
    return false;
  }
  if (line.starts_with("HTTP/")) {  // an interim answer (1xx) may have come before
    response_.headers.clear();
    return true;
  }
  line = text::trim_ascii(line);
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return true;
  response_.headers.push_back(
      {std::string(line.substr(0, colon)), std::string(text::trim_ascii(line.substr(colon + 1)))});
  return true;
}

Result<void> Transfer::begin_body() {
  if (std::exchange(body_begun_, true)) return ok();
  long status = 0;
  ::curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
  response_.status = static_cast<int>(status);
  response_.url = url_.text();
  if (request_.sink && response_.is_success()) return request_.sink->begin(response_);
  return ok();
}

bool Transfer::take_body(std::string_view bytes) {
  if (Result<void> begun = begin_body(); !begun) {
    refused_ = begun.error();
    return false;
  }
  response_.size += bytes.size();
  if (request_.sink && response_.is_success()) {
    Result<void> taken = request_.sink->take(bytes);
    if (!taken) refused_ = taken.error();
    return taken.has_value();
  }
  const std::size_t limit =
      response_.is_success() ? request_.max_body : std::min(request_.max_body, kLargestErrorBody);
  if (bytes.size() > limit - response_.body.size()) {
    response_.body += bytes.substr(0, limit - response_.body.size());
    error_body_cut_ = !response_.is_success();
    if (response_.is_success()) {
      refused_ = Error(ErrorCode::kRemote,
                       fmt::format("the answer is larger than {}", text::human_bytes(limit)));
    }
    return false;
  }
  response_.body += bytes;
  return true;
}

Delivery Transfer::delivery_of(CURLcode code) const {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return Delivery::kNotSent;
    default:
      break;
  }
  curl_off_t ready = 0;  // microseconds until the connection stood, TLS included
  ::curl_easy_getinfo(easy_, CURLINFO_PRETRANSFER_TIME_T, &ready);
  return ready == 0 ? Delivery::kNotSent : Delivery::kUnknown;
}

Outcome Transfer::failed(CURLcode code) const {
  const char* const why = code == CURLE_ABORTED_BY_CALLBACK ? "the connection was cut"
                          : problem_[0] != '\0'             ? problem_
                                                            : ::curl_easy_strerror(code);
  const std::string path = shown_url(url_.text());
  return {fail(ErrorCode::kRemote, fmt::format("{} {}: {}", name_of(request_.method), path, why),
               hint_of(code)),
          delivery_of(code)};
}

Outcome Transfer::give_up(Error error) const {
  curl_off_t ready = 0;
  ::curl_easy_getinfo(easy_, CURLINFO_PRETRANSFER_TIME_T, &ready);
  return {fail(std::move(error)), ready == 0 ? Delivery::kNotSent : Delivery::kUnknown};
}

Result<bool> Transfer::follow() {
  const auto location = response_.header("Location");
  if (!only_reads() || !is_redirect(response_.status) || !location) return false;
  if (++redirects_ > request_.max_redirects)
    return fail(ErrorCode::kRemote, fmt::format("more than {} redirects from {}",
                                                request_.max_redirects, shown_url(request_.url)));
  QUARRY_TRY(Url next, resolve_url(url_, *location));
  if (url_.scheme == "https" && next.scheme != "https")
    return fail(ErrorCode::kRemote,
                fmt::format("a redirect leads from https to {}", shown_url(next.text())));
  // A loopback address must not be reached by being told so from elsewhere.
  if (next.is_loopback() && !url_.is_loopback())
    return fail(ErrorCode::kRemote, "a redirect leads to this machine");
  QUARRY_CHECK(check_scheme(next, false));
  if (next.origin() != url_.origin()) request_.secret_headers.clear();
  url_ = std::move(next);
  response_ = Response();
  head_size_ = 0;
  body_begun_ = false;
  error_body_cut_ = false;
  set_connection();
  QUARRY_CHECK(set_headers());
  return true;
}

std::optional<Outcome> Transfer::finish(CURLcode code) {
  if (refused_) {
    return Outcome{fail(refused_->code(),
                        fmt::format("{} {}: {}", name_of(request_.method), shown_url(url_.text()),
                                    refused_->message()),
                        refused_->hint()),
                   Delivery::kAnswered};
  }
  if (code != CURLE_OK && !error_body_cut_) return failed(code);
  if (Result<void> begun = begin_body(); !begun)
    return Outcome{fail(begun.error()), Delivery::kAnswered};
  Result<bool> followed = follow();
  if (!followed) return Outcome{fail(followed.error()), Delivery::kAnswered};
  if (*followed) return std::nullopt;
  curl_off_t microseconds = 0;
  ::curl_easy_getinfo(easy_, CURLINFO_TOTAL_TIME_T, &microseconds);
  response_.seconds = static_cast<double>(microseconds) / 1e6;
  return Outcome{std::move(response_), Delivery::kAnswered};
}

}  // namespace quarry::net
