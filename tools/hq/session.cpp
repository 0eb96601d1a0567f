#include "tools/hq/session.h"

#include "common/base/file.h"
#include "common/base/text.h"
#include "common/base/thread_pool.h"
#include "common/cli/version.h"
#include "common/table/schema_line.h"
#include "tools/hq/web_fetcher.h"

#include <fmt/format.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace quarry::hq {
namespace {

/// Below it nothing can be held at all; also what `--memory-limit 2` for "2 GiB" runs into.
constexpr std::uint64_t kLeastMemoryLimit = 1 << 20;

/// `hq events.ndjson 'count'`: what looks like the query where the first argument is a file;
/// nullptr where nothing does.
const std::string* query_behind_files(const std::string& first,
                                      const std::vector<std::string>& others) {
  if (!exists(first)) return nullptr;
  const auto found = std::find_if(others.begin(), others.end(), [](const std::string& other) {
    const bool path = other == "-" || exists(other) ||
                      (other.find_first_of("./") != std::string::npos &&
                       other.find_first_of(" |") == std::string::npos);
    return !path;
  });
  return found == others.end() ? nullptr : &*found;
}

Result<std::string> read_stdin() {
  std::string text;
  char buffer[65536];
  while (true) {
    const ssize_t count = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (count == 0) return text;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0)
      return fail(ErrorCode::kData, fmt::format("cannot read the query from standard input: {}",
                                                std::strerror(errno)));
    text.append(buffer, static_cast<std::size_t>(count));
  }
}

/// NAME=PATH, as often as the option is given.
Result<std::vector<kql::CatalogOptions::NamedInput>> named_inputs(const cli::Invocation& invocation,
                                                                  std::string_view option,
                                                                  std::string_view example) {
  std::vector<kql::CatalogOptions::NamedInput> inputs;
  for (const std::string& named : invocation.list(option)) {
    const std::size_t equals = named.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == named.size()) {
      return fail(ErrorCode::kUsage, fmt::format("--{} wants NAME=PATH, not '{}'", option, named),
                  std::string(example));
    }
    inputs.push_back({named.substr(0, equals), named.substr(equals + 1)});
  }
  return inputs;
}

/// Places inside a block are 32-bit numbers.
constexpr std::uint64_t kLongestLine = std::uint64_t{1} << 30;

/// A number from 1 to `most` that tests set in the environment; no option, since it changes no
/// answer.
Result<std::optional<std::size_t>> test_setting(const Environment& environment, const char* name,
                                                std::int64_t most) {
  const std::optional<std::string> text = environment(name);
  if (!text) return std::optional<std::size_t>();
  const std::optional<std::int64_t> value = text::parse_int64(*text);
  if (!value || *value < 1 || *value > most)
    return fail(ErrorCode::kUsage, fmt::format("{} wants 1 to {}, not '{}'", name, most, *text));
  return std::optional<std::size_t>(static_cast<std::size_t>(*value));
}

/// Where rows go that --memory-limit leaves no room for, and what is fetched. Without TMPDIR not
/// /tmp, which may be memory itself.
std::string temporary_directory(const Environment& environment) {
  const std::optional<std::string> given = environment("TMPDIR");
  return given && !given->empty() ? *given : "/var/tmp";
}

/// 70 % of the machine's memory.
std::uint64_t default_memory_limit() {
  const auto pages = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES));
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) / 10 * 7;
}

}  // namespace

Result<int> not_prepared(cli::Invocation& invocation) {
  if (const auto stopped = invocation.cancel().error()) return fail(*stopped);
  return exit_status(ErrorCode::kQuery);
}

bool exists(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0;
}

Result<QueryText> read_query(cli::Invocation& invocation, Dash dash) {
  QueryText result;
  const auto arguments = invocation.arguments();
  if (invocation.options().is_set("query-file")) {
    result.name = invocation.text("query-file");
    result.files.assign(arguments.begin(), arguments.end());
    QUARRY_TRY(result.text, result.name == "-" ? read_stdin() : read_file(result.name));
  } else {
    if (arguments.empty())
      return fail(ErrorCode::kUsage, "the query is missing",
                  "hq 'DeviceProcessEvents | take 10' events.ndjson");
    result.name = "query";
    result.files.assign(arguments.begin() + 1, arguments.end());
    result.text = arguments.front();
    if (result.text == "-" && dash == Dash::kIsQuery) {
      QUARRY_TRY(result.text, read_stdin());
    } else if (const std::string* const query = query_behind_files(result.text, result.files)) {
      return fail(ErrorCode::kUsage,
                  fmt::format("the query comes first; '{}' is a file", result.text),
                  fmt::format("hq '{}' {}", *query, result.text));
    } else if (arguments.size() == 1 && exists(result.text)) {
      return fail(ErrorCode::kUsage, fmt::format("'{}' is a file, not a query", result.text),
                  fmt::format("hq 'take 10' {}", result.text));
    }
  }
  invocation.set_query(result.text, result.name);
  return result;
}

