// What happens to lines that are no rows: counted, kept (--bad-lines) or the end of the scan
// (--strict), and told to the user: the first few by their place, the rest as a number. Places are
// worked out at the end, in input order, whichever worker met them.
#pragma once

#include "common/table/reader.h"

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::table {

/// Where a broken line or element stands.
struct BadPlace {
  std::uint32_t input = 0;
  std::uint64_t order = 0;  ///< sorts as the inputs and their bytes do
  std::uint64_t start = 0;  ///< byte in the input where the line begins
  std::uint64_t line = 0;   ///< from 1; 0: not known yet
  std::uint64_t byte = 1;   ///< in the line, from 1
};

/// Of one scan. Thread-safe.
class BadLineLog {
 public:
  /// `name_of(input)`; `line_of(place)` works out a line number that was not known.
  BadLineLog(const ScanContext& context, std::function<std::string(std::uint32_t)> name_of,
             std::function<std::uint64_t(const BadPlace&)> line_of);
  ~BadLineLog() { report(); }
  BadLineLog(const BadLineLog&) = delete;
  BadLineLog& operator=(const BadLineLog&) = delete;

  /// Live inputs: tells at once instead of at the end.
  void tell_at_once() { at_once_ = true; }
  /// A kData error when the scan is strict.
  Result<void> note(BadPlace place, std::string_view text, std::string why);
  /// Adds what was noted to the diagnostics. Called again it adds nothing.
  void report();

 private:
  struct Entry {
    BadPlace place;
    std::string why;
  };
  std::string place_text(BadPlace place) const;
  void tell(const Entry& entry);

  ScanContext context_;
  std::function<std::string(std::uint32_t)> name_of_;
  std::function<std::uint64_t(const BadPlace&)> line_of_;
  std::mutex mutex_;
  std::vector<Entry> first_;  // the earliest few, ordered
  std::uint64_t noted_ = 0;
  std::uint64_t told_ = 0;
  bool at_once_ = false;
};

}  // namespace quarry::table
