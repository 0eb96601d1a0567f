#include "common/auth/cloud.h"

namespace quarry::auth {
namespace {

constexpr std::string_view kStorageScope = "https://storage.azure.com/.default";

constexpr std::array<CloudDef, 5> kClouds{{
    {"public",
     "https://login.microsoftonline.com",
     {{{"https://graph.microsoft.com", "https://graph.microsoft.com/.default"},
       // The audience keeps the older name, whichever host is called.
       {"https://api.security.microsoft.com", "https://api.securitycenter.microsoft.com/.default"},
       {"https://api.security.microsoft.com", "https://api.security.microsoft.com/.default"},
       {"https://management.azure.com", "https://management.azure.com/.default"},
       {"https://api.loganalytics.azure.com", "https://api.loganalytics.io/.default"},
       {"", ""},
       {"", kStorageScope}}}},
    {"gcc",
     "https://login.microsoftonline.com",
     {{{"https://graph.microsoft.com", "https://graph.microsoft.com/.default"},
       {"https://api-gcc.securitycenter.microsoft.us",
        "https://api-gcc.securitycenter.microsoft.us/.default"},
       {"https://api-gcc.securitycenter.microsoft.us",
        "https://api-gcc.security.microsoft.us/.default"},
       {"https://management.azure.com", "https://management.azure.com/.default"},
       {"https://api.loganalytics.azure.com", "https://api.loganalytics.io/.default"},
       {"", ""},
       {"", kStorageScope}}}},
    {"gcchigh",
     "https://login.microsoftonline.us",
     {{{"https://graph.microsoft.us", "https://graph.microsoft.us/.default"},
       {"https://api-gov.securitycenter.microsoft.us",
        "https://api-gov.securitycenter.microsoft.us/.default"},
       {"https://api-gov.securitycenter.microsoft.us",
        "https://api-gov.security.microsoft.us/.default"},
       {"https://management.usgovcloudapi.net", "https://management.usgovcloudapi.net/.default"},
       {"https://api.loganalytics.us", "https://api.loganalytics.us/.default"},
       {"", ""},
       {"", kStorageScope}}}},
    {"dod",
     "https://login.microsoftonline.us",
     {{{"https://dod-graph.microsoft.us", "https://dod-graph.microsoft.us/.default"},
       {"https://api-gov.securitycenter.microsoft.us",
        "https://api-gov.securitycenter.microsoft.us/.default"},
       {"https://api-gov.securitycenter.microsoft.us",
        "https://api-gov.security.microsoft.us/.default"},
       {"https://management.usgovcloudapi.net", "https://management.usgovcloudapi.net/.default"},
       {"https://api.loganalytics.us", "https://api.loganalytics.us/.default"},
       {"", ""},
       {"", kStorageScope}}}},
    // Defender for Endpoint is not offered there.
    {"china",
     "https://login.partner.microsoftonline.cn",
     {{{"https://microsoftgraph.chinacloudapi.cn",
        "https://microsoftgraph.chinacloudapi.cn/.default"},
       {"", ""},
       {"", ""},
       {"https://management.chinacloudapi.cn", "https://management.chinacloudapi.cn/.default"},
       {"https://api.loganalytics.azure.cn", "https://api.loganalytics.azure.cn/.default"},
       {"", ""},
       {"", kStorageScope}}}},
}};

}  // namespace

std::string_view name_of(Service service) {
  constexpr std::array<std::string_view, kServiceCount> kNames{"graph", "mde", "xdr", "arm",
                                                               "logs",  "adx", "blob"};
  return kNames[static_cast<std::size_t>(service)];
}

std::span<const CloudDef> clouds() { return kClouds; }

const CloudDef* find_cloud(std::string_view name) {
  for (const CloudDef& cloud : kClouds) {
    if (cloud.name == name) return &cloud;
  }
  return nullptr;
}

std::string resource_of(std::string_view scope) {
  constexpr std::string_view kDefault = "/.default";
  if (scope.ends_with(kDefault)) scope.remove_suffix(kDefault.size());
  return std::string(scope);
}

}  // namespace quarry::auth
