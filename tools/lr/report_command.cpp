// lr report: what became of a run, for people: Markdown, or one page of HTML.
#include "common/base/text.h"
#include "common/json/document.h"
#include "common/output/report.h"
#include "tools/lr/act/act_history.h"
#include "tools/lr/log/result_row.h"
#include "tools/lr/log/run_file.h"
#include "tools/lr/lr_app.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace quarry::lr {
namespace {

using output::ReportTable;

/// The result lines of a run, as text.
struct Line {
  std::string device = {};
  std::string command = {};
  std::string name = {};
  std::string state = {};
  std::string exit_code = {};
  std::string error = {};
  std::string file = {};
  std::string bytes = {};
  std::string sha256 = {};
};

/// A step of a run of machine actions, in the same form.
Line line_of(const StepHistory& step, const std::string& command) {
  const bool good = step.state == "done" || step.state == "undone";
  return {.device = step.device,
          .command = command,
          .state = good ? "succeeded" : step.state,
          .error = good ? "" : step.message};
}

Line read_line(const std::string& json) {
  const auto document = json::Document::parse(json, "row");
  if (!document) return {};
  const json::Node row = document->root();
  const auto text = [](const json::Node& node) {
    if (node.is_null()) return std::string();
    return node.as_string() ? std::string(*node.as_string()) : node.to_json();
  };
  const json::Node file = row.find("file");
  return {.device = text(row.find("device")),
          .command = fmt::format("{} {}", text(row.find("command")), text(row.find("type"))),
          .name = text(row.find("name")),
          .state = text(row.find("state")),
          .exit_code = text(row.find("exit_code")),
          .error = text(row.find("error")),
          .file = text(file.find("path")),
          .bytes = text(file.find("bytes")),
          .sha256 = text(file.find("sha256"))};
}

ReportTable facts_table(const std::string& run, const RunHistory& history, std::size_t devices) {
  ReportTable table{.columns = {{.name = ""}, {.name = ""}}, .rows = {}};
  const auto add = [&table](const char* name, std::string value) {
    if (!value.empty()) table.rows.push_back({{name, std::move(value)}, {}});
  };
  add("Run", run);
  add("Begun", history.begun);
  add("Last record", history.latest);
  add("By", history.by);
  add("Reason", history.reason);
  add("Devices", text::with_thousands(devices));
  add("Files", history.out_dir);
  return table;
}

/// Devices by outcome, the commonest first.
output::Section outcomes_section(const std::map<std::string, std::size_t>& outcomes) {
  ReportTable table{.columns = {{.name = "Outcome"}, {.name = "Devices", .is_number = true}},
                    .rows = {}};
  std::vector<std::pair<std::string, std::size_t>> sorted(outcomes.begin(), outcomes.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& x, const auto& y) { return x.second > y.second; });
  for (const auto& [outcome, count] : sorted)
    table.rows.push_back({{outcome, text::with_thousands(count)}, {}});
  return {.title = "Outcomes", .blocks = {table}};
}

output::Section failures_section(const std::vector<Line>& lines) {
  ReportTable table{.columns = {{.name = "Device"},
                                {.name = "Command"},
                                {.name = "Name"},
                                {.name = "State"},
                                {.name = "Exit code", .is_number = true},
                                {.name = "Why"}},
                    .rows = {}};
  for (const Line& line : lines) {
    if (line.state != "succeeded")
      table.rows.push_back(
          {{line.device, line.command, line.name, line.state, line.exit_code, line.error}, {}});
  }
  output::Section section{.title = "What did not succeed", .blocks = {}};
  if (table.rows.empty()) {
    section.blocks.emplace_back(output::Paragraph{"nothing"});
  } else {
    section.blocks.emplace_back(std::move(table));
  }
  return section;
}

output::Section files_section(const std::vector<Line>& lines) {
  ReportTable table{.columns = {{.name = "Device"},
                                {.name = "Path on the device"},
                                {.name = "Bytes", .is_number = true},
                                {.name = "SHA-256"},
                                {.name = "File"}},
                    .rows = {}};
  for (const Line& line : lines) {
    if (!line.file.empty())
      table.rows.push_back({{line.device, line.name, line.bytes, line.sha256, line.file}, {}});
  }
  output::Section section{.title = "Files", .blocks = {}};
  if (table.rows.empty()) {
    section.blocks.emplace_back(output::Paragraph{"none"});
  } else {
    section.blocks.emplace_back(std::move(table));
  }
  return section;
}

/// What the report says, of either kind of run.
struct Facts {
  std::string title;
  std::size_t devices = 0;
  std::map<std::string, std::size_t> outcomes;
  std::vector<Line> lines;
};

Facts facts_of_run(const RunHistory& history, const std::string& run) {
  Facts facts;
  std::string playbook;
  for (const std::string& row : history.rows) facts.lines.push_back(read_line(row));
  for (const actions::Action& action : history.plan.actions) {
    if (action.name == kPushAction) continue;
    ++facts.devices;
    if (const Result<Unfit> unfit = read_unfit(action)) {
      playbook = unfit->playbook;
      ++facts.outcomes[std::string(name_of(unfit->outcome))];
    } else if (const Result<Job> job = read_job(action)) {
      playbook = job->playbook;
      const auto known = history.devices.find(job->key);
      const bool ended = known != history.devices.end() && known->second.outcome;
      ++facts.outcomes[ended ? std::string(name_of(*known->second.outcome)) : "not ended"];
      if (!ended)
        facts.lines.push_back({.device = job->device,
                               .state = "not ended",
                               .error = "lr run --resume " + run + " goes on"});
    }
  }
  facts.title = "Live response: " + playbook;
  return facts;
}

Facts facts_of_actions(const RunHistory& history, const std::vector<StepHistory>& steps) {
  const std::string command = command_of(history.plan);
  Facts facts{
      .title = "Machine actions: " + command, .devices = steps.size(), .outcomes = {}, .lines = {}};
  for (const StepHistory& step : steps) {
    facts.lines.push_back(line_of(step, command));
    ++facts.outcomes[facts.lines.back().state];
  }
  return facts;
}

}  // namespace

Result<int> report_command(cli::Invocation& invocation) {
  QUARRY_TRY(const std::string run, find_run(invocation, invocation.arguments()[0]));
  QUARRY_TRY(const std::vector<journal::Entry> entries, read_entries(invocation, run));
  QUARRY_TRY(const RunHistory history, read_history(entries, run));
  Facts facts = history.is_live_response()
                    ? facts_of_run(history, run)
                    : facts_of_actions(history, read_steps(history.plan, entries));
  std::stable_sort(facts.lines.begin(), facts.lines.end(),
                   [](const Line& a, const Line& b) { return a.device < b.device; });
  output::Report report{.title = facts.title, .blocks = {}, .sections = {}};
  report.blocks.emplace_back(facts_table(run, history, facts.devices));
  report.sections = {outcomes_section(facts.outcomes), failures_section(facts.lines),
                     files_section(facts.lines)};
  const bool html = invocation.format() == "html";
  return cli::show_text(invocation, html ? to_html(report) : to_markdown(report));
}

}  // namespace quarry::lr
