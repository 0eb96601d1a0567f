// Proof that nothing of a case, or of a journal of any tool, was changed.
#pragma once

#include "common/base/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace quarry::incident_link {

struct Verified {
  std::size_t records = 0;
  std::size_t rows = 0;  // of a case
  std::string last_hash;
  std::vector<std::string> losses;  // what was cut off its end earlier, in words
  std::size_t anchor = 0;  // which record, from 1, has the hash that was asked for; 0: not asked
};

/// The chain of a journal is unbroken up to its last line. `last`: the hash of a record that was
/// the last one once, "" none: as the chain reaches it, nothing was cut off behind the past. The
/// first thing that is wrong as kData, also a file without a record. Losses are told, not wrong: a
/// record of the chain says where the bytes are kept.
Result<Verified> verify_journal(const std::string& path, const std::string& last);

/// A case: its journal, as above; case.json one that the records tell of; each row the one that its
/// SHA-256 says.
Result<Verified> verify_case(const std::string& folder, const std::string& last);

}  // namespace quarry::incident_link
