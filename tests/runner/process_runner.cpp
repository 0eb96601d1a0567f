// Answers a query with the hq program, one process a run: slower than a linked engine, but it is
// what users run.
#include "tests/runner/diagnostic_text.h"
#include "tests/runner/runner.h"
#include "tests/runner/subprocess.h"
#include "tests/runner/text_file.h"
#include "tests/runner/typed_ndjson.h"

#include <fmt/format.h>

namespace quarry::test {
namespace {

constexpr int kSignalled = 128;  // and above: as shells count
constexpr int kInternal = 70;

/// Errors have their exact places only in the JSON form; a typed result exists only as NDJSON.
std::vector<std::string> format_options(const KqlCase& test) {
  if (test.tables.empty()) return {"--format", "json"};
  return {"--format", "ndjson", "--typed"};
}

class ProcessRunner : public Runner {
 public:
  explicit ProcessRunner(const Settings& settings) : settings_(settings) {}

  Outcome run(const KqlCase& test, const RunShape& shape) const override {
    const TemporaryFolder folder;
    for (const InputFile& input : test.inputs) write_text(folder.path() / input.name, input.text);
    return read(test, quarry::test::run(command(test, folder.path(), shape)));
  }

 private:
  Command command(const KqlCase& test, const std::filesystem::path& folder,
                  const RunShape& shape) const {
    Command command;
    command.folder = folder;
    command.timeout = settings_.timeout;
    command.environment = child_environment(settings_, folder);
    for (std::string& setting : shape_environment(shape))
      command.environment.push_back(std::move(setting));
    std::vector<std::string>& words = command.words;
    words.push_back(settings_.hq());
    for (std::string& option : format_options(test)) words.push_back(std::move(option));
    words.insert(words.end(), test.arguments.begin(), test.arguments.end());
    words.insert(words.end(), {"--", test.query});
    for (const InputFile& input : test.inputs) {
      if (input.is_argument) words.push_back(input.name);
    }
    return command;
  }

  static Outcome read(const KqlCase& test, const Finished& finished) {
    Outcome outcome;
    outcome.exit_status = finished.exit_status;
    outcome.bytes = finished.out + finished.err;
    if (finished.timed_out) {
      outcome.trouble = "timed out";
    } else if (finished.exit_status >= kSignalled || finished.exit_status == kInternal) {
      outcome.trouble =
          fmt::format("crashed with status {}\n{}", finished.exit_status, finished.err);
    } else {
      if (!test.tables.empty()) read_typed_ndjson(finished.out, outcome);
      read_diagnostics(finished.err, outcome);
      const bool is_explained = !outcome.errors.empty() || !outcome.warnings.empty();
      if (finished.exit_status != 0 && !is_explained && outcome.trouble.empty()) {
        outcome.trouble =
            fmt::format("status {} without an error\n{}", finished.exit_status, finished.err);
      }
    }
    return outcome;
  }

  Settings settings_;
};

}  // namespace

std::unique_ptr<Runner> make_process_runner(const Settings& settings) {
  return std::make_unique<ProcessRunner>(settings);
}

}  // namespace quarry::test
