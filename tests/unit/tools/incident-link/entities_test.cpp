#include "tools/incident-link/entities/entity_choice.h"
#include "tools/incident-link/entities/entity_types.h"
#include "tools/incident-link/entities/group.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace quarry;
using namespace quarry::incident_link;

namespace {

std::vector<Entity> usual(const std::string& json) {
  return EntityChoice::parse({}, {})->entities_of(*Row::parse(json, "row"));
}

std::string names(const std::vector<Entity>& entities) {
  std::string text;
  for (const Entity& entity : entities)
    text += (text.empty() ? "" : " ") + entity.type + "." + entity.id + "=" + entity.value +
            (entity.role == Role::kImpacted ? "!" : "");
  return text;
}

}  // namespace

TEST_CASE("every proposal is an entity and an identifier that exist") {
  for (const ColumnProposal& proposal : column_proposals()) {
    const EntityType* const type = find_entity_type(proposal.type);
    REQUIRE(type != nullptr);
    CHECK(std::find(type->identifiers.begin(), type->identifiers.end(), proposal.identifier) !=
          type->identifiers.end());
  }
}

TEST_CASE("of columns that name the same thing the best one counts") {
  CHECK(names(usual(R"({"DeviceId":"d","DeviceName":"w","AccountSid":"S-1-5-21-1","AccountUpn":"u",
                        "SHA256":"h2","SHA1":"h1"})")) ==
        "device.deviceId=d! file.sha256=h2 user.sid=S-1-5-21-1!");
  CHECK(names(usual(R"({"DeviceName":"w","AccountUpn":"u","SHA256":""})")) ==
        "device.deviceName=w! user.userPrincipalName=u!");
}

TEST_CASE("accounts of every machine are nobody, values of any length are no identifiers") {
  CHECK(names(usual(R"({"DeviceId":"d","AccountSid":"S-1-5-18"})")) == "device.deviceId=d!");
  CHECK(usual(R"({"DeviceId":")" + std::string(1001, 'x') + R"("})").empty());
}

TEST_CASE("rows of the other tools name their entities too") {
  CHECK(names(usual(R"({"_type":"lr.result","device_id":"d","device":"w"})")) ==
        "device.deviceId=d!");
  CHECK(names(usual(R"({"_type":"consent.finding","user":"ann@corp.example","app_id":"a"})")) ==
        "oAuthApplication.oAuthAppId=a user.userPrincipalName=ann@corp.example!");
}

TEST_CASE("chosen columns take the place of proposed ones, role by role") {
  const Row row = *Row::parse(R"({"DeviceId":"d","RemoteIP":"1.2.3.4","SHA256":"h"})", "row");
  const auto choose = [&row](std::vector<std::string> impacted, std::vector<std::string> related) {
    return names(EntityChoice::parse(impacted, related)->entities_of(row));
  };
  CHECK(choose({"ip=RemoteIP"}, {}) == "file.sha256=h ip.address=1.2.3.4!");
  CHECK(choose({}, {"none"}) == "device.deviceId=d!");
  CHECK(choose({"device.deviceName=DeviceId"}, {"file.sha1=SHA256"}) ==
        "device.deviceName=d! file.sha1=h");
  CHECK_FALSE(EntityChoice::parse({"device"}, {}));
  CHECK_FALSE(EntityChoice::parse({"device="}, {}));
  CHECK(EntityChoice::parse({"devices=DeviceId"}, {}).error().hint() == "did you mean 'device'?");
}

TEST_CASE("rows with the same impacted entities are one group, evidence of all of them in it") {
  const std::vector<Entity> first = usual(R"({"DeviceId":"d1","RemoteIP":"1.1.1.1"})");
  const std::vector<Entity> second = usual(R"({"DeviceId":"d2"})");
  const std::vector<Entity> third = usual(R"({"DeviceId":"d1","RemoteIP":"2.2.2.2"})");
  const std::vector<Entity> none;
  const auto groups = group_rows({{0, &first}, {1, &second}, {2, &third}, {3, &none}});
  REQUIRE(groups.size() == 3);
  CHECK(groups[0].name == "device:d1");
  CHECK(groups[0].rows == std::vector<std::size_t>{0, 2});
  CHECK(names(groups[0].entities) == "device.deviceId=d1! ip.address=1.1.1.1 ip.address=2.2.2.2");
  CHECK(groups[2].name == "none");
  CHECK(entities_of_json(to_json(first)) == first);
}
