#include "common/base/suggest.h"
#include "common/base/text.h"
#include "common/config/toml_file.h"
#include "common/time/parse.h"
#include "common/time/ticks.h"
#include "tools/lr/playbook/playbook.h"

#include <fmt/format.h>

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <set>
#include <span>
#include <utility>

namespace quarry::lr {
namespace {

using config::TomlEntry;
using config::TomlFile;

constexpr std::string_view kTopKeys[]{"name"};
constexpr std::string_view kCommandKeys[]{"type", "file", "script", "args", "path", "time_limit"};
constexpr std::string_view kLibraryKeys[]{"push"};
constexpr std::string_view kLimitKeys[]{"pending", "give_up_after"};
constexpr std::string_view kFailureKeys[]{"exit_code_nonzero"};
constexpr std::string_view kSections[]{"command", "library", "limits", "failure"};
constexpr std::string_view kTypes[]{"PutFile", "RunScript", "GetFile"};

/// Reads what is there and collects what is wrong, with its line.
class Checker {
 public:
  Checker(const TomlFile& file, PlaybookCheck& check) : file_(file), check_(check) {}

  void run() {
    check_names();
    if (const TomlEntry* const name = need("", "name", 1)) playbook().name = text_of(*name);
    for (std::size_t i = 0; file_.has_section(section_name(i)); ++i) read_command(i);
    if (playbook().commands.empty() && check_.mistakes.empty())
      mistake(1, "no command", "write a [[command]] with its type");
    read_pushes();
    read_limits();
    read_failure();
    std::stable_sort(placed_.begin(), placed_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [line, error] : placed_) check_.mistakes.push_back(std::move(error));
  }

 private:
  Playbook& playbook() { return check_.playbook; }
  static std::string section_name(std::size_t i) { return fmt::format("command.{}", i); }

  void mistake(std::uint32_t line, std::string message, std::string hint = {}) {
    placed_.emplace_back(
        line, Error(ErrorCode::kUsage, std::move(message), std::move(hint)).at(file_.origin(line)));
  }

  std::span<const std::string_view> keys_of(std::string_view section) const {
    if (section.empty()) return kTopKeys;
    if (section.starts_with("command.")) return kCommandKeys;
    if (section == "library") return kLibraryKeys;
    if (section == "limits") return kLimitKeys;
    if (section == "failure") return kFailureKeys;
    return {};
  }

  void check_names() {
    std::set<std::string> strange;
    for (const config::TomlSection& section : file_.sections()) {
      if (!keys_of(section.name).empty()) continue;
      strange.insert(section.name);
      if (section.name == "command") {
        mistake(section.line, "[command] is a list", "write [[command]]");
      } else {
        mistake(section.line, fmt::format("unknown section [{}]", section.name),
                did_you_mean(section.name, kSections));
      }
    }
    for (const TomlEntry& entry : file_.entries()) {
      const auto known = keys_of(entry.section);
      if (strange.contains(entry.section)) continue;
      if (std::find(known.begin(), known.end(), entry.key) == known.end())
        mistake(entry.line, fmt::format("unknown key '{}'", entry.key),
                did_you_mean(entry.key, known));
    }
  }

  const TomlEntry* need(const std::string& section, std::string_view key, std::uint32_t line) {
    const TomlEntry* const entry = file_.find(section, key);
    if (entry == nullptr) {
      mistake(line, fmt::format("'{}' is missing", key));
    } else if (text_of(*entry).empty()) {
      mistake(entry->line, fmt::format("'{}' is empty", key));
      return nullptr;
    }
    return entry;
  }

  std::string text_of(const TomlEntry& entry) {
    if (entry.values.size() == 1) return entry.values[0];
    mistake(entry.line, fmt::format("'{}' takes one value", entry.key));
    return {};
  }

  void forbid(const std::string& section, std::string_view key, std::string_view type) {
    if (const TomlEntry* const entry = file_.find(section, key))
      mistake(entry->line, fmt::format("{} takes no '{}'", type, key));
  }

  void read_command(std::size_t i) {
    const std::string section = section_name(i);
    const auto found = std::find_if(file_.sections().begin(), file_.sections().end(),
                                    [&](const auto& known) { return known.name == section; });
    const TomlEntry* const type_entry = need(section, "type", found->line);
    if (type_entry == nullptr) return;
    const std::string type_name = text_of(*type_entry);
    const auto type = live_response::parse_command_type(type_name);
    if (!type) {
      std::string hint = did_you_mean(type_name, kTypes);
      if (hint.empty())
        hint = "the service knows PutFile, RunScript and GetFile; put anything else in a script";
      return mistake(type_entry->line, fmt::format("unknown type '{}'", type_name),
                     std::move(hint));
    }
    if (*type < last_type_)
      mistake(type_entry->line,
              fmt::format("a {} behind a {}", name_of(*type), name_of(last_type_)),
              "the order is all PutFile, then RunScript, then GetFile");
    last_type_ = std::max(last_type_, *type);
    PlaybookCommand command{.type = *type, .name = {}, .text = {}};
    read_words(section, found->line, command);
    playbook().commands.push_back(std::move(command));
  }

