// What earlier records say about each act: done, failed, or begun with an end that nobody knows.
#pragma once

#include "common/journal/record.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::journal {

enum class Standing : std::uint8_t {
  kNew,     // nothing was begun
  kOpen,    // begun: what became of it must be looked up, never repeated blindly
  kDone,    // not to be done again
  kFailed,  // the service refused it: may be tried again
  kUndone,  // done and taken back
};

/// The newest word on one key.
struct KeyState {
  Standing standing = Standing::kNew;
  Entry latest;  // the record that says so
};

class RunState {
 public:
  explicit RunState(std::span<const Entry> entries);
  Standing standing(std::string_view key) const;
  /// nullptr for a key that was never begun.
  const KeyState* find(std::string_view key) const;
  /// Keys that were begun and have no end, in the order of their beginning.
  std::vector<std::string> open_keys() const;

 private:
  std::map<std::string, KeyState, std::less<>> states_;
};

}  // namespace quarry::journal
