// Documents that lie are red: code blocks of README files run, completions equal what the tools
// generate.
#include "tests/runner/code_block.h"
#include "tests/runner/groups.h"
#include "tests/runner/subprocess.h"
#include "tests/runner/text_file.h"

#include <fmt/format.h>

#include <array>

namespace quarry::test {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBuilt = "build/release/bin/";

/// Readers see the release build's place; a test may have built elsewhere.
std::string with_binaries(std::string script, const Settings& settings) {
  const std::string here = settings.binaries.string() + "/";
  for (std::size_t at = script.find(kBuilt); at != std::string::npos;
       at = script.find(kBuilt, at + here.size())) {
    script.replace(at, kBuilt.size(), here);
  }
  return script;
}

Judgement run_block(const Settings& settings, const fs::path& folder, const CodeBlock& block) {
  const TemporaryFolder home;
  Command command{.words = {"/bin/sh", "-ec", with_binaries(block.script, settings)},
                  .environment = child_environment(settings, home.path()),
                  .folder = folder,
                  .timeout = settings.timeout};
  command.environment.emplace_back("COLUMNS=100");
  const Finished finished = run(command);
  const bool fits = !block.output || *block.output == finished.out;
  if (!finished.timed_out && finished.exit_status == 0 && fits) return {};
  return judged(fmt::format("{}exit status {}\nstdout:\n{}\nstderr:\n{}", block.script,
                            finished.exit_status, finished.out, finished.err));
}

void add_readme(const Settings& settings, const fs::path& file, std::vector<Job>& jobs) {
  try {
    for (CodeBlock& block : executable_blocks(read_text(file))) {
      const std::size_t line = block.line;
      jobs.push_back({case_label(settings, file, line),
                      [settings, folder = file.parent_path(), block = std::move(block)] {
                        return run_block(settings, folder, block);
                      }});
    }
  } catch (const std::runtime_error& problem) {
    const std::string what = problem.what();
    jobs.push_back({case_label(settings, file, 0), [what] { return judged(what); }});
  }
}

struct Shell {
  std::string_view name;
  std::string_view prefix;
  std::string_view ending;
};
constexpr std::array<Shell, 3> kShells{
    {{"bash", "", ".bash"}, {"zsh", "_", ""}, {"fish", "", ".fish"}}};

Judgement compare_completion(const Settings& settings, const fs::path& file,
                             const std::string& tool, std::string_view shell) {
  const TemporaryFolder home;
  const Finished finished =
      run({.words = {(settings.binaries / tool).string(), "--generate", std::string(shell)},
           .environment = child_environment(settings, home.path()),
           .folder = home.path(),
           .timeout = settings.timeout});
  if (finished.exit_status != 0) {
    return judged(fmt::format("exit status {}\n{}", finished.exit_status, finished.err));
  }
  if (settings.update) write_text(file, finished.out);
  if (fs::exists(file) && read_text(file) == finished.out) return {};
  return judged(fmt::format("is not what {} --generate {} prints", tool, shell));
}

void add_completions(const Settings& settings, std::vector<Job>& jobs) {
  const fs::path folder = settings.source / "completions";
  if (!fs::is_directory(folder)) return;
  for (const fs::directory_entry& entry : fs::directory_iterator(settings.source / "tools")) {
    const std::string tool = entry.path().filename().string();
    if (!fs::exists(settings.binaries / tool) || !entry.is_directory()) continue;
    for (const Shell& shell : kShells) {
      const fs::path file = folder / fmt::format("{}{}{}", shell.prefix, tool, shell.ending);
      jobs.push_back({case_label(settings, file, 0), [settings, file, tool, shell] {
                        return compare_completion(settings, file, tool, shell.name);
                      }});
    }
  }
}

}  // namespace

std::vector<Job> document_jobs(const Settings& settings) {
  std::vector<Job> jobs;
  if (fs::exists(settings.source / "README.md")) {
    add_readme(settings, settings.source / "README.md", jobs);
  }
  for (const char* folder : {"examples", "common", "tools"}) {
    for (const fs::path& file : files_below(settings.source / folder, "README.md")) {
      add_readme(settings, file, jobs);
    }
  }
  add_completions(settings, jobs);
  return jobs;
}

}  // namespace quarry::test
