#include "common/base/text.h"
#include "tests/fakes/live_response/live_response.h"
#include "tests/fakes/live_response/odata_filter.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::fakes {
namespace {

constexpr std::array<net::Window, 2> kUsual{{{100, 60}, {1500, 3600}}};
constexpr net::ApiLimit kMachines{"fake.machines", kUsual};

}  // namespace

void LiveResponse::add_machine_routes() {
  const Rule read = rule({"Machine.Read.All", "Machine.ReadWrite.All"}, kMachines);
  cloud_.add("GET", "/api/machines", read,
             [this](const Request& request, const Captures&) { return list_machines(request); });
  cloud_.add("GET", "/api/machines/findbytag", read,
             [this](const Request& request, const Captures&) { return find_by_tag(request); });
  cloud_.add("GET", "/api/machines/findbyip(ip='{ip}',timestamp={at})", read,
             [this](const Request&, const Captures& at) { return find_by_ip(at.at("ip")); });
  cloud_.add("GET", "/api/machines/{id}", read,
             [this](const Request&, const Captures& at) { return show_machine(at.at("id")); });
}

const Device* LiveResponse::find_device(const std::string& id_or_name) const {
  const auto found = std::find_if(devices_.begin(), devices_.end(), [&](const Device& device) {
    return device.id == id_or_name || device.name == id_or_name;
  });
  return found == devices_.end() ? nullptr : &*found;
}

/// A device that was switched on meanwhile has reported then.
std::string LiveResponse::seen_time(const Device& device) const {
  const double on = start_ + device.behaviour.online_after;
  const bool came_back = device.behaviour.online_after >= 0 && on <= now();
  return service_time(came_back ? on : start_ - device.seen_ago);
}

Reply LiveResponse::list_machines(const Request& request) {
  std::vector<std::string> rows;
  for (const Device& device : devices_) {
    const std::string seen = seen_time(device);
    const auto fits = fits_filter(request.parameter("$filter").value_or("id ne ''"),
                                  [&](std::string_view field) -> std::optional<std::string> {
                                    if (field == "id") return device.id;
                                    if (field == "computerDnsName") return device.name;
                                    if (field == "lastSeen") return seen;
                                    if (field == "osPlatform") return device.platform;
                                    if (field == "healthStatus") return device.health;
                                    return std::nullopt;
                                  });
    if (!fits) return error_reply(400, "ODataError", "the filter is not understood");
    if (*fits) rows.push_back(machine_json(device, seen));
  }
  if (rows.empty()) return error_reply(404, "ResourceNotFound", "no recent machines");
  return page_reply(request, cloud_.url(), rows, {.next_link = false});
}

Reply LiveResponse::show_machine(const std::string& id) {
  const Device* const device = find_device(id);
  if (device == nullptr) return error_reply(404, "ResourceNotFound", "no such machine");
  return json_reply(machine_json(*device, seen_time(*device)));
}

Reply LiveResponse::find_by_tag(const Request& request) {
  const std::string tag = request.parameter("tag").value_or("");
  std::vector<const Device*> found;
  for (const Device& device : devices_) {
    if (std::find(device.tags.begin(), device.tags.end(), tag) != device.tags.end())
      found.push_back(&device);
  }
  return json_reply(rows(found));
}

Reply LiveResponse::find_by_ip(const std::string& ip) {
  std::vector<const Device*> found;
  for (const Device& device : devices_) {
    if (device.last_ip == ip) found.push_back(&device);
  }
  return json_reply(rows(found));
}

std::string LiveResponse::rows(const std::vector<const Device*>& devices) const {
  std::string body = R"({"value":[)";
  for (const Device* const device : devices) {
    if (device != devices.front()) body += ',';
    body += machine_json(*device, seen_time(*device));
  }
  return body + "]}";
}

}  // namespace quarry::fakes