Result<kql::CatalogOptions> catalog_options(cli::Invocation& invocation,
                                            std::vector<std::string> files) {
  kql::CatalogOptions options;
  options.inputs = std::move(files);
  QUARRY_TRY(options.tables,
             named_inputs(invocation, "table", "--table DeviceEvents=export.ndjson"));
  QUARRY_TRY(options.watchlists,
             named_inputs(invocation, "watchlist", "--watchlist VIPUsers=vip.csv"));
  for (const std::string& path : invocation.list("schema")) {
    QUARRY_TRY(const std::string text, read_file(path));
    QUARRY_TRY(std::vector<table::SchemaLine> schemas, table::read_schema_file(text, path));
    for (table::SchemaLine& schema : schemas) options.schemas.push_back(std::move(schema));
  }
  const auto format = table::parse_format(invocation.text("input-format"));
  options.input.format = format.value_or(table::Format::kAuto);
  if (invocation.text("sample") == "all") {
    options.input.sample_all = true;
  } else if (invocation.text("sample") != "auto") {
    QUARRY_TRY(const auto sample, invocation.options().number("sample"));
    if (sample) {
      options.input.sample_rows = *sample;
      options.input.sample_all_below = 0;
    }
  }
  QUARRY_TRY(options.input.promptness, invocation.options().duration("assume-prompt"));
  QUARRY_TRY(const auto max_line, invocation.options().size("max-line"));
  if (max_line && (*max_line == 0 || *max_line > kLongestLine)) {
    return fail(ErrorCode::kUsage, fmt::format("--max-line wants 1 to {} bytes", kLongestLine),
                "--max-line 64MiB");
  }
  if (max_line) options.input.max_line = *max_line;
  if (invocation.options().is_declared("follow")) options.input.follow = invocation.flag("follow");
  return options;
}

std::unique_ptr<kql::ExternalFetcher> external_fetcher(cli::Invocation& invocation) {
  if (!invocation.flag("allow-external")) return nullptr;
  const auto variable = [&](const char* name) {
    return invocation.environment()(name).value_or("");
  };
  net::CurlOptions options{.proxy = variable("HTTPS_PROXY"),
                           .no_proxy = variable("NO_PROXY"),
                           .user_agent = fmt::format("hq/{}", cli::version_number()),
                           .cancel = &invocation.cancel()};
  return std::make_unique<WebFetcher>(std::move(options),
                                      temporary_directory(invocation.environment()));
}

Result<std::unique_ptr<kql::FunctionLibrary>> function_library(
    cli::Invocation& invocation, kql::syntax::WrongTimes wrong_times) {
  auto library = std::make_unique<kql::FunctionLibrary>(invocation.sources(),
                                                        invocation.diagnostics(), wrong_times);
  library->add_service_functions();
  for (const std::string& path : invocation.list("functions")) QUARRY_CHECK(library->add(path));
  return library;
}

Result<kql::EngineOptions> engine_options(cli::Invocation& invocation) {
  kql::EngineOptions options;
  QUARRY_TRY(const auto threads, invocation.options().number("threads"));
  if (threads && *threads == 0) return fail(ErrorCode::kUsage, "--threads wants a number from 1");
  options.threads =
      threads ? static_cast<int>(std::min<std::uint64_t>(*threads, 1024)) : usable_cores();
  QUARRY_TRY(const auto memory, invocation.options().size("memory-limit"));
  if (memory && *memory < kLeastMemoryLimit)
    return fail(ErrorCode::kUsage,
                fmt::format("--memory-limit wants at least 1MiB, not {} bytes", *memory),
                "write the unit too, for example 2GiB");
  options.memory_limit = memory.value_or(default_memory_limit());
  options.now = invocation.now();
  options.random_seed = static_cast<std::uint64_t>(options.now.ticks);
  options.strict = invocation.flag("strict");
  options.check_all = options.strict || invocation.options().is_set("bad-lines");
  options.spill_directory = temporary_directory(invocation.environment());
  QUARRY_TRY(const auto batch_rows, test_setting(invocation.environment(), "QUARRY_TEST_BATCH_ROWS",
                                                 std::int64_t{1} << 20));
  options.batch_rows = batch_rows.value_or(kDefaultBatchRows);
  QUARRY_TRY(
      const auto spill_bytes,
      test_setting(invocation.environment(), "QUARRY_TEST_SPILL_BYTES", std::int64_t{1} << 40));
  if (spill_bytes) options.spill_above = *spill_bytes;
  for (const std::string& parameter : invocation.list("param")) {
    const std::size_t equals = parameter.find('=');
    if (equals == std::string::npos || equals == 0)
      return fail(ErrorCode::kUsage, fmt::format("--param wants NAME=VALUE, not '{}'", parameter));
    options.parameters.emplace_back(parameter.substr(0, equals), parameter.substr(equals + 1));
  }
  return options;
}

}  // namespace quarry::hq
