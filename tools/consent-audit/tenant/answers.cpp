#include "tools/consent-audit/tenant/answers.h"

#include "common/base/file.h"
#include "common/base/text.h"
#include "common/json/document.h"
#include "tools/consent-audit/tenant/answer_readers.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace quarry::consent_audit {
namespace {

using json::Node;

constexpr std::size_t kRemembered = 5;

bool has(const Node& object, std::string_view key) {
  for (std::size_t i = 0; i < object.size(); ++i)
    if (object.key(i) == key) return true;
  return false;
}

void note_unrecognised(Tenant& tenant, const std::string& source) {
  std::vector<std::string>& known = tenant.unrecognised;
  if (known.size() < kRemembered && std::find(known.begin(), known.end(), source) == known.end())
    known.push_back(source);
}

std::optional<AnswerKind> add_object(Tenant& tenant, const Node& object,
                                     const std::string& source) {
  for (const AnswerReader& reader : answer_readers()) {
    const bool fits = std::all_of(reader.keys.begin(), reader.keys.end(),
                                  [&object](std::string_view key) { return has(object, key); });
    if (!fits) continue;
    reader.add(tenant, object, source);
    tenant.answers.note(reader.kind);
    return reader.kind;
  }
  note_unrecognised(tenant, source);
  return std::nullopt;
}

/// A page is of the kind that its objects are, and an empty one of what its context says.
void add_page(Tenant& tenant, const Node& root, const Node& list, const std::string& source) {
  AnswerPage page{.source = source,
                  .goes_on = root.is_object() && !id_text(root, "@odata.nextLink").empty()};
  std::optional<AnswerKind> kind;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!list[i].is_object()) continue;
    const std::optional<AnswerKind> found = add_object(tenant, list[i], source);
    if (found) kind = found;
    if (found != AnswerKind::kRoleAssignments) continue;
    page.resources.insert(id_text(list[i], "resourceId"));
    page.principals.insert(id_text(list[i], "principalId"));
  }
  if (list.size() == 0 && root.is_object()) kind = kind_of_context(id_text(root, "@odata.context"));
  if (kind) {
    tenant.answers.note(*kind, std::move(page));
  } else if (list.size() == 0) {
    note_unrecognised(tenant, source);
  }
}

}  // namespace

Result<void> add_answer(Tenant& tenant, std::string_view body, const std::string& source) {
  if (body.starts_with("\xef\xbb\xbf")) body.remove_prefix(3);
  QUARRY_TRY(const json::Document document, json::Document::parse(body, source));
  const Node root = document.root();
  const Node list = root.is_array() ? root : root.find("value");
  if (root.is_object() && !list.is_array()) {
    add_object(tenant, root, source);
  } else {
    add_page(tenant, root, list, source);
  }
  return ok();
}

Result<Tenant> read_saved_answers(const std::string& folder, std::vector<Error>& errors) {
  std::error_code error;
  std::vector<std::string> files;
  for (auto entry = std::filesystem::recursive_directory_iterator(folder, error);
       !error && entry != std::filesystem::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->is_regular_file(error) && entry->path().extension() == ".json")
      files.push_back(entry->path().string());
  }
  if (error) {
    return fail(Error(ErrorCode::kData, fmt::format("cannot read the folder: {}", error.message()),
                      "give a folder with saved answers of Microsoft Graph (*.json)")
                    .at(folder));
  }
  std::sort(files.begin(), files.end());
  Tenant tenant;
  for (const std::string& file : files) {
    const Result<std::string> body = read_file(file);
    const Result<void> added =
        body ? add_answer(tenant, *body, std::filesystem::path(file).filename().string())
             : fail(body.error());
    if (!added) errors.push_back(Error(added.error()).at(file));
  }
  if (!tenant.answers.has_any()) {
    return fail(Error(ErrorCode::kData, "no answers of Microsoft Graph in this folder",
                      "consent-audit export DIR saves them")
                    .at(folder));
  }
  return tenant;
}

}  // namespace quarry::consent_audit
