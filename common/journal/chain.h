// The chain of a journal's lines: each carries the hash of the one before and its own.
#pragma once

#include "common/base/result.h"
#include "common/journal/record.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::journal {

struct Chain {
  std::vector<Entry> entries;
  std::uint64_t whole = 0;  // bytes up to the end of the last whole line
  std::size_t cut = 0;      // bytes of a last line without its end; 0: none
  std::string last_hash;
  /// What was cut off its end earlier, in words; each was kept beside the journal when it was
  /// opened.
  std::vector<std::string> losses;
};

/// What a record tells of bytes that were cut off before it; "" where it tells of none.
std::string_view loss_in(const Record& record);

/// Reads a whole journal. kData, placed at `name`:LINE, where a line is no record, was changed, is
/// missing or stands in the wrong place. A last line without its end is no error.
Result<Chain> read_chain(std::string_view text, const std::string& name);

struct Verified {
  std::size_t records = 0;
  std::string last_hash;
  std::size_t since = 0;  // records behind the anchor
};
/// `TOOL verify FILE`: how many records stand in an unbroken chain, and where it ends. kData: the
/// first break; no record at all; with an `anchor`, a hash that was the last one once, that it is
/// not there: a chain does not show by itself that its end was cut off.
Result<Verified> verify_chain(const std::string& path, std::string_view anchor = {});
/// The number of records alone.
Result<std::size_t> verify_file(const std::string& path);

}  // namespace quarry::journal
