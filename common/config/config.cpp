#include "common/config/config.h"

#include "common/base/file.h"
#include "common/base/suggest.h"
#include "common/config/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>

namespace quarry::config {
namespace {

constexpr std::string_view kDefaults = "defaults";

std::string variable_or(const Environment& environment, const char* name, std::string otherwise) {
  std::string value = environment(name).value_or("");
  return value.empty() ? otherwise : value;
}

bool exists(const std::string& path) {
  std::error_code ignored;
  return !path.empty() && std::filesystem::exists(path, ignored);
}

Result<TomlFile> read(const std::string& path) {
  Result<std::string> text = read_file(path);
  if (!text) return fail(Error(ErrorCode::kUsage, text.error().message()).at(path));
  return TomlFile::parse(*text, path);
}

Setting setting_of(const TomlFile& file, const TomlEntry& entry, Layer layer) {
  return {.values = entry.values, .layer = layer, .origin = file.origin(entry.line)};
}

std::optional<Setting> find_in(std::span<const TomlFile> files, const std::string& section,
                               std::string_view key) {
  for (const TomlFile& file : files) {
    const TomlEntry* const entry = file.find(section, key);
    if (entry != nullptr) return setting_of(file, *entry, Layer::kProfile);
  }
  return std::nullopt;
}

}  // namespace

std::string user_file_path(const Environment& environment) {
  const std::string named = environment("QUARRY_CONFIG").value_or("");
  if (!named.empty()) return named;
  const std::string folder = environment("XDG_CONFIG_HOME").value_or("");
  // XDG base directory specification: a relative path is invalid and ignored.
  if (folder.starts_with('/')) return folder + "/quarry/config.toml";
  const std::string home = environment("HOME").value_or("");
  return home.empty() ? "" : home + "/.config/quarry/config.toml";
}

Result<Config> Config::load(Request request) {
  Config config;
  config.request_ = std::move(request);
  const std::string user_file = user_file_path(config.request_.environment);
  const bool must_exist = !variable_or(config.request_.environment, "QUARRY_CONFIG", "").empty();
  if (must_exist || exists(user_file)) {
    QUARRY_TRY(TomlFile file, read(user_file));
    config.files_.push_back(std::move(file));
    config.user_files_ = 1;
  }
  if (exists(config.request_.system_file)) {
    QUARRY_TRY(TomlFile file, read(config.request_.system_file));
    config.files_.push_back(std::move(file));
  }
  QUARRY_CHECK(config.choose_profiles());
  return config;
}

Result<void> Config::choose_profiles() {
  static constexpr OptionDef kProfile{.name = "profile",
                                      .help = "",
                                      .kind = OptionKind::kValue,
                                      .variable = "QUARRY_PROFILE",
                                      .key = "profile"};
  if (request_.profiles.empty()) {
    QUARRY_TRY(const Setting chosen, look_up(kProfile));
    request_.profiles = split_profile_names(chosen.text());
  }
  const std::vector<std::string> known = profile_names();
  for (const std::string& name : request_.profiles) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::optional<std::string> near = nearest(name, std::span<const std::string>(known));
    return fail(ErrorCode::kUsage, fmt::format("no configuration file has a profile '{}'", name),
                near ? fmt::format("did you mean '{}'?", *near)
                     : fmt::format("a section [profile.{}] would be one", name));
  }
  return ok();
}

std::vector<std::string> Config::profile_names() const { return names_behind("profile."); }

Config Config::with_section(std::string section) const {
  Config config = *this;
  config.section_ = std::move(section);
  return config;
}

std::vector<std::string> Config::names_behind(std::string_view prefix) const {
  std::vector<std::string> names;
  for (const TomlFile& file : files_) {
    for (const TomlSection& section : file.sections()) {
      if (!section.name.starts_with(prefix)) continue;
      std::string name = section.name.substr(prefix.size());
      if (std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(std::move(name));
    }
  }
  return names;
}

Config Config::with_profile(std::string name) const {
  Config config = *this;
  config.request_.profiles = {std::move(name)};
  return config;
}

std::optional<Setting> Config::from_environment(const OptionDef& option) const {
  if (option.variable.empty()) return std::nullopt;
  std::string name(option.variable);
  std::string value = request_.environment(name.c_str()).value_or("");
  if (value.empty()) return std::nullopt;
  return Setting{
      .values = {std::move(value)}, .layer = Layer::kEnvironment, .origin = std::move(name)};
}

std::optional<Setting> Config::from_files(const OptionDef& option) const {
  if (option.key.empty()) return std::nullopt;
  if (!section_.empty()) {
    std::optional<Setting> found = find_in(files_, section_, option.key);
    if (found) return found;
  }
  for (const std::string& profile : request_.profiles) {
    std::optional<Setting> found = find_in(files_, profile_section(profile), option.key);
    if (found) return found;
  }
  for (std::size_t i = 0; i < files_.size(); ++i) {
    const TomlEntry* entry = files_[i].find(request_.tool, option.key);
    if (entry == nullptr) entry = files_[i].find(kDefaults, option.key);
    if (entry == nullptr) continue;
    return setting_of(files_[i], *entry, i < user_files_ ? Layer::kUserFile : Layer::kSystemFile);
  }
  return std::nullopt;
}

Result<Setting> Config::look_up(const OptionDef& option, std::vector<std::string> given,
                                std::string_view spelling) const {
  if (!given.empty()) {
    return checked(
        option,
        {.values = std::move(given), .layer = Layer::kOption, .origin = std::string(spelling)});
  }
  if (option.reach == Reach::kAlways || request_.stdout_is_terminal) {
    if (auto found = from_environment(option)) return checked(option, *std::move(found));
    if (auto found = from_files(option)) return checked(option, *std::move(found));
  }
  Setting built_in{.values = {}, .layer = Layer::kBuiltIn, .origin = "built-in"};
  if (!option.default_text.empty()) built_in.values.emplace_back(option.default_text);
  return built_in;
}

}  // namespace quarry::config
