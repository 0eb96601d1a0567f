// lr report: what became of a run, for people: Markdown, or one page of HTML.
#include "common/base/text.h"
#include "common/json/document.h"
#include "common/output/report.h"
#include "tools/lr/lr_app.h"
#include "tools/lr/run/run_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace quarry::lr {
namespace {

using output::ReportTable;

/// The result lines of a run, as text.
struct Line {
  std::string device;
  std::string command;
  std::string name;
  std::string state;
  std::string exit_code;
  std::string error;
  std::string file;
  std::string bytes;
  std::string sha256;
};

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

output::Section outcomes_section(const RunHistory& history, std::size_t devices) {
  std::array<std::size_t, 7> counts{};
  std::size_t ended = 0;
  for (const auto& [key, device] : history.devices) {
    if (!device.outcome) continue;
    ++counts[static_cast<std::size_t>(*device.outcome)];
    ++ended;
  }
  ReportTable table{.columns = {{.name = "Outcome"}, {.name = "Devices", .is_number = true}},
                    .rows = {}};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0)
      table.rows.push_back(
          {{std::string(name_of(static_cast<Outcome>(i))), text::with_thousands(counts[i])}, {}});
  }
  if (devices > ended)
    table.rows.push_back({{"not ended", text::with_thousands(devices - ended)}, {}});
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

}  // namespace

Result<int> report_command(cli::Invocation& invocation) {
  const std::string& run = invocation.arguments()[0];
  QUARRY_TRY(const RunHistory history, read_run(invocation, run));
  std::vector<Line> lines;
  for (const std::string& row : history.rows) lines.push_back(read_line(row));
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line& a, const Line& b) { return a.device < b.device; });
  std::size_t devices = 0;
  std::string playbook;
  for (const actions::Action& action : history.plan.actions) {
    const Result<Job> job = read_job(action);
    if (!job) continue;
    ++devices;
    playbook = job->playbook;
  }
  for (const auto& [key, device] : history.devices) devices += key.starts_with("unfit:") ? 1 : 0;
  output::Report report{
      .title = fmt::format("Live response: {}", playbook), .blocks = {}, .sections = {}};
  report.blocks.emplace_back(facts_table(run, history, devices));
  report.sections = {outcomes_section(history, devices), failures_section(lines),
                     files_section(lines)};
  const bool html = invocation.format() == "html";
  return cli::show_text(invocation, html ? to_html(report) : to_markdown(report));
}

}  // namespace quarry::lr
