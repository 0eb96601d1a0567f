#include "tools/consent-audit/respond/evidence.h"

#include "common/base/digest.h"
#include "common/base/file.h"
#include "common/base/private_file.h"
#include "common/json/object_writer.h"
#include "common/json/raw_object.h"
#include "common/net/url.h"
#include "tools/consent-audit/tenant/collect.h"

#include <fmt/format.h>

#include <filesystem>
#include <set>
#include <system_error>

namespace quarry::consent_audit {
namespace {

class Saver {
 public:
  explicit Saver(std::string folder) : folder_(std::move(folder)) {}

  Result<void> save(std::string_view body, const std::string& name) {
    const std::string path = fmt::format("{}/{}.json", folder_, name);
    if (!names_.insert(name).second)
      return fail(Error(ErrorCode::kData, "two answers would be saved under one name").at(path));
    QUARRY_CHECK(write_private_file(path, body));
    journal::Record record{.op = journal::Op::kEvidence};
    record.more = {{"file", json::quoted(path)},
                   {"bytes", std::to_string(body.size())},
                   {"sha256", json::quoted(hex_digest(DigestKind::kSha256, body))}};
    records_.push_back(std::move(record));
    return ok();
  }
  /// A log that may not be read.
  void miss(const std::string& name, const Error& error) {
    journal::Record record{.op = journal::Op::kEvidence};
    record.message = fmt::format("{} not saved: {}", name, error.message());
    records_.push_back(std::move(record));
  }
  std::vector<journal::Record> take() { return std::move(records_); }

 private:
  std::string folder_;
  std::set<std::string> names_;
  std::vector<journal::Record> records_;
};

Result<void> save_log(services::Graph& graph, const services::GraphRead& read,
                      const std::string& name, Saver& saver) {
  std::size_t page = 0;
  const auto all = graph.pages(read, [&](std::string_view body) {
    return saver.save(body, fmt::format("{}.{}", name, ++page));
  });
  if (all) return ok();
  if (all.error().code() != ErrorCode::kAuth && all.error().code() != ErrorCode::kRemote)
    return fail(all.error());
  saver.miss(name, all.error());
  return ok();
}

/// Nothing that was saved before is written over, also where a run was killed while it saved.
Result<std::string> make_new_folder(const std::string& wanted) {
  constexpr int kMost = 10'000;
  for (int number = 1; number <= kMost; ++number) {
    std::string path = number == 1 ? wanted : fmt::format("{}.{}", wanted, number);
    std::error_code none;
    if (std::filesystem::exists(std::filesystem::symlink_status(path, none))) continue;
    QUARRY_CHECK(make_private_folder(path));
    return path;
  }
  return fail(Error(ErrorCode::kData, "evidence was saved here too often",
                    "take another case, or move older folders away")
                  .at(wanted));
}

std::string text_of(const journal::Record& record, std::string_view key) {
  for (const auto& [name, json] : record.more)
    if (name == key) return json::string_of(json);
  return {};
}

/// FOLDER/SP_ID/NAME.json, wherever FOLDER is now.
std::string moved_to(const std::string& recorded, const std::string& folder) {
  const std::filesystem::path path(recorded);
  return (folder / path.parent_path().filename() / path.filename()).string();
}

}  // namespace

EvidenceCheck check_evidence(const journal::Chain& chain, const std::string& folder) {
  EvidenceCheck check;
  for (const journal::Entry& entry : chain.entries) {
    const std::string file = text_of(entry.record, "file");
    const std::string recorded = text_of(entry.record, "sha256");
    if (entry.record.op != journal::Op::kEvidence || file.empty() || recorded.empty()) continue;
    ++check.files;
    const std::string path = moved_to(file, folder);
    const Result<std::string> content = read_file(path);
    if (!content) {
      check.faults.push_back(
          Error(ErrorCode::kData, fmt::format("evidence is missing: {}", content.error().message()))
              .at(path));
    } else if (hex_digest(DigestKind::kSha256, *content) != recorded) {
      check.faults.push_back(
          Error(ErrorCode::kData,
                fmt::format("evidence is not what was saved: record {} of the timeline has another "
                            "SHA-256",
                            entry.stamp.seq))
              .at(path));
    }
  }
  return check;
}

Result<std::vector<journal::Record>> export_evidence(services::Graph& graph,
                                                     const std::string& sp_id,
                                                     const std::string& app_id,
                                                     const std::string& folder) {
  QUARRY_TRY(const std::string own, make_new_folder(fmt::format("{}/{}", folder, sp_id)));
  Saver saver(own);
  QUARRY_CHECK(collect_app(graph, sp_id, [&](std::string_view body, const std::string& name) {
    return saver.save(body, name);
  }));
  const std::string audits =
      net::percent_encode(fmt::format("targetResources/any(t: t/id eq '{}')", sp_id));
  QUARRY_CHECK(save_log(graph,
                        {.path = "/v1.0/auditLogs/directoryAudits?$filter=" + audits,
                         .what = "save its audit rows",
                         .permission = "AuditLog.Read.All"},
                        "directoryAudits", saver));
  const std::string sign_ins = net::percent_encode(fmt::format("appId eq '{}'", app_id));
  QUARRY_CHECK(save_log(graph,
                        {.path = "/v1.0/auditLogs/signIns?$filter=" + sign_ins,
                         .what = "save its sign-ins",
                         .permission = "AuditLog.Read.All"},
                        "signIns", saver));
  return saver.take();
}

}  // namespace quarry::consent_audit
