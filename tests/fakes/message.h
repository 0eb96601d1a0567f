// HTTP messages as the fakes see them, and what can go wrong with an answer on order.
#pragma once

#include "common/net/url.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quarry::fakes {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;
  std::string target;  // as sent: "/api/machines?$top=5"; of CONNECT "host:port"
  std::string path;    // still encoded
  net::Parameters query;
  Headers headers;
  std::string body;
  bool secure = false;  // over TLS

  /// The first header of that name in any case.
  std::optional<std::string> header(std::string_view name) const;
  std::optional<std::string> parameter(std::string_view name) const;
  /// The values of a form body.
  net::Parameters form() const { return net::decode_parameters(body); }
  std::string form_value(std::string_view name) const;
};

struct Reply {
  int status = 200;
  Headers headers = {};
  std::string body = {};
  std::string content_type = "application/json";
  bool chunked = false;

  /// How the wire misbehaves.
  std::chrono::milliseconds delay{0};
  bool no_answer = false;                     // the connection is cut instead
  std::optional<std::size_t> cut_after = {};  // so many bytes of the body, then cut
  std::string raw = {};                       // sent as it is instead of all the above, then cut
};

Reply json_reply(std::string body, int status = 200);
/// {"error":{"code":…,"message":…}} as Graph and Defender write it.
Reply error_reply(int status, std::string_view code, std::string_view message);
/// Compressed, for Content-Encoding: gzip and for files.
std::string gzipped(std::string_view bytes);
/// The text in quotes, escaped.
std::string quoted(std::string_view text);

}  // namespace quarry::fakes
