#include "tools/lr/targets/row.h"

#include "common/base/text.h"
#include "common/io/line_splitter.h"
#include "common/json/document.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::lr {
namespace {

std::optional<std::string> plain(const json::Node& node) {
  if (const auto text = node.as_string()) return std::string(*text);
  switch (node.kind()) {
    case json::NodeKind::kNumber:
    case json::NodeKind::kBool:
      return node.to_json();
    default:
      return std::nullopt;
  }
}

bool is_no_row(const json::Node& object) {
  const std::string_view type = object.find("_type").as_string().value_or("");
  return type == "schema" || type == "summary" || type == "error";
}

}  // namespace

std::optional<std::string> Row::value(const std::string& column) const {
  if (json.empty()) {
    if (column == "DeviceId" && !device_id.empty()) return device_id;
    if (column == "DeviceName" && !device_name.empty()) return device_name;
    return std::nullopt;
  }
  const auto document = json::Document::parse(json, place);
  return document ? plain(document->root().find(column)) : std::nullopt;
}

Result<std::vector<Row>> read_rows(std::string_view text, const std::string& name) {
  std::vector<Row> rows;
  io::LineSplitter lines(text);
  std::string_view line;
  for (std::size_t number = 1; lines.next(line); ++number) {
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    line = text::trim_ascii(line);
    if (line.empty()) continue;
    const std::string place = fmt::format("{}:{}", name, number);
    const auto document = json::Document::parse(line, place);
    if (!document || !document->root().is_object())
      return fail(Error(ErrorCode::kData, "not a JSON object",
                        "rows with DeviceId or DeviceName, one a line, as hq prints them")
                      .at(place));
    const json::Node root = document->root();
    if (is_no_row(root)) continue;
    const auto text_at = [&root](std::string_view key) {
      return std::string(root.find(key).as_string().value_or(""));
    };
    Row row{.device_id = text::lower_ascii(text_at("DeviceId")),
            .device_name = text_at("DeviceName"),
            .json = std::string(line),
            .place = place};
    if (row.device_id.empty() && row.device_name.empty())
      return fail(Error(ErrorCode::kData, "the row names no device",
                        "it needs DeviceId or DeviceName: … | project DeviceId, DeviceName")
                      .at(place));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace quarry::lr
