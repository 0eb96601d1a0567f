#include "tools/consent-audit/risk/reply_url.h"

#include "common/base/text.h"
#include "common/net/url.h"
#include "tools/consent-audit/risk/name_reading.h"

#include <algorithm>
#include <array>

namespace quarry::consent_audit {
namespace {

/// Anyone gets a host below these without saying who they are.
constexpr std::string_view kTunnels[]{
    "ngrok.io",       "ngrok.app",         "ngrok-free.app", "ngrok.dev",
    "ngrok-free.dev", "trycloudflare.com", "loca.lt",        "localhost.run",
    "serveo.net",     "lhr.life",          "devtunnels.ms",  "pagekite.me",
    "bore.pub",       "zrok.io",           "tunnelmole.net", "localtonet.com"};
constexpr std::string_view kFreeHosts[]{
    "workers.dev",     "pages.dev",           "netlify.app",   "vercel.app",        "web.app",
    "firebaseapp.com", "glitch.me",           "herokuapp.com", "repl.co",           "replit.app",
    "onrender.com",    "github.io",           "surge.sh",      "000webhostapp.com", "weebly.com",
    "wixsite.com",     "blogspot.com",        "r2.dev",        "fly.dev",           "deno.dev",
    "cyclic.app",      "infinityfreeapp.com", "duckdns.org",   "webhook.site",      "pipedream.net",
    "requestbin.net"};
constexpr std::string_view kOwnDomains[]{"microsoft.com",
                                         "microsoftonline.com",
                                         "office.com",
                                         "office365.com",
                                         "outlook.com",
                                         "live.com",
                                         "azure.com",
                                         "azure.net",
                                         "windows.net",
                                         "sharepoint.com",
                                         "office.net",
                                         "azurewebsites.net",
                                         "microsoftonline.us",
                                         "azure.us",
                                         "azure.cn",
                                         "dynamics.com",
                                         "powerapps.com",
                                         "skype.com",
                                         "google.com",
                                         "adobe.com",
                                         "dropbox.com",
                                         "salesforce.com",
                                         "docusign.com",
                                         "docusign.net",
                                         "service-now.com",
                                         "servicenow.com",
                                         "linkedin.com",
                                         "facebook.com",
                                         "okta.com",
                                         "paypal.com",
                                         "sharefile.com",
                                         "acrobat.com",
                                         "microsoftazuread-sso.com"};

bool is_below(std::string_view host, std::string_view domain) {
  return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                            host[host.size() - domain.size() - 1] == '.');
}
bool is_below_any(std::string_view host, std::span<const std::string_view> domains) {
  return std::any_of(domains.begin(), domains.end(),
                     [host](std::string_view domain) { return is_below(host, domain); });
}

bool is_address(std::string_view host) {
  if (host.starts_with('[')) return true;
  return !host.empty() && host.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

std::string_view oddness_of_reply_url(std::string_view url) {
  const std::string scheme = text::lower_ascii(url.substr(0, url.find(':')));
  if (scheme != "http" && scheme != "https") return {};
  const auto parsed = net::parse_url(url);
  if (!parsed) return "no proper address";
  const std::string& host = parsed->host;
  if (parsed->is_loopback()) {
    const bool campaign =
        parsed->path.starts_with("/access") && parsed->port != 80 && parsed->port != 443;
    return campaign ? "loopback with the path of a known mass campaign" : "";
  }
  if (is_address(host)) return "a bare IP address";
  if (host.find("xn--") != std::string::npos)
    return "a host name with disguised letters (punycode)";
  if (is_below_any(host, kTunnels)) return "a tunnel to somebody's machine";
  if (is_below_any(host, kFreeHosts)) return "a free host that anyone can take";
  if (!is_below_any(host, kOwnDomains) && !brand_inside(host).empty())
    return "a brand's name inside a foreign host";
  if (scheme == "http") return "not encrypted";
  return {};
}

}  // namespace quarry::consent_audit
