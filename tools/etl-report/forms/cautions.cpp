#include "tools/etl-report/forms/cautions.h"

#include "common/base/text.h"
#include "common/base/unicode.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string_view>

namespace quarry::etl_report {
namespace {

// Folders below a drive's root. Texts are in lower case, for folded paths.
constexpr std::string_view kWritable[]{"users\\",          "programdata\\", "windows\\temp\\",
                                       "windows\\tasks\\", "temp\\",        "tmp\\",
                                       "$recycle.bin\\"};
constexpr std::string_view kSystem[]{"windows\\"};
// Programs whose work is to run what others hand them.
constexpr std::string_view kInterpreters[]{
    "powershell.exe", "powershell_ise.exe", "pwsh.exe",        "cmd.exe",     "wscript.exe",
    "cscript.exe",    "mshta.exe",          "rundll32.exe",    "java.exe",    "javaw.exe",
    "regsvr32.exe",   "msbuild.exe",        "installutil.exe", "node.exe",    "python.exe",
    "pythonw.exe",    "perl.exe",           "ruby.exe",        "php.exe",     "bash.exe",
    "wsl.exe",        "wmic.exe",           "svchost.exe",     "explorer.exe"};
// What runs, or carries what runs.
constexpr std::string_view kCode[]{
    ".exe",  ".dll", ".sys", ".com", ".scr", ".msi", ".ps1", ".psm1", ".js",  ".jse",
    ".vbs",  ".vbe", ".wsf", ".hta", ".bat", ".cmd", ".jar", ".py",   ".lnk", ".docm",
    ".xlsm", ".iso", ".img", ".vhd", ".zip", ".7z",  ".rar", ".cab",  ".tmp", ""};

template <std::size_t N>
bool contains(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

/// Behind the next backslash; "" where there is none.
std::string_view behind_part(std::string_view path) {
  const std::size_t end = path.find('\\');
  return end == std::string_view::npos ? std::string_view() : path.substr(end + 1);
}

/// "\\server\c$\x" is "c:\x" and "\\server\admin$\x" is "?:\windows\x" there; other shares stay.
std::string local_path(std::string_view share) {
  const std::string_view name = behind_part(share.substr(2));
  const std::string_view rest = behind_part(name);
  const std::string_view folder = name.substr(0, name.find('\\'));
  if (folder == "admin$") return "?:\\windows\\" + std::string(rest);
  if (folder.size() == 2 && folder[1] == '$')
    return std::string(1, folder[0]) + ":\\" + std::string(rest);
  return std::string(share);
}

/// One spelling for all: a drive that is not known is "?:".
std::string plain_path(std::string_view path) {
  constexpr std::string_view kUnc[]{"\\\\?\\unc\\", "\\??\\unc\\", "\\device\\mup\\"};
  constexpr std::string_view kPrefixes[]{"\\\\?\\", "\\\\.\\", "\\??\\"};
  constexpr std::string_view kVolume = "\\device\\harddiskvolume";
  for (const std::string_view prefix : kUnc) {
    if (path.starts_with(prefix))
      return local_path("\\\\" + std::string(path.substr(prefix.size())));
  }
  for (const std::string_view prefix : kPrefixes) {
    if (path.starts_with(prefix)) return std::string(path.substr(prefix.size()));
  }
  if (path.starts_with(kVolume))
    return "?:\\" + std::string(behind_part(path.substr(kVolume.size())));
  return path.starts_with("\\\\") ? local_path(path) : std::string(path);
}

/// The path behind "C:\"; "" for others.
std::string_view below_drive(std::string_view path) {
  const bool drive = path.size() >= 3 && path.substr(1, 2) == ":\\";
  return drive ? path.substr(3) : std::string_view();
}

template <std::size_t N>
bool lies_in(const std::string& path, const std::string_view (&folders)[N]) {
  // A folder itself counts too: it is named without the last backslash.
  const std::string rest = std::string(below_drive(path)) + '\\';
  return std::any_of(std::begin(folders), std::end(folders),
                     [&](std::string_view folder) { return rest.starts_with(folder); });
}

bool is_share(const std::string& path) { return path.starts_with("\\\\"); }
bool is_root(const std::string& path) { return path.size() == 3 && path.ends_with(":\\"); }

std::string base_name(const std::string& path) { return path.substr(path.find_last_of("\\/") + 1); }

bool is_place(Subject subject) {
  return subject == Subject::kFiles || subject == Subject::kFolders;
}

struct Rule {
  bool (*applies)(Subject subject, const std::string& folded_key);
  std::string_view about;   // before the examples
  std::string_view reason;  // behind them
};

constexpr Rule kRules[]{
    {[](Subject subject, const std::string& key) {
       return subject == Subject::kFolders && is_root(key);
     },
     "a whole drive", "an exclusion of it turns protection off there"},
    {[](Subject subject, const std::string& key) {
       return is_place(subject) && !is_root(key) && lies_in(key, kWritable);
     },
     "places that users and malware can write to",
     "an exclusion would shelter whatever is dropped there"},
    {[](Subject subject, const std::string& key) {
       return (is_place(subject) || subject == Subject::kProcesses) && is_share(key);
     },
     "what lies on network shares", "whoever can write to the share decides what goes unscanned"},
    {[](Subject subject, const std::string& key) {
       return is_place(subject) && !lies_in(key, kWritable) && lies_in(key, kSystem);
     },
     "parts of Windows", "attackers replace and abuse them; leave them scanned"},
    {[](Subject subject, const std::string& key) {
       return subject == Subject::kProcesses && contains(kInterpreters, base_name(key));
     },
     "programs that run what others hand them",
     "excluding the process leaves every file that it opens unscanned"},
    {[](Subject subject, const std::string& key) {
       return subject == Subject::kProcesses && lies_in(key, kWritable) &&
              !contains(kInterpreters, base_name(key));
     },
     "programs in places that users can write to", "whoever replaces one inherits its exclusion"},
    {[](Subject subject, const std::string& key) {
       return subject == Subject::kExtensions && contains(kCode, key);
     },
     "extensions of files that run or carry code",
     "an exclusion holds for every folder of the machine"},
};

constexpr std::size_t kExamples = 3;

/// "a, b, c and 4 more"
std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kExamples); ++i) {
    text += (i == 0 ? "" : ", ") + names[i];
  }
  if (names.size() > kExamples) text += fmt::format(" and {} more", names.size() - kExamples);
  return text;
}

}  // namespace

std::vector<std::string> cautions_of(const Report& report) {
  std::vector<std::string> cautions;
  for (const Rule& rule : kRules) {
    std::vector<std::string> names;
    for (const Section& section : report.sections) {
      const auto* const list = std::get_if<List>(&section.body);
      if (list == nullptr) continue;
      for (const Entry& entry : list->entries) {
        if (!rule.applies(list->subject, plain_path(unicode::to_lower(entry.key)))) continue;
        names.push_back(entry.key.empty() ? "(no extension)" : entry.key);
      }
    }
    if (names.empty()) continue;
    cautions.push_back(
        fmt::format("do not exclude {}: {}: {}", rule.about, joined(names), rule.reason));
  }
  return cautions;
}

}  // namespace quarry::etl_report
