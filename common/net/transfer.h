// One attempt at one request, redirects included: what libcurl is told, and what it tells.
#pragma once

#include "common/net/curl_http.h"
#include "common/net/url.h"

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace quarry::net {

class Transfer {
 public:
  /// kUsage where the request must not be sent.
  static Result<std::unique_ptr<Transfer>> make(Request request, Completion done,
                                                const CurlOptions& options);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  CURL* handle() const { return easy_; }
  /// Changes nothing at the service.
  bool only_reads() const;
  /// libcurl is done. nullopt: a redirect, to be added to the multi handle again.
  std::optional<Outcome> finish(CURLcode code);
  Outcome give_up(Error error) const;
  Completion take_completion() { return std::move(done_); }

 private:
  Transfer(Request request, Completion done, Url url, const CurlOptions& options);

  Result<void> set_up();
  Result<void> set_headers();
  Result<void> add_header(std::string_view name, std::string_view value);
  void set_body();
  void set_connection();
  void set_client_certificate();
  void free_headers();
  Result<bool> follow();
  Result<void> begin_body();
  bool take_head(std::string_view line);
  bool take_body(std::string_view bytes);
  Outcome failed(CURLcode code) const;
  Delivery delivery_of(CURLcode code) const;

  static int on_request(void* self, char* ip, char* local_ip, int port, int local_port);
  static std::size_t on_head(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);

  Request request_;
  Completion done_;
  Url url_;
  const CurlOptions& options_;
  CURL* easy_ = nullptr;
  curl_slist* headers_ = nullptr;
  curl_mime* mime_ = nullptr;
  char problem_[CURL_ERROR_SIZE] = {};

  Response response_;
  std::size_t head_size_ = 0;
  int redirects_ = 0;
  bool sent_ = false;  // over some connection, since set_connection()
  bool body_begun_ = false;
  bool error_body_cut_ = false;   // enough of an error's body was read
  std::optional<Error> refused_;  // why we stopped libcurl
};

/// kUsage where no credential may travel this way: plain http is for loopback, and for the metadata
/// service where the request says so.
Result<void> check_scheme(const Url& url, bool allow_link_local);

}  // namespace quarry::net