  void read_words(const std::string& section, std::uint32_t line, PlaybookCommand& command) {
    const std::string_view type = name_of(command.type);
    const bool script = command.type == CommandType::kRunScript;
    const bool get = command.type == CommandType::kGetFile;
    if (command.type != CommandType::kPutFile) forbid(section, "file", type);
    if (!get) forbid(section, "path", type);
    if (!script) {
      for (const char* key : {"script", "args", "time_limit"}) forbid(section, key, type);
    }
    const char* const key = get ? "path" : script ? "script" : "file";
    const TomlEntry* const name = need(section, key, line);
    if (name == nullptr) return;
    if (get) {
      command.text = read_template(*name);
      check_path(*name);
      return;
    }
    command.name = text_of(*name);
    if (!is_library_name(command.name))
      mistake(name->line, fmt::format("'{}' is no name of a library file", command.name),
              "letters, digits, '-', '_' and '.' only");
    if (!script) return;
    if (const TomlEntry* const args = file_.find(section, "args"))
      command.text = read_template(*args);
    check_time_limit(section);
  }

  Template read_template(const TomlEntry& entry) {
    Result<Template> made = Template::parse(text_of(entry));
    if (made) return *std::move(made);
    mistake(entry.line, fmt::format("'{}': {}", entry.key, made.error().message()),
            made.error().hint());
    return {};
  }

  void check_path(const TomlEntry& entry) {
    const std::string path = text_of(entry);
    if (path.find_first_of("*?") != std::string::npos)
      mistake(entry.line, "GetFile takes one file, no pattern",
              "let a script pack the files into one, and get that");
    const bool windows = path.size() > 2 && text::is_ascii_alpha(path[0]) && path[1] == ':' &&
                         (path[2] == '\\' || path[2] == '/');
    if (!windows && !path.starts_with('/') && !path.starts_with("\\\\") && !path.starts_with('{') &&
        !path.starts_with('%'))
      mistake(entry.line, fmt::format("'{}' is no full path", path),
              "C:\\folder\\file or /folder/file; in TOML 'quotes like these' keep backslashes");
  }

  std::optional<double> seconds_of(const TomlEntry& entry) {
    const std::string text = text_of(entry);
    const auto span = parse_timespan(text);
    if (span && span->ticks > 0 && !text::parse_int64(text))
      return static_cast<double>(span->ticks) / static_cast<double>(kTicksPerSecond);
    mistake(entry.line, fmt::format("'{}' is no duration: {}", entry.key, text),
            "such as \"90s\", \"10m\" or \"3d\"");
    return std::nullopt;
  }

  void check_time_limit(const std::string& section) {
    const TomlEntry* const entry = file_.find(section, "time_limit");
    const auto seconds = entry == nullptr ? std::nullopt : seconds_of(*entry);
    if (seconds && *seconds > live_response::kScriptSeconds)
      mistake(entry->line, "the service stops a script after 10 minutes",
              "let the script start its work as a scheduled task, and fetch the result by a second "
              "playbook");
  }

  void read_pushes() {
    const TomlEntry* const entry = file_.find("library", "push");
    if (entry == nullptr) return;
    const std::filesystem::path folder = std::filesystem::path(file_.path()).parent_path();
    std::set<std::string> names;
    for (const std::string& value : entry->values) {
      const std::filesystem::path path = folder / value;
      PushFile push{.name = path.filename().string(), .path = path.string()};
      if (!is_library_name(push.name)) {
        mistake(entry->line, fmt::format("'{}' is no name of a library file", push.name),
                "letters, digits, '-', '_' and '.' only");
      } else if (!names.insert(push.name).second) {
        mistake(entry->line, fmt::format("two files to push are called {}", push.name));
      }
      check_size(*entry, push.path);
      playbook().pushes.push_back(std::move(push));
    }
  }

  void check_size(const TomlEntry& entry, const std::string& path) {
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) {
      mistake(entry.line, fmt::format("no file to push at {}", path),
              "paths start at the playbook's folder");
    } else if (static_cast<std::uint64_t>(facts.st_size) > live_response::kLargestUpload) {
      mistake(entry.line,
              fmt::format("{} is larger than the 20 MB that can be uploaded by API", path));
    }
  }

  void read_limits() {
    if (const TomlEntry* const entry = file_.find("limits", "pending")) {
      const auto seconds = seconds_of(*entry);
      if (seconds && (*seconds < 30 || *seconds > live_response::kPendingSeconds))
        mistake(entry->line, "'pending' is from 30 seconds to the service's 3 days");
      playbook().pending_seconds = seconds.value_or(600);
    }
    if (const TomlEntry* const entry = file_.find("limits", "give_up_after"))
      playbook().give_up_after_seconds = seconds_of(*entry).value_or(1);
  }

  void read_failure() {
    const TomlEntry* const entry = file_.find("failure", "exit_code_nonzero");
    if (entry == nullptr) return;
    const std::string text = text_of(*entry);
    if (text != "true" && text != "false")
      mistake(entry->line, "'exit_code_nonzero' is true or false: does it count as failure?");
    playbook().nonzero_exit_fails = text != "false";
  }

  const TomlFile& file_;
  PlaybookCheck& check_;
  CommandType last_type_ = CommandType::kPutFile;
  std::vector<std::pair<std::uint32_t, Error>> placed_;
};

}  // namespace

bool is_library_name(std::string_view name) {
  return !name.empty() && name.size() <= 255 && name != "." && name != ".." &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return text::is_ascii_alnum(c) || c == '-' || c == '_' || c == '.';
         });
}

PlaybookCheck check_playbook(std::string_view text, const std::string& path) {
  PlaybookCheck check;
  const Result<TomlFile> file = TomlFile::parse(text, path, config::TableLists::kNumbered);
  if (!file) {
    check.mistakes.push_back(file.error());
    return check;
  }
  Checker(*file, check).run();
  return check;
}

}  // namespace quarry::lr
