#include "tools/incident-link/link/link_output.h"

#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/json/object_writer.h"
#include "tools/incident-link/case/target.h"
#include "tools/incident-link/entities/group.h"

#include <fmt/format.h>

#include <unistd.h>

#include <utility>

namespace quarry::incident_link {
namespace {

std::string counted(std::size_t count, const char* what) {
  return fmt::format("{} {}{}", text::with_thousands(count), what, count == 1 ? "" : "s");
}

}  // namespace

LinkOutput::LinkOutput(const cli::Invocation& invocation, std::string folder)
    : folder_(std::move(folder)),
      for_people_(invocation.streams().stdout_is_terminal),
      out_(STDOUT_FILENO, "stdout") {}

Result<void> LinkOutput::line(std::string_view json) {
  QUARRY_CHECK(out_.write(json));
  return out_.write("\n");
}

Result<void> LinkOutput::groups(const std::vector<LinkRow>& rows, std::string_view state) {
  std::vector<Grouped> grouped;
  for (std::size_t i = 0; i < rows.size(); ++i) grouped.push_back({i, &rows[i].entities});
  const std::vector<Group> groups = group_rows(grouped);
  groups_ = groups.size();
  if (for_people_) return ok();
  for (const Group& group : groups) {
    json::ObjectWriter writer;
    writer.text("_type", "incident.link")
        .text("case", folder_)
        .text("group", group.name)
        .number("rows", static_cast<std::int64_t>(group.rows.size()))
        .raw("target", to_json(Target{}))
        .text("state", state);
    QUARRY_CHECK(line(writer.take()));
  }
  return ok();
}

Result<void> LinkOutput::summary(const Added& added, std::string_view run) {
  if (for_people_) {
    std::string words = fmt::format("{} {} {} in {}", counted(added.rows, "row"),
                                    run.empty() ? "to add," : "added,", counted(groups_, "group"),
                                    unicode::escape_for_terminal(folder_));
    if (added.already > 0)
      words += fmt::format("; {} there already", text::with_thousands(added.already));
    QUARRY_CHECK(out_.write(words + "\n"));
    return out_.finish();
  }
  json::ObjectWriter writer;
  writer.text("_type", "summary")
      .text("tool", "incident-link")
      .text_if("run", run)
      .text("case", folder_)
      .number("rows", static_cast<std::int64_t>(added.rows + added.already))
      .number("added", static_cast<std::int64_t>(added.rows))
      .number("already", static_cast<std::int64_t>(added.already))
      .number("groups", static_cast<std::int64_t>(groups_));
  QUARRY_CHECK(line(writer.take()));
  return out_.finish();
}

}  // namespace quarry::incident_link
