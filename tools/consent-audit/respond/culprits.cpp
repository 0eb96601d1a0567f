#include "tools/consent-audit/respond/culprits.h"

#include "common/base/file.h"
#include "common/base/text.h"
#include "common/io/line_splitter.h"
#include "common/json/document.h"
#include "common/value/guid.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace quarry::consent_audit {
namespace {

void add(std::vector<Culprit>& culprits, Culprit culprit) {
  const bool known = std::any_of(culprits.begin(), culprits.end(), [&](const Culprit& other) {
    return (!culprit.sp_id.empty() && other.sp_id == culprit.sp_id) ||
           (!culprit.app_id.empty() && other.app_id == culprit.app_id);
  });
  if (!known) culprits.push_back(std::move(culprit));
}

/// What is no path: an id that was copied from somewhere, or a name.
bool looks_like_word(const std::string& argument) {
  std::error_code error;
  return argument.find_first_of("/.") == std::string::npos &&
         !std::filesystem::exists(argument, error);
}

Failure no_findings_file(const std::string& argument) {
  return fail(
      ErrorCode::kUsage,
      fmt::format("'{}' is neither a file of findings nor the id of an application", argument),
      "give a file that consent-audit events or grants wrote (-o findings.ndjson), - for "
      "standard input, or a GUID from the columns app_id or sp_id. One finding by its id: "
      "hq 'where id == \"ID\"' findings.ndjson | consent-audit respond -");
}

Result<void> read_findings(const std::string& file, Culprits& culprits) {
  const bool standard_input = file == "-";
  QUARRY_TRY(const std::string content, read_file(standard_input ? "/dev/stdin" : file));
  const std::string name = standard_input ? "stdin" : file;
  io::LineSplitter lines(content);
  std::string_view line;
  std::size_t found = 0;
  for (std::size_t number = 1; lines.next(line); ++number) {
    if (text::trim_ascii(line).empty()) continue;
    QUARRY_TRY(const json::Document document,
               json::Document::parse(line, fmt::format("{}:{}", name, number)));
    const auto text = [&document](std::string_view key) {
      return std::string(document.root().find(key).as_string().value_or(""));
    };
    const std::string type = text("_type");
    if (type != "consent.finding" && type != "consent.app") continue;
    Culprit culprit{.sp_id = text::lower_ascii(text("sp_id")),
                    .app_id = text::lower_ascii(text("app_id")),
                    .name = text("_type") == "consent.app" ? text("name") : text("app_name")};
    ++found;
    if (culprit.sp_id.empty() && culprit.app_id.empty()) {
      ++culprits.nameless;
    } else {
      add(culprits.all, std::move(culprit));
    }
  }
  if (found > 0) return ok();
  return fail(Error(ErrorCode::kData, "no findings in it",
                    "consent-audit events or grants write them (-f ndjson)")
                  .at(name));
}

}  // namespace

Result<Culprits> read_culprits(std::span<const std::string> arguments) {
  if (arguments.empty())
    return fail(ErrorCode::kUsage, "whom to respond to is not named",
                "give findings (a file, or - for standard input), or the id of an application");
  Culprits culprits;
  for (const std::string& argument : arguments) {
    if (argument.size() == 36 && parse_guid(argument)) {
      const std::string id = text::lower_ascii(argument);
      add(culprits.all, {.sp_id = id, .app_id = id, .name = {}});
    } else if (argument != "-" && looks_like_word(argument)) {
      return no_findings_file(argument);
    } else {
      QUARRY_CHECK(read_findings(argument, culprits));
    }
  }
  if (culprits.all.empty())
    return fail(ErrorCode::kData, "the findings name no application",
                "a loosened policy is tightened again with --user-consent");
  return culprits;
}

}  // namespace quarry::consent_audit
