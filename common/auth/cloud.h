// Microsoft's clouds: where each service answers and for which audience its tokens are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace quarry::auth {

/// The services that tools talk to. The older hunting API (kXdr) lives at Defender's address and
/// wants tokens of its own.
enum class Service : std::uint8_t { kGraph, kMde, kXdr, kArm, kLogs, kAdx, kBlob };
inline constexpr std::size_t kServiceCount = 7;

/// "graph": as options and variables call it.
std::string_view name_of(Service service);

struct EndpointDef {
  std::string_view url;    // empty: the user has to say (a cluster, a storage account)
  std::string_view scope;  // "https://graph.microsoft.com/.default"; empty: made from the address
};

struct CloudDef {
  std::string_view name;  // "public"
  std::string_view login_url;
  std::array<EndpointDef, kServiceCount> endpoints;  // by Service
};

/// public, gcc, gcchigh, dod, china.
std::span<const CloudDef> clouds();
/// nullptr where no cloud has the name.
const CloudDef* find_cloud(std::string_view name);

/// "https://graph.microsoft.com" of "https://graph.microsoft.com/.default": what managed
/// identities and az call the resource.
std::string resource_of(std::string_view scope);

}  // namespace quarry::auth
