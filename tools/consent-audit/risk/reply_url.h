// Where an application has codes and tokens sent to.
#pragma once

#include <string_view>

namespace quarry::consent_audit {

/// What is odd about a reply URL, for people; "" where nothing is. Addresses of native clients
/// (urn:…, custom schemes) are nothing odd.
std::string_view oddness_of_reply_url(std::string_view url);

}  // namespace quarry::consent_audit
