#include "common/journal/chain.h"

#include "common/base/file.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry::journal {
namespace {

Failure break_at(const std::string& name, std::size_t line, std::string what) {
  return fail(Error(ErrorCode::kData, std::move(what),
                    "the file was changed after it was written; keep it as it is")
                  .at(fmt::format("{}:{}", name, line)));
}

}  // namespace

std::string_view loss_in(const Record& record) {
  const bool tells = std::any_of(record.more.begin(), record.more.end(),
                                 [](const auto& member) { return member.first == "cut"; });
  return record.op == Op::kNote && tells ? std::string_view(record.message) : std::string_view();
}

Result<Chain> read_chain(std::string_view text, const std::string& name) {
  Chain chain;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
      chain.cut = text.size();
      break;
    }
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    ++number;
    const auto hash = hash_in(line);
    if (!hash) return break_at(name, number, "no record of a journal");
    if (hash != hash_of(line)) return break_at(name, number, "the record was changed");
    Result<Entry> entry = parse_line(line);
    if (!entry) return break_at(name, number, entry.error().message());
    if (entry->stamp.prev != chain.last_hash)
      return break_at(name, number, "records before this one are missing or were changed");
    if (entry->stamp.seq != chain.entries.size() + 1)
      return break_at(name, number, "the record's number is out of order");
    chain.last_hash = *hash;
    chain.whole += line.size() + 1;
    if (const std::string_view loss = loss_in(entry->record); !loss.empty())
      chain.losses.emplace_back(loss);
    chain.entries.push_back(*std::move(entry));
  }
  return chain;
}

Result<Verified> verify_chain(const std::string& path, std::string_view anchor) {
  QUARRY_TRY(const std::string text, read_file(path));
  QUARRY_TRY(const Chain chain, read_chain(text, path));
  if (chain.cut > 0) return break_at(path, chain.entries.size() + 1, "the last record was cut off");
  if (chain.entries.empty())
    return fail(Error(ErrorCode::kData, "there is no record in it, so nothing is verified",
                      "it was emptied, or nothing was ever written to it")
                    .at(path));
  Verified verified{.records = chain.entries.size(), .last_hash = chain.last_hash};
  if (anchor.empty()) return verified;
  const auto kept = std::find_if(chain.entries.begin(), chain.entries.end(),
                                 [anchor](const Entry& entry) { return entry.hash == anchor; });
  if (kept == chain.entries.end()) {
    return fail(Error(ErrorCode::kData,
                      fmt::format("no record has the hash {}: records were taken off its end, or "
                                  "it was written anew; {} are there",
                                  anchor, chain.entries.size()),
                      "the hash was the last one when it was noted; keep the file as it is")
                    .at(path));
  }
  verified.since = static_cast<std::size_t>(chain.entries.end() - kept) - 1;
  return verified;
}

Result<std::size_t> verify_file(const std::string& path) {
  QUARRY_TRY(const Verified verified, verify_chain(path));
  return verified.records;
}

}  // namespace quarry::journal
