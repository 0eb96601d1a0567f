#include "tests/runner/differential_case.h"
#include "tests/runner/groups.h"
#include "tests/runner/json_text.h"
#include "tests/runner/judge.h"
#include "tests/runner/subprocess.h"
#include "tests/runner/text_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <sstream>
#include <stdexcept>

namespace quarry::test {
namespace {

namespace fs = std::filesystem;

constexpr RunShape kPlainest{1, 1};
constexpr std::size_t kParts = 5;  // files of one table: threads share out whole blocks

Finished run_hq(const Settings& settings, const fs::path& folder, std::vector<std::string> words,
                const RunShape& shape) {
  Command command;
  command.folder = folder;
  command.timeout = settings.timeout;
  command.environment = child_environment(settings, folder);
  for (std::string& setting : shape_environment(shape)) command.environment.push_back(setting);
  words.insert(words.begin(), settings.hq());
  command.words = std::move(words);
  return run(command);
}

/// The tables that all queries read: the rows of inputs/NAME.kql, in files NAME.1.ndjson to
/// NAME.5.ndjson. Made when the first query wants them.
class Inputs {
 public:
  explicit Inputs(const Settings& settings) : settings_(settings) {}

  const fs::path& folder() {
    std::call_once(made_, [this] { make(); });
    if (!trouble_.empty()) throw std::runtime_error(trouble_);
    return folder_.path();
  }
  const std::vector<std::string>& files() const { return files_; }

 private:
  void make() {
    const fs::path queries = settings_.source / "tests" / "differential" / "inputs";
    for (const fs::path& query : files_below(queries, ".kql")) {
      const Finished finished =
          run_hq(settings_, folder_.path(), {"--format", "ndjson", "--typed", "-F", query.string()},
                 kPlainest);
      if (finished.exit_status != 0) {
        trouble_ = query.string() + " cannot be made\n" + finished.err;
        return;
      }
      write_parts(query.stem().string(), finished.out);
    }
  }

  /// Every part begins with the line of the types.
  void write_parts(const std::string& name, std::string_view text) {
    const std::string_view types = text.substr(0, text.find('\n') + 1);
    text.remove_prefix(types.size());
    for (std::size_t part = 1; part <= kParts; ++part) {
      std::size_t size = part == kParts ? text.size() : text.size() / (kParts + 1 - part);
      while (size > 0 && size < text.size() && text[size - 1] != '\n') ++size;
      files_.push_back(fmt::format("{}.{}.ndjson", name, part));
      write_text(folder_.path() / files_.back(), std::string(types).append(text.substr(0, size)));
      text.remove_prefix(size);
    }
  }

  Settings settings_;
  TemporaryFolder folder_;
  std::once_flag made_;
  std::vector<std::string> files_;
  std::string trouble_;
};

std::string answer(const Settings& settings, const DifferentialCase& test, Inputs& inputs,
                   const RunShape& shape) {
  std::vector<std::string> words{"--format", "ndjson", "--typed"};
  words.insert(words.end(), test.arguments.begin(), test.arguments.end());
  words.insert(words.end(), {"--", test.query});
  const fs::path& folder = inputs.folder();
  words.insert(words.end(), inputs.files().begin(), inputs.files().end());
  const Finished finished = run_hq(settings, folder, std::move(words), shape);
  if (finished.timed_out) throw std::runtime_error("timed out");
  if (finished.exit_status != 0)
    throw std::runtime_error(
        fmt::format("ended with status {}\n{}", finished.exit_status, finished.err));
  return finished.out + finished.err;
}

/// A line that is neither a schema nor missing.
bool has_row(const std::string& bytes) {
  std::istringstream in(bytes);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('{') && !line.starts_with("{\"_type\":\"schema\"")) return true;
  }
  return false;
}

Judgement run_case(const Settings& settings, const DifferentialCase& test, Inputs& inputs,
                   const std::vector<RunShape>& shapes) {
  const auto failed = [&](const RunShape& shape, const std::string& problem) {
    return judged(fmt::format("{}\n({})\n{}", test.query, print_shape(shape), problem));
  };
  std::string first;
  try {
    first = answer(settings, test, inputs, kPlainest);
  } catch (const std::runtime_error& problem) {
    return failed(kPlainest, problem.what());
  }
  if (has_row(first) != test.has_rows)
    return failed(kPlainest, test.has_rows ? "there is no row to compare" : "there are rows");
  for (const RunShape& shape : shapes) {
    try {
      const std::string now = answer(settings, test, inputs, shape);
      if (now != first) return failed(shape, other_bytes(first, now, kPlainest));
    } catch (const std::runtime_error& problem) {
      return failed(shape, problem.what());
    }
  }
  return {};
}

/// mv-expand -> mv_expand.test
std::string file_name(std::string name) {
  std::replace(name.begin(), name.end(), '-', '_');
  return name + ".test";
}

/// Every operator and plugin that hq lists has a file of its name, which uses it.
Judgement find_missing(const Settings& settings, const fs::path& folder) {
  const Finished listed =
      run_hq(settings, folder, {"functions", "--format", "ndjson"}, {std::nullopt, std::nullopt});
  std::string missing;
  std::size_t seen = 0;
  std::istringstream in(listed.out);
  for (std::string line; std::getline(in, line);) {
    const auto members = json::members(line);
    if (!members) return judged("not a JSON object: " + line);
    const std::string kind = json::decode(json::find(*members, "Kind")).value_or("");
    if (kind != "operator" && kind != "plugin") continue;
    const std::string name = json::decode(json::find(*members, "Name")).value_or("");
    ++seen;
    const fs::path file = folder / (kind + "s") / file_name(name);
    std::string queries;
    if (fs::exists(file)) {
      for (const DifferentialCase& test : parse_differential_cases(read_text(file)))
        queries += test.query;
    }
    if (queries.find(name) == std::string::npos)
      missing += fmt::format("no query with {} in {}\n", name, case_label(settings, file, 0));
  }
  return judged(seen == 0 ? "hq lists no operators" : missing);
}

}  // namespace

std::vector<Job> differential_jobs(const Settings& settings, const fs::path& folder,
                                   const std::vector<RunShape>& shapes) {
  const auto inputs = std::make_shared<Inputs>(settings);
  std::vector<Job> jobs;
  const fs::path all = settings.source / "tests" / "differential";
  if (fs::is_directory(folder) && fs::equivalent(folder, all))
    jobs.push_back({case_label(settings, all, 0) + ": a query for every operator and plugin",
                    [settings, all] { return find_missing(settings, all); }});
  for (const fs::path& file : files_below(folder, ".test")) {
    try {
      for (DifferentialCase& test : parse_differential_cases(read_text(file))) {
        const std::size_t line = test.line;
        jobs.push_back(
            {case_label(settings, file, line), [test = std::move(test), settings, inputs, shapes] {
               return run_case(settings, test, *inputs, shapes);
             }});
      }
    } catch (const std::runtime_error& problem) {
      const std::string what = problem.what();
      jobs.push_back({case_label(settings, file, 0), [what] { return judged(what); }});
    }
  }
  return jobs;
}

}  // namespace quarry::test
