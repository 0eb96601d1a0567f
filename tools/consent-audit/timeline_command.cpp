// consent-audit timeline: what was done and noted in a case, in a chain that shows tampering.
#include "common/base/clock.h"
#include "common/base/file.h"
#include "common/base/text.h"
#include "common/cli/result_output.h"
#include "common/journal/chain.h"
#include "common/json/document.h"
#include "common/json/object_writer.h"
#include "common/time/parse.h"
#include "tools/consent-audit/consent_audit_app.h"
#include "tools/consent-audit/report/record_batch.h"
#include "tools/consent-audit/respond/case_folder.h"
#include "tools/consent-audit/respond/evidence.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

std::string member(const journal::Record& record, std::string_view key) {
  for (const auto& [name, json] : record.more) {
    if (name != key) continue;
    const auto document = json::Document::parse(json, "member");
    if (document) return std::string(document->root().as_string().value_or(""));
  }
  return {};
}

std::string what_of(const journal::Record& record) {
  std::string what = member(record, "what");
  if (what.empty()) what = member(record, "text");
  if (what.empty()) what = member(record, "file");
  if (what.empty()) what = member(record, "action");
  if (record.message.empty()) return what;
  return what.empty() ? record.message : fmt::format("{}: {}", what, record.message);
}

Result<int> add(cli::Invocation& invocation, const std::string& path, const std::string& text) {
  if (text.empty())
    return fail(ErrorCode::kUsage, "nothing to add",
                "consent-audit timeline add \"called the user\" --case DIR");
  QUARRY_TRY(journal::Journal journal,
             open_timeline(invocation, path, journal::make_run_id(system_ticks_now())));
  journal::Record note{.op = journal::Op::kNote};
  note.more = {{"text", json::quoted(text)}};
  QUARRY_CHECK(journal.append(note));
  return 0;
}

Result<int> show(cli::Invocation& invocation, const std::string& path) {
  QUARRY_TRY(const std::string text, read_file(path));
  QUARRY_TRY(const journal::Chain chain, journal::read_chain(text, path));
  if (chain.entries.empty())
    return fail(Error(ErrorCode::kData, "the timeline holds no record",
                      "it was emptied, or nothing was ever written to it")
                    .at(path));
  const Schema schema{{{"seq", Type::kLong},
                       {"at", Type::kDatetime},
                       {"by", Type::kString},
                       {"op", Type::kString},
                       {"state", Type::kString},
                       {"what", Type::kString},
                       {"reason", Type::kString},
                       {"run", Type::kString}}};
  RecordBatch batch(schema);
  for (const journal::Entry& entry : chain.entries) {
    batch.number(static_cast<std::int64_t>(entry.stamp.seq))
        .time(parse_datetime(entry.stamp.at))
        .text(entry.stamp.by)
        .text(journal::name_of(entry.record.op))
        .text(journal::name_of(entry.record.state))
        .text(what_of(entry.record))
        .text(entry.record.reason)
        .text(entry.stamp.run);
  }
  return cli::show_rows(invocation, schema, batch.finish().columns());
}

}  // namespace

Result<int> timeline_command(cli::Invocation& invocation) {
  QUARRY_TRY(const std::string path, timeline_of_case(invocation));
  const auto arguments = invocation.arguments();
  if (arguments.empty()) return show(invocation, path);
  if (arguments[0] == "add" && arguments.size() == 2) return add(invocation, path, arguments[1]);
  return fail(ErrorCode::kUsage, fmt::format("timeline: not understood: '{}'", arguments[0]),
              "consent-audit timeline --case DIR, or timeline add \"text\" --case DIR");
}

Result<int> verify_command(cli::Invocation& invocation) {
  std::string path;
  if (invocation.arguments().empty()) {
    QUARRY_TRY(path, timeline_of_case(invocation));
  } else {
    path = invocation.arguments()[0];
  }
  const std::string anchor = text::lower_ascii(invocation.text("last"));
  const bool is_hash =
      anchor.size() == 64 && anchor.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (invocation.options().is_given("last") && !is_hash)
    return fail(ErrorCode::kUsage, fmt::format("--last: not a hash: '{}'", anchor),
                "64 hexadecimal digits, as verify printed them");
  QUARRY_TRY(const journal::Verified verified, journal::verify_chain(path, anchor));
  QUARRY_TRY(const std::string timeline, read_file(path));
  QUARRY_TRY(const journal::Chain chain, journal::read_chain(timeline, path));
  const EvidenceCheck evidence = check_evidence(chain, evidence_beside(path));
  std::string said =
      fmt::format("{} records, unbroken; the last is {}\n", verified.records, verified.last_hash);
  if (!anchor.empty()) said += fmt::format("{} of them came after {}\n", verified.since, anchor);
  if (evidence.files > 0)
    said += fmt::format("{} of {} files of evidence are what was saved\n",
                        evidence.files - evidence.faults.size(), evidence.files);
  for (const Error& fault : evidence.faults)
    invocation.diagnostics().add(fault, DiagnosticClass::kData);
  QUARRY_CHECK(cli::show_text(invocation, said));
  return evidence.faults.empty() ? 0 : exit_status(ErrorCode::kData);
}

}  // namespace quarry::consent_audit
