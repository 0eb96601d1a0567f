#include "tests/fakes/message.h"

#include "common/base/deflate.h"
#include "common/base/random.h"
#include "common/base/text.h"
#include "common/value/dynamic.h"

#include <fmt/format.h>

namespace quarry::fakes {

std::optional<std::string> Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (text::iequals_ascii(key, name)) return value;
  }
  return std::nullopt;
}

std::optional<std::string> Request::parameter(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::string Request::form_value(std::string_view name) const {
  for (const auto& [key, value] : form()) {
    if (key == name) return value;
  }
  return {};
}

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string gzipped(std::string_view bytes) { return deflate(DeflateEnvelope::kGzip, bytes); }

Reply json_reply(std::string body, int status) {
  Reply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

Reply error_reply(int status, std::string_view code, std::string_view message) {
  return json_reply(fmt::format(R"({{"error":{{"code":{},"message":{},"target":"{}"}}}})",
                                quoted(code), quoted(message), random_guid()),
                    status);
}

}  // namespace quarry::fakes
