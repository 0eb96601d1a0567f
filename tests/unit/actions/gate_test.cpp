#include "common/actions/gate.h"

#include "common/actions/action_options.h"

#include <doctest/doctest.h>

#include <map>
#include <string>

using namespace quarry;
using namespace quarry::actions;

namespace {

class Answer : public Confirmer {
 public:
  explicit Answer(bool confirmed) : confirmed_(confirmed) {}
  Result<bool> type_count(const std::string& question, std::size_t count) override {
    asked = question;
    asked_count = count;
    return confirmed_;
  }
  std::string asked;
  std::size_t asked_count = 0;

 private:
  bool confirmed_;
};

const PlanCounts kMild{.reversible = 3, .severe = 0};
const PlanCounts kSevere{.reversible = 2, .severe = 35};

}  // namespace

TEST_CASE("without --apply, and with --dry-run, a plan stays a plan") {
  Answer nobody(false);
  CHECK(decide(kSevere, {}, nobody) == Decision::kPlanOnly);
  CHECK(decide(kSevere, {.apply = true, .dry_run = true, .yes = true}, nobody) ==
        Decision::kPlanOnly);
  CHECK(nobody.asked.empty());
}

TEST_CASE("reversible acts need --apply only") {
  Answer nobody(false);
  CHECK(decide(kMild, {.apply = true}, nobody) == Decision::kAct);
  CHECK(nobody.asked.empty());
}

TEST_CASE("severe acts need a reason and the count typed by a person") {
  Answer person(true);
  const GateSettings settings{.apply = true, .may_ask = true, .reason = "case 4711"};
  CHECK(decide(kSevere, settings, person) == Decision::kAct);
  CHECK(person.asked == "35 severe acts and 2 reversible: type 37 to go on");
  CHECK(person.asked_count == 37);
  Answer declined(false);
  const auto no = decide(kSevere, settings, declined);
  REQUIRE_FALSE(no);
  CHECK(no.error().code() == ErrorCode::kRefused);
  GateSettings without = settings;
  without.reason.clear();
  CHECK(decide(kSevere, without, person).error().code() == ErrorCode::kRefused);
  without = settings;
  without.may_ask = false;
  CHECK(decide(kSevere, without, person).error().hint() == "in scripts: --yes --max-targets 37");
}

TEST_CASE("in scripts --yes needs its limit, and the limit holds for all") {
  Answer nobody(false);
  GateSettings settings{.apply = true, .yes = true, .reason = "r"};
  CHECK(decide(kSevere, settings, nobody).error().hint() == "--yes --max-targets 37");
  settings.max_targets = 37;
  CHECK(decide(kSevere, settings, nobody) == Decision::kAct);
  settings.max_targets = 36;
  CHECK(decide(kSevere, settings, nobody).error().code() == ErrorCode::kRefused);
  CHECK_FALSE(decide(kMild, {.apply = true, .max_targets = 2}, nobody));
}

TEST_CASE("the settings are read from the options that tools declare") {
  const std::map<std::string, std::string, std::less<>> given{
      {"apply", "true"}, {"max-targets", "5"}, {"reason", "r"}};
  const auto look_up = [&given](std::string_view name) {
    bool declared = false;
    for (const auto& option : kActionOptions.options) declared = declared || option.name == name;
    CHECK(declared);
    config::Setting setting;
    const auto found = given.find(name);
    if (found != given.end()) setting.values = {found->second};
    return setting;
  };
  const auto settings = read_gate_settings(look_up, true);
  REQUIRE(settings);
  CHECK(settings->apply);
  CHECK_FALSE(settings->yes);
  CHECK(settings->max_targets == 5U);
  CHECK(settings->may_ask);
  CHECK_FALSE(read_gate_settings(look_up, false)->may_ask);
}
