#include "common/kql/functions/encode/user_agents.h"

#include "common/base/text.h"

#include <utility>

namespace quarry::kql::functions {
namespace {

/// A token that gives a family away; the version stands right behind `version_token`, or behind the
/// token itself where that is empty.
struct Rule {
  std::string_view token;
  std::string_view family;
  std::string_view version_token{};
};

// The first rule that fits counts, so what imitates others stands before them: Edge says Chrome,
// and Chrome says Safari.
constexpr Rule kBrowsers[]{{"EdgA/", "Edge Mobile"},
                           {"EdgiOS/", "Edge Mobile"},
                           {"Edg/", "Edge"},
                           {"Edge/", "Edge"},
                           {"OPR/", "Opera"},
                           {"Opera/", "Opera"},
                           {"SamsungBrowser/", "Samsung Internet"},
                           {"YaBrowser/", "Yandex Browser"},
                           {"Vivaldi/", "Vivaldi"},
                           {"Electron/", "Electron"},
                           {"AdobeAIR/", "AdobeAIR"},
                           {"HeadlessChrome/", "HeadlessChrome"},
                           {"CriOS/", "Chrome Mobile iOS"},
                           {"FxiOS/", "Firefox iOS"},
                           {"Firefox/", "Firefox"},
                           {"Chromium/", "Chromium"},
                           {"Chrome/", "Chrome"},
                           {"MSIE ", "IE"},
                           {"Trident/7.0", "IE", "rv:"},
                           {"Safari/", "Safari", "Version/"},
                           {"WindowsPowerShell/", "PowerShell"},
                           {"PowerShell/", "PowerShell"},
                           {"python-requests/", "Python Requests"},
                           {"Python-urllib/", "Python-urllib"},
                           {"Go-http-client/", "Go-http-client"},
                           {"okhttp/", "okhttp"},
                           {"Java/", "Java"},
                           {"axios/", "axios"},
                           {"PostmanRuntime/", "PostmanRuntime"},
                           {"Wget/", "Wget"},
                           {"curl/", "curl"}};

constexpr Rule kSystems[]{{"Windows Phone ", "Windows Phone"},
                          {"Windows NT ", "Windows"},
                          {"Windows 98", "Windows"},
                          {"Android ", "Android"},
                          {"iPhone", "iOS", "OS "},
                          {"iPad", "iOS", "OS "},
                          {"Mac OS X ", "Mac OS X"},
                          {"CrOS ", "Chrome OS"},
                          {"SymbianOS/", "Symbian OS"},
                          {"Ubuntu", "Ubuntu", "Ubuntu/"},
                          {"FreeBSD", "FreeBSD", "FreeBSD "},
                          {"Linux", "Linux", "Linux "}};

/// What versions of Windows NT are called.
constexpr std::pair<std::string_view, std::string_view> kWindows[]{
    {"10.0", "10"},   {"6.3", "8.1"}, {"6.2", "8"},  {"6.1", "7"},
    {"6.0", "Vista"}, {"5.2", "XP"},  {"5.1", "XP"}, {"5.0", "2000"}};

/// Numbers with '.' or '_' between them at the start of the text.
void read_version(std::string_view text, std::array<std::string_view, 4>& version) {
  for (std::string_view& part : version) {
    std::size_t end = 0;
    while (end < text.size() && text::is_ascii_digit(text[end])) ++end;
    part = text.substr(0, end);
    if (end == 0 || end == text.size() || (text[end] != '.' && text[end] != '_')) return;
    text.remove_prefix(end + 1);
  }
}

template <std::size_t N>
AgentPart first_match(std::string_view agent, const Rule (&rules)[N]) {
  AgentPart result;
  for (const Rule& rule : rules) {
    if (agent.find(rule.token) == std::string_view::npos) continue;
    result.family = rule.family;
    const std::string_view before = rule.version_token.empty() ? rule.token : rule.version_token;
    if (const std::size_t at = agent.find(before); at != std::string_view::npos)
      read_version(agent.substr(at + before.size()), result.version);
    return result;
  }
  return result;
}

/// "…; Pixel 7 Build/…" or "…; Pixel 7)": the model of an Android device.
std::string_view android_model(std::string_view agent) {
  const std::size_t android = agent.find("Android ");
  const std::size_t begin = agent.find("; ", android);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = agent.substr(begin + 2);
  const std::string_view model = rest.substr(0, rest.find_first_of(";)"));
  return text::trim_ascii(model.substr(0, model.find(" Build")));
}

}  // namespace

AgentPart browser_of(std::string_view agent) { return first_match(agent, kBrowsers); }

AgentPart system_of(std::string_view agent) {
  AgentPart system = first_match(agent, kSystems);
  if (const std::size_t at = agent.find("Windows NT ");
      system.family == "Windows" && at != std::string_view::npos) {
    system.version = {};
    for (const auto& [number, name] : kWindows) {
      if (agent.substr(at + 11).starts_with(number)) {
        system.version[0] = name;
        break;
      }
    }
  }
  return system;
}

AgentDevice device_of(std::string_view agent) {
  const auto has = [&](std::string_view token) {
    return agent.find(token) != std::string_view::npos;
  };
  if (has("iPhone")) return {"iPhone", "Apple", "iPhone"};
  if (has("iPad")) return {"iPad", "Apple", "iPad"};
  if (has("Macintosh")) return {"Mac", "Apple", "Mac"};
  if (has("Android ")) {
    const std::string_view model = android_model(agent);
    if (!model.empty())
      return {model, model.starts_with("SM-") ? "Samsung" : "Generic_Android", model};
  }
  return {};
}

}  // namespace quarry::kql::functions
