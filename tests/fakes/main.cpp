// quarry_fake [OPTION…] -- COMMAND [ARGUMENT…]: runs a command beside a cloud on loopback.
//
//   --scale N                 how fast the cloud's clock runs (and the tools', who are told)
//   --fault "METHOD PATH …"   something goes wrong, see faults.h; as often as needed
//   --permission ROLE         the application holds it for every service; as often as needed
//   --things N                how many things the sample service has (12)
//   --page-size N             rows on a page of the directory (Graph) (100)
//   --token-seconds N         how long tokens live
//   --taxii N                 TAXII servers with so many objects each (taxii/README.md)
//   --devices N               how many devices Defender knows (12), wks-0001.corp.example and so on
//   --device "4-6 busy=60"    how some behave, see live_response/devices.h; as often as needed
//   --link-seconds N          how long links to results are good
//   --seen                    print at the end, on standard error, every request, how often each
//                             thing was locked, and what the services then hold
//
// The command's environment names the cloud (QUARRY_*_URL), the application (AZURE_TENANT_ID,
// AZURE_CLIENT_ID) and files with credentials (FAKE_SECRET_FILE, FAKE_CERTIFICATE_FILE). Ends with
// the command's status, or with 99 where a rule was broken: a request that no client should send,
// a fault that nobody met, or a secret that came to light in the command's output, in the arguments
// of a process, or in a file below HOME.
#include "common/base/random.h"
#include "tests/fakes/cloud.h"
#include "tests/fakes/graph/directory.h"
#include "tests/fakes/identity.h"
#include "tests/fakes/incidents/defender_service.h"
#include "tests/fakes/incidents/sentinel_service.h"
#include "tests/fakes/live_response/live_response.h"
#include "tests/fakes/sample_service.h"
#include "tests/fakes/taxii/servers.h"
#include "tests/fakes/taxii/uploads.h"
#include "tests/fakes/watched_command.h"

