// Which servers a command is about.
#include "tools/taxii-pull/servers/server_options.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::taxii_pull {
namespace {

bool is_address(std::string_view word) {
  return word.starts_with("https://") || word.starts_with("http://");
}

ChosenServer described(const cli::Invocation& invocation, const CancelToken* cancel,
                       const std::string& url) {
  Result<ServerSettings> settings =
      read_server_settings(invocation.options(), "", invocation.environment(), cancel, url);
  std::string label = settings ? settings->label() : url;
  if (label.empty()) label = invocation.text("api-root");
  return {std::move(label), std::move(settings)};
}

Failure unknown_server(const std::string& name) {
  return fail(ErrorCode::kUsage, fmt::format("no configuration has a server '{}'", name),
              fmt::format("a section [taxii.{}] would be one", name));
}

}  // namespace

Error error_of_server(const std::string& label, const Error& error) {
  return Error(error.code(), fmt::format("{}: {}", label, error.message()), error.hint())
      .at(error.file());
}

Result<std::vector<ChosenServer>> choose_servers(const cli::Invocation& invocation,
                                                 const CancelToken* cancel) {
  std::vector<ChosenServer> chosen;
  const cli::Options& given = invocation.options();
  if (given.is_given("url") || given.is_given("api-root")) {
    if (!invocation.arguments().empty())
      return fail(ErrorCode::kUsage, "--url and --api-root describe a server, arguments others",
                  "give the one or the other");
    chosen.push_back(described(invocation, cancel, ""));
    return chosen;
  }
  const std::vector<std::string> known = invocation.section_names("taxii.");
  std::vector<std::string> names(invocation.arguments().begin(), invocation.arguments().end());
  if (names.empty()) names = known;
  if (names.empty()) {
    return fail(ErrorCode::kUsage, "no server is named, and the configuration has none",
                "--api-root URL --collection ID, or a section [taxii.NAME] with url or api_root");
  }
  for (const std::string& name : names) {
    if (is_address(name)) {
      chosen.push_back(described(invocation, cancel, name));
      continue;
    }
    if (std::find(known.begin(), known.end(), name) == known.end()) return unknown_server(name);
    QUARRY_TRY(const cli::Options options, invocation.section_options("taxii." + name));
    chosen.push_back({name, read_server_settings(options, name, invocation.environment(), cancel)});
  }
  return chosen;
}

}  // namespace quarry::taxii_pull
