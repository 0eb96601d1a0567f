#include "tools/lr/run/plan_text.h"

#include "common/base/text.h"
#include "common/base/unicode.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace quarry::lr {
namespace {

constexpr std::size_t kShown = 10;
constexpr double kDay = 86400;

std::string duration_text(double seconds) {
  const auto minutes = static_cast<std::int64_t>(std::ceil(seconds / 60));
  if (minutes < 120) return fmt::format("{} min", minutes);
  return fmt::format("{} h {:02} min", minutes / 60, minutes % 60);
}

std::string command_text(const live_response::Command& command) {
  std::string text = fmt::format("{} {}", name_of(command.type), command.name);
  if (!command.args.empty()) text += " " + command.args;
  return unicode::escape_for_terminal(text);
}

std::string unfit_text(std::span<const Unfit> unfit) {
  std::string out;
  if (unfit.empty()) return out;
  out += fmt::format("not asked       {}\n", unfit.size());
  for (std::size_t i = 0; i < std::min(kShown, unfit.size()); ++i)
    out += "  " + unicode::escape_for_terminal(unfit[i].device + ": " + unfit[i].reason) + "\n";
  if (unfit.size() > kShown) out += fmt::format("  and {} more\n", unfit.size() - kShown);
  return out;
}

std::string seen_text(std::span<const Job> jobs) {
  double latest = 0;
  for (const Job& job : jobs) latest = std::max(latest, job.last_seen);
  const auto old = std::count_if(
      jobs.begin(), jobs.end(), [latest](const Job& job) { return job.last_seen < latest - kDay; });
  if (old == 0) return {};
  return fmt::format("  {} were last seen more than a day before the others; they come last\n",
                     old);
}

}  // namespace

std::string plan_text(const Prepared& prepared, std::size_t max_sessions) {
  const std::vector<Job>& jobs = prepared.jobs;
  std::set<std::string> devices;
  for (const Job& job : jobs) devices.insert(job.device_id);
  std::string out = fmt::format("devices         {}\n", text::with_thousands(devices.size()));
  if (jobs.size() > devices.size())
    out += fmt::format("turns           {} (rows ask some devices for different things)\n",
                       text::with_thousands(jobs.size()));
  out += seen_text(jobs);
  out += unfit_text(prepared.unfit);
  if (!prepared.doubts.empty())
    out += fmt::format("doubtful        {} (their sensor is not active)\n", prepared.doubts.size());
  std::size_t results = 0;
  for (const actions::Action& action : prepared.plan.actions) {
    if (action.name == kPushAction) out += fmt::format("first           {}\n", action.what);
  }
  if (!jobs.empty()) {
    const char* label = "commands        ";
    for (const live_response::Command& command : jobs.front().commands) {
      out += label + command_text(command) + "\n";
      label = "                ";
      results += command.type == live_response::CommandType::kPutFile ? 0 : 1;
    }
    if (jobs.size() > 1) out += fmt::format("                (as on {})\n", jobs.front().device);
  }
  const double seconds = 6.0 * static_cast<double>(jobs.size());
  out += fmt::format("at least        {} (10 submissions a minute; {} sessions at once)\n",
                     duration_text(seconds), max_sessions);
  out += fmt::format("calls           {} submissions, about {} lists, {} results\n", jobs.size(),
                     static_cast<std::int64_t>(seconds / 10) + 1, results * jobs.size());
  return out + "nothing was done; --apply does it\n";
}

}  // namespace quarry::lr