#include <fmt/format.h>

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace quarry::fakes {
namespace {

struct Settings {
  double scale = 1;
  double token_seconds = 3599;
  int things = 12;
  std::size_t page_size = 100;
  std::size_t taxii_objects = 0;
  bool seen = false;
  LiveResponseOptions live_response;
  std::vector<std::string> faults;
  std::vector<std::string> permissions;
  std::vector<std::string> command;
};

Settings parse(int argc, char** argv) {
  Settings settings;
  int i = 1;
  const auto value = [&]() -> std::string {
    if (i + 1 >= argc) throw std::runtime_error(fmt::format("{} needs a value", argv[i]));
    return argv[++i];
  };
  for (; i < argc && std::string_view(argv[i]) != "--"; ++i) {
    const std::string_view option = argv[i];
    if (option == "--scale") {
      settings.scale = std::stod(value());
    } else if (option == "--fault") {
      settings.faults.push_back(value());
    } else if (option == "--permission") {
      settings.permissions.push_back(value());
    } else if (option == "--things") {
      settings.things = std::stoi(value());
    } else if (option == "--page-size") {
      settings.page_size = std::stoul(value());
    } else if (option == "--devices") {
      settings.live_response.devices = std::stoi(value());
    } else if (option == "--device") {
      settings.live_response.behaviours.push_back(value());
    } else if (option == "--link-seconds") {
      settings.live_response.link_seconds = std::stod(value());
    } else if (option == "--token-seconds") {
      settings.token_seconds = std::stod(value());
    } else if (option == "--taxii") {
      settings.taxii_objects = std::stoul(value());
    } else if (option == "--seen") {
      settings.seen = true;
    } else {
      throw std::runtime_error(fmt::format("unknown option {}", option));
    }
  }
  settings.command.assign(argv + std::min(i + 1, argc), argv + argc);
  if (settings.command.empty()) throw std::runtime_error("no command behind --");
  return settings;
}

IdentityOptions identity_options(const Settings& settings) {
  IdentityOptions options;
  options.certificate = &certificate_for("app");
  // Of this run alone: other runs, at the same time, leak theirs on purpose.
  options.secret += random_guid();
  options.federated_token += random_guid();
  options.token_seconds = settings.token_seconds;
  for (const char* audience :
       {"https://graph.microsoft.com", "https://api.securitycenter.microsoft.com",
        "https://management.azure.com", "https://api.loganalytics.io"})
    options.permissions[audience] = settings.permissions;
  return options;
}

std::string private_file(const std::filesystem::path& path, const std::string& content) {
  std::ofstream(path) << content;
  ::chmod(path.c_str(), 0600);
  return path.string();
}

void set(const char* name, const std::string& value) { ::setenv(name, value.c_str(), 1); }

void describe(const Cloud& cloud, const Identity& identity, const std::filesystem::path& folder) {
  for (const char* service : {"LOGIN", "GRAPH", "MDE", "ARM", "LOGS", "ADX", "BLOB"})
    set(fmt::format("QUARRY_{}_URL", service).c_str(), cloud.url());
  set("QUARRY_IMDS_URL", cloud.url());
  set("AZURE_TENANT_ID", identity.options().tenant);
  set("AZURE_CLIENT_ID", identity.options().client_id);
  set("QUARRY_TEST_CLOCK_SCALE", fmt::format("{}", cloud.scale()));
  set("FAKE_SECRET_FILE", private_file(folder / "secret", identity.options().secret));
  const Certificate& certificate = *identity.options().certificate;
  set("FAKE_CERTIFICATE_FILE",
      private_file(folder / "app.pem", certificate.certificate_pem + certificate.key_pem));
}

int run(const Settings& settings, const std::filesystem::path& folder) {
  Cloud cloud(settings.scale);
  const Identity identity(cloud, identity_options(settings));
  const SampleService sample(cloud, settings.things);
  const DefenderService defender(cloud);
  const SentinelService sentinel(cloud);
  const Directory directory(cloud, settings.page_size);
  const LiveResponse live_response(cloud, settings.live_response);
  for (const std::string& fault : settings.faults) cloud.faults().add(fault);
  const taxii::Servers taxii(cloud, settings.taxii_objects, "taxii-secret-" + random_guid());
  const taxii::Uploads uploads(cloud);
  describe(cloud, identity, folder);
  set("FAKE_TAXII_URL", cloud.url() + "/taxii");
  set("FAKE_TAXII_SECRET_FILE", private_file(folder / "taxii", taxii.secret()));
  set("FAKE_TAXII_HEADER_FILE", private_file(folder / "header", "X-API-Key: " + taxii.secret()));
  const char* const home = std::getenv("HOME");
  const WatchedOutcome outcome = run_watched(
      settings.command,
      [&] {
        std::vector<std::string> secrets = identity.secrets();
        secrets.push_back(taxii.secret());
        return secrets;
      },
      home == nullptr ? "" : home);
  std::vector<std::string> problems = cloud.violations();
  problems.insert(problems.end(), outcome.leaks.begin(), outcome.leaks.end());
  for (const std::string& fault : cloud.faults().left())
    problems.push_back(fmt::format("a fault was never met: {}", fault));
  if (settings.seen) {
    for (const Request& request : cloud.seen())
      fmt::print(stderr, "seen: {} {}\n", request.method, request.target);
    if (uploads.taken() > 0) fmt::print(stderr, "uploaded: {}\n", uploads.taken());
    for (const auto& [thing, times] : sample.locks())
      fmt::print(stderr, "locked: {} {} times\n", thing, times);
    for (const std::string& line : defender.report()) fmt::print(stderr, "{}\n", line);
    for (const std::string& line : sentinel.report()) fmt::print(stderr, "{}\n", line);
    fmt::print(stderr, "{}", directory.describe());
    for (const auto& [device, times] : live_response.sessions())
      fmt::print(stderr, "sessions: {} {}\n", device, times);
  }
  for (const std::string& problem : problems) fmt::print(stderr, "quarry_fake: {}\n", problem);
  return problems.empty() ? outcome.status : 99;
}

}  // namespace
}  // namespace quarry::fakes

int main(int argc, char** argv) {
  std::string pattern = (std::filesystem::temp_directory_path() / "quarry-fake-XXXXXX").string();
  const std::filesystem::path folder = ::mkdtemp(pattern.data());
  int status = 2;
  try {
    status = quarry::fakes::run(quarry::fakes::parse(argc, argv), folder);
  } catch (const std::exception& problem) {
    fmt::print(stderr, "quarry_fake: {}\n", problem.what());
  }
  std::filesystem::remove_all(folder);
  return status;
}
