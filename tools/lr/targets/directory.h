// The machines of a tenant, asked for as few times as possible, and found by id, name or address.
#pragma once

#include "common/base/result.h"
#include "common/net/http.h"
#include "common/services/live_response/api.h"
#include "common/services/live_response/machine.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::lr {

using live_response::Api;
using live_response::Machine;

/// All pages of a list of machines. An empty list where the service knows no recent ones (404).
Result<std::vector<Machine>> list_machines(net::Http& http, const Api& api,
                                           const std::string& filter);
Result<std::vector<Machine>> machines_with_tag(net::Http& http, const Api& api,
                                               const std::string& tag);

class Directory {
 public:
  explicit Directory(std::vector<Machine> machines);

  /// Of a device name or the part before its first dot, an address, or an id. One name may belong
  /// to several machines, re-imaged ones: those onboarded first, then the latest seen first.
  std::vector<const Machine*> find(std::string_view id_name_or_ip) const;

 private:
  std::vector<Machine> machines_;
  std::multimap<std::string, std::size_t, std::less<>> by_word_;
};

}  // namespace quarry::lr
