// The requests of the Defender for Endpoint API that lr sends, built and not yet sent: paths,
// bodies, limits, and what may be repeated (learn.microsoft.com, "Supported Microsoft Defender for
// Endpoint APIs").
#pragma once

#include "common/net/http.h"
#include "common/services/live_response/command.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace quarry::live_response {

class Api {
 public:
  /// `url` without a slash at its end; the scope of tokens for it.
  Api(std::string url, std::string scope) : url_(std::move(url)), scope_(std::move(scope)) {}

  /// Never repeated blindly: whose answer is lost is found by its comment. 429 comes back.
  net::Request submit(std::string_view machine_id, std::string_view comment,
                      std::string_view commands_json) const;
  net::Request action(std::string_view id) const;
  /// `filter` in OData; may be empty. Pages are followed with PageStyle::kSkip.
  net::Request actions(const std::string& filter) const;
  net::Request cancel(std::string_view id, std::string_view comment) const;
  net::Request result_link(std::string_view id, std::int64_t index) const;
  net::Request package_link(std::string_view id) const;
  /// `verb`: "isolate"; `body` as JSON.
  net::Request act(std::string_view machine_id, std::string_view verb, std::string body) const;

  net::Request library() const;
  net::Request upload(std::string_view name, std::string content, std::string_view description,
                      bool replace) const;
  net::Request remove(std::string_view name) const;

  net::Request machines(const std::string& filter) const;
  net::Request machine(std::string_view id_or_name) const;
  net::Request machines_by_tag(const std::string& tag) const;
  /// `at`: "2026-11-20T08:00:00Z", within 30 days.
  net::Request machines_by_ip(std::string_view ip, std::string_view at) const;

  const std::string& url() const { return url_; }

 private:
  net::Request get(std::string path, const net::ApiLimit& limit) const;
  net::Request post(std::string path, std::string body, const net::ApiLimit& limit) const;

  std::string url_;
  std::string scope_;
};

/// 'it''s': a text as OData writes it.
std::string odata_text(std::string_view text);
/// The address in {"value": …}, without the quotes that one page shows inside it. kData without.
Result<std::string> parse_link(std::string_view body);

/// The largest page of a list.
inline constexpr std::size_t kPageSize = 10'000;

}  // namespace quarry::live_response
