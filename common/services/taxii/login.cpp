#include "common/services/taxii/login.h"

#include "common/base/base64.h"
#include "common/base/text.h"

namespace quarry::services::taxii {

net::SecretHeader basic_login(std::string_view user, const Secret& password) {
  std::string pair(user);
  pair.append(1, ':').append(password.reveal());
  std::string value = "Basic " + base64(pair);
  wipe(pair);
  return {"Authorization", Secret(std::move(value))};
}

net::SecretHeader token_login(std::string_view scheme, const Secret& token) {
  std::string value(scheme);
  value.append(1, ' ').append(token.reveal());
  return {"Authorization", Secret(std::move(value))};
}

Result<net::SecretHeader> header_login(const Secret& line) {
  const std::string_view text = line.reveal();
  const std::size_t colon = text.find(':');
  const std::string_view name = text::trim_ascii(text.substr(0, colon));
  if (colon == std::string_view::npos || name.empty())
    return fail(ErrorCode::kUsage, "the file of a header holds no line NAME: VALUE",
                "a line such as X-API-Key: 0123… is expected");
  return net::SecretHeader{std::string(name),
                           Secret(std::string(text::trim_ascii(text.substr(colon + 1))))};
}

}  // namespace quarry::services::taxii
