#include "tools/consent-audit/respond/evidence.h"

#include "common/base/digest.h"
#include "common/base/private_file.h"
#include "common/json/object_writer.h"
#include "common/net/url.h"
#include "tools/consent-audit/tenant/collect.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

class Saver {
 public:
  explicit Saver(std::string folder) : folder_(std::move(folder)) {}

  Result<void> save(std::string_view body, const std::string& name) {
    const std::string path = fmt::format("{}/{}.json", folder_, name);
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
    record.more = {{"text", json::quoted(fmt::format("{} not saved: {}", name, error.message()))}};
    records_.push_back(std::move(record));
  }
  std::vector<journal::Record> take() { return std::move(records_); }

 private:
  std::string folder_;
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

}  // namespace

Result<std::vector<journal::Record>> export_evidence(services::Graph& graph,
                                                     const std::string& sp_id,
                                                     const std::string& app_id,
                                                     const std::string& folder) {
  const std::string own = fmt::format("{}/{}", folder, sp_id);
  QUARRY_CHECK(make_private_folder(own));
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
