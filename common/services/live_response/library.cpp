#include "common/services/live_response/library.h"

#include "common/base/text.h"
#include "common/json/document.h"
#include "common/json/object_writer.h"

#include <algorithm>
#include <utility>

namespace quarry::live_response {

Result<std::vector<LibraryFile>> parse_library(std::string_view body) {
  QUARRY_TRY(const json::Document document, json::Document::parse(body, "library"));
  const json::Node list = document.root().find("value");
  if (!list.is_array())
    return fail(ErrorCode::kData, "the service's answer holds no list of files");
  std::vector<LibraryFile> files;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const json::Node item = list[i];
    const auto text = [&item](std::string_view key) {
      return std::string(item.find(key).as_string().value_or(""));
    };
    files.push_back({.name = text("fileName"),
                     .sha256 = text::lower_ascii(text("sha256")),
                     .description = text("description"),
                     .created = text("creationTime"),
                     .updated = text("lastUpdatedTime"),
                     .created_by = text("createdBy"),
                     .has_parameters = item.find("hasParameters").as_bool().value_or(false),
                     .parameters_description = text("parametersDescription")});
  }
  return files;
}

std::string to_json(const LibraryFile& file) {
  return json::ObjectWriter()
      .text("_type", "lr.library")
      .text("name", file.name)
      .text("sha256", file.sha256)
      .text("description", file.description)
      .text("created", file.created)
      .text("updated", file.updated)
      .text("created_by", file.created_by)
      .boolean("has_parameters", file.has_parameters)
      .text("parameters", file.parameters_description)
      .take();
}

const LibraryFile* find_file(const std::vector<LibraryFile>& library, std::string_view name) {
  const auto found = std::find_if(library.begin(), library.end(), [name](const LibraryFile& file) {
    return text::iequals_ascii(file.name, name);
  });
  return found == library.end() ? nullptr : &*found;
}

}  // namespace quarry::live_response
