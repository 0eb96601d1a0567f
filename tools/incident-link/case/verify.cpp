#include "tools/incident-link/case/verify.h"

#include "common/base/digest.h"
#include "common/base/file.h"
#include "common/base/text.h"
#include "common/journal/chain.h"
#include "tools/incident-link/case/case_file.h"
#include "tools/incident-link/rows/row.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::incident_link {
namespace {

constexpr const char* kKeepIt = "the file was changed after it was written; keep it as it is";

Failure broken(const std::string& path, std::string what, const char* hint = kKeepIt) {
  return fail(Error(ErrorCode::kData, std::move(what), hint).at(path));
}

Result<void> check_head(const std::string& folder, const CaseState& state) {
  const std::string path = head_path(folder);
  const Result<std::string> text = read_file(path);
  if (!text)
    return broken(path, "is missing, or cannot be read",
                  "links.ndjson is the truth; the next change of the case writes it anew");
  if (state.had_head(text::trim_ascii(*text))) return ok();
  const Result<CaseHead> head = parse_case_head(text::trim_ascii(*text), path);
  if (head && head->id == state.head().id && head->updated > state.head().updated)
    return broken(journal_path(folder),
                  fmt::format("ends before case.json was written ({}): records at its end are "
                              "missing, or case.json was changed",
                              head->updated),
                  "compare with a copy of the case, and keep this one as it is");
  return broken(path, "is not what the records of the case say",
                "it was changed by other means; links.ndjson is the truth");
}

}  // namespace

Result<Verified> verify_journal(const std::string& path, const std::string& last) {
  QUARRY_TRY(const std::string text, read_file(path));
  QUARRY_TRY(const journal::Chain chain, journal::read_chain(text, path));
  if (chain.cut > 0)
    return broken(path, fmt::format("the last record, behind {} whole ones, was cut off",
                                    chain.entries.size()));
  if (chain.entries.empty())
    return broken(path, "the file is empty: a journal has a first record",
                  "its records were taken away, or it is not the file that you mean");
  Verified verified{
      .records = chain.entries.size(), .last_hash = chain.last_hash, .losses = chain.losses};
  if (last.empty()) return verified;
  const auto found = std::ranges::find(chain.entries, last, &journal::Entry::hash);
  if (found == chain.entries.end())
    return broken(
        path,
        fmt::format("none of the {} records has the hash {}: the end was cut off, or it is "
                    "another file",
                    chain.entries.size(), last),
        "compare with a copy; keep the file as it is");
  verified.anchor = static_cast<std::size_t>(found - chain.entries.begin()) + 1;
  return verified;
}

Result<Verified> verify_case(const std::string& folder, const std::string& last) {
  if (!is_case(folder)) return fail(no_case_in(folder));
  QUARRY_TRY(Verified verified, verify_journal(journal_path(folder), last));
  QUARRY_TRY(const CaseState state, read_case(folder));
  for (const CaseRow& row : state.rows()) {
    if (hex_digest(DigestKind::kSha256, canonical_json(row.json)) != row.sha256)
      return broken(journal_path(folder),
                    fmt::format("the row {} is not the one that its digest names", row.sha256));
  }
  QUARRY_CHECK(check_head(folder, state));
  verified.rows = state.rows().size();
  return verified;
}

}  // namespace quarry::incident_link
