// How far a collection has been pulled: written at once or not at all, after the rows are safe.
#pragma once

#include "common/base/result.h"
#include "common/time/ticks.h"

#include <cstdint>
#include <optional>
#include <string>

namespace quarry::taxii_pull {

/// What a state belongs to; another address, collection or filter is another state.
struct FeedName {
  std::string server;  // of the configuration; "" for one named on the command line
  std::string api_root;
  std::string collection;
  std::string filters;  // Filters::canonical()
  std::string output;   // the file that grows with it where the command line names all; else ""

  /// The name of its folder.
  std::string folder() const;
};

/// The file that rows are appended to, as it was when the checkpoint was written.
struct OutputMark {
  std::string path;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
};

struct Checkpoint {
  FeedName feed;
  std::string source;                 // the feed's friendly name
  std::optional<Datetime> resume;     // objects added later than this are still to come
  std::uint64_t log_size = 0;         // bytes of the object log that count
  std::uint64_t objects = 0;          // versions in it
  std::optional<OutputMark> output;   // of --append
  std::optional<Datetime> generated;  // the latest TimeGenerated
  std::optional<Datetime> pulled;     // when a pull last came to its end
  std::string problem;                // of the last pull; "" where it went well
};

/// nullopt where there is none. kData where it cannot be understood: nothing is begun anew by
/// itself.
Result<std::optional<Checkpoint>> read_checkpoint(const std::string& path);
/// Atomic and lasting.
Result<void> write_checkpoint(const std::string& path, const Checkpoint& checkpoint);

}  // namespace quarry::taxii_pull
