#include "common/cli/invocation.h"
#include "common/cli/show_config.h"
#include "common/cli/standard_options.h"
#include "tests/unit/cli/sample_app.h"

#include <doctest/doctest.h>

#include <map>

namespace quarry::cli {
namespace {

Environment empty_environment() {
  return [](const char*) { return std::nullopt; };
}

/// All options of the sample tool with their built-in values, some set as on a command line.
Options options_with(const std::map<std::string_view, std::vector<std::string>>& given = {}) {
  const auto config = config::Config::load(
      {.environment = empty_environment(), .tool = "tool", .profiles = {}, .system_file = ""});
  REQUIRE(config);
  Options options;
  for (const OptionTable* const table : all_tables(kSampleApp)) {
    for (const OptionDef& option : table->options) {
      const auto found = given.find(option.name);
      auto setting = found == given.end()
                         ? config->look_up(option)
                         : config->look_up(option, found->second, "--" + std::string(option.name));
      REQUIRE(setting);
      options.set(option, *std::move(setting));
    }
  }
  return options;
}

Invocation invocation_with(std::map<std::string_view, std::vector<std::string>> given,
                           bool terminal) {
  return Invocation(kSampleApp, kSampleApp.commands[0], options_with(given), {},
                    Streams{.stdout_is_terminal = terminal}, empty_environment());
}

TEST_CASE("options are read by their type") {
  const Options options = options_with({{"strict", {"true"}},
                                        {"verbose", {"2"}},
                                        {"table", {"a=b", "c=d"}},
                                        {"threads", {"7"}},
                                        {"memory-limit", {"2GiB"}},
                                        {"timeout", {"1.5m"}},
                                        {"now", {"2024-05-01"}}});
  CHECK(options.flag("strict"));
  CHECK_FALSE(options.flag("follow"));
  CHECK(options.flag("pager"));
  CHECK(options.count("verbose") == 2);
  CHECK(options.list("table").size() == 2);
  CHECK(options.list("param").empty());
  CHECK(options.number("threads")->value() == 7);
  CHECK(options.size("memory-limit")->value() == std::uint64_t{2} << 30);
  CHECK(options.size("max-line")->value() == std::uint64_t{16} << 20);
  CHECK(options.duration("timeout")->value().ticks == 90 * kTicksPerSecond);
  CHECK(options.instant("now")->has_value());
  CHECK(options.is_given("threads"));
  CHECK_FALSE(options.is_given("max-line"));
  CHECK_FALSE(options.is_set("output"));
}

TEST_CASE("what is not set has no value, what is wrong names its origin") {
  CHECK_FALSE(options_with().number("threads")->has_value());
  const Options wrong = options_with(
      {{"threads", {"-1"}}, {"memory-limit", {"much"}}, {"timeout", {"-5m"}}, {"now", {"soon"}}});
  CHECK(wrong.number("threads").error().message() == "--threads: '-1' is not a whole number");
  CHECK(wrong.size("memory-limit").error().message() ==
        "--memory-limit: 'much' is not a size such as 64MiB");
  CHECK(wrong.duration("timeout").error().code() == ErrorCode::kUsage);
  CHECK_FALSE(wrong.instant("now"));
}

TEST_CASE("results are a table on a terminal and ndjson elsewhere") {
  CHECK(invocation_with({}, true).format() == "table");
  CHECK(invocation_with({}, false).format() == "ndjson");
  CHECK(invocation_with({{"output", {"x"}}}, true).format() == "ndjson");
  CHECK(invocation_with({{"output", {"-"}}}, true).format() == "table");
  CHECK(invocation_with({{"format", {"csv"}}}, false).format() == "csv");
}

TEST_CASE("results in a file look as its ending says, unless --format was given") {
  CHECK(invocation_with({{"output", {"x.csv"}}}, true).format() == "csv");
  CHECK(invocation_with({{"output", {"x.csv"}}, {"format", {"list"}}}, true).format() == "list");
  CHECK(invocation_with({{"output", {"x.csv"}}}, false).output_file() == "x.csv");
  CHECK(invocation_with({{"output", {"-"}}}, false).output_file().empty());
  CHECK(invocation_with({}, false).output_file().empty());
}

TEST_CASE("now is what was given") {
  CHECK(invocation_with({{"now", {"0001-01-02"}}}, false).now().ticks == kTicksPerDay);
  CHECK(invocation_with({}, false).now().ticks > kUnixEpochTicks);
}

TEST_CASE("--show-config lists settings with their origins, and no questions") {
  const std::string text = config_text(options_with({{"strict", {"true"}}}));
  CHECK(text.find("strict         = true   # --strict\n") != std::string::npos);
  CHECK(text.find("max-line       = 16MiB  # built-in\n") != std::string::npos);
  CHECK(text.find("help") == std::string::npos);
  CHECK(text.find("generate") == std::string::npos);
}

}  // namespace
}  // namespace quarry::cli
