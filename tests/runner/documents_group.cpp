// Documents that lie are red: code blocks of README files run, completions equal what the tools
// generate, and what is installed is that too.
#include "tests/runner/code_block.h"
#include "tests/runner/groups.h"
#include "tests/runner/subprocess.h"
#include "tests/runner/text_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>

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

/// What a terminal shows of a line of roff: an escape is one character.
std::size_t shown_width(std::string_view line) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < line.size(); ++at, ++width) {
    if (line[at] != '\\' || at + 1 == line.size()) continue;
    if (line[at + 1] == '(') {
      at += 3;
    } else if (line[at + 1] == '[') {
      at = std::min(line.find(']', at), line.size() - 1);
    } else {
      ++at;
    }
  }
  return width;
}

constexpr std::size_t kManWidth = 80;
constexpr std::size_t kExampleIndent = 11;  // of man(1), and of the example

/// The lines between .EX and .EE that man(1) would wrap or cut on a terminal of 80 columns.
std::string too_wide_examples(const std::string& page) {
  std::string found;
  bool in_example = false;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    if (line == ".EX" || line == ".EE") {
      in_example = line == ".EX";
    } else if (in_example && shown_width(line) + kExampleIndent >= kManWidth) {
      found += "example is too wide: " + line + "\n";
    }
  }
  return found;
}

/// Installs the build into an empty folder, as packagers do.
Judgement check_installed(const Settings& settings, const std::string& tool) {
  const TemporaryFolder root;
  const auto run_here = [&](std::vector<std::string> words) {
    return run({.words = std::move(words),
                .environment = child_environment(settings, root.path()),
                .folder = root.path(),
                .timeout = settings.timeout});
  };
  const Finished installed =
      run_here({"/bin/sh", "-c", R"(exec cmake --install "$0" --prefix "$1")",
                settings.binaries.parent_path().string(), (root.path() / "usr").string()});
  if (installed.exit_status != 0) return judged("cmake --install: " + installed.err);
  const fs::path program = root.path() / "usr" / "bin" / tool;
  const Finished page = run_here({program.string(), "--generate", "man"});
  const fs::path file = root.path() / "usr" / "share" / "man" / "man1" / (tool + ".1");
  if (page.exit_status != 0) return judged(page.err);
  if (!fs::exists(file)) return judged(fmt::format("man1/{}.1 is not installed", tool));
  if (read_text(file) != page.out) {
    return judged(fmt::format("man1/{0}.1 is not what {0} --generate man prints", tool));
  }
  const std::string too_wide = too_wide_examples(page.out);
  return too_wide.empty() ? Judgement{} : judged(too_wide);
}

void add_installations(const Settings& settings, std::vector<Job>& jobs) {
  if (!fs::exists(settings.binaries.parent_path() / "cmake_install.cmake")) return;
  const fs::path folder = settings.source / "man";
  if (!fs::is_directory(folder)) return;
  for (const fs::path& file : files_below(folder, ".1.in")) {
    const std::string name = file.filename().string();
    const std::string tool = name.substr(0, name.find('.'));
    if (!fs::exists(settings.binaries / tool)) continue;
    jobs.push_back({case_label(settings, file, 0),
                    [settings, tool] { return check_installed(settings, tool); }});
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
  add_installations(settings, jobs);
  return jobs;
}

}  // namespace quarry::test
