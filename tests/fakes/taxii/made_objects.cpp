#include "tests/fakes/taxii/made_objects.h"

#include <fmt/format.h>

namespace quarry::fakes::taxii {
namespace {

std::string id_of(std::size_t number) {
  return fmt::format("indicator--{:08x}-0000-4000-8000-000000000000", number);
}

std::string version_of(std::size_t version) {
  return fmt::format("2024-0{}-01T00:00:00.000Z", version + 1);
}

MadeObject make(std::size_t number, std::size_t version, std::size_t position, bool revoked) {
  MadeObject object{.id = id_of(number), .type = "indicator", .version = version_of(version)};
  const std::size_t second = position / 3;
  object.date_added = fmt::format("2026-05-01T{:02}:{:02}:{:02}.250000Z", second / 3600 % 24,
                                  second / 60 % 60, second % 60);
  object.json = fmt::format(
      R"({{"type":"indicator","spec_version":"2.1","id":"{}","created":"2024-01-01T00:00:00.000Z",)"
      R"("modified":"{}","name":"made {}",{}"indicator_types":["malicious-activity"],)"
      R"("pattern":"[ipv4-addr:value = '10.{}.{}.{}']","pattern_type":"stix",)"
      R"("valid_from":"2024-01-01T00:00:00.000Z"}})",
      object.id, object.version, number, revoked ? R"("revoked":true,)" : "", version,
      number / 256 % 256, number % 256);
  return object;
}

}  // namespace

std::vector<MadeObject> made_objects(std::size_t count) {
  std::vector<MadeObject> objects;
  std::size_t next = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (i % 15 == 14) {
      objects.push_back(make(i / 15, 2, i, true));
    } else if (i % 10 == 9) {
      objects.push_back(make(i / 2, 1, i, false));
    } else {
      objects.push_back(make(next, 0, i, false));
      next = objects.size();
    }
  }
  return objects;
}

}  // namespace quarry::fakes::taxii
