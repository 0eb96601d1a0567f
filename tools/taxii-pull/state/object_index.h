// Which versions of which objects a collection has given, and where the newest of each lies in its
// log. Built anew from the log at each start: the log is the only truth.
#pragma once

#include "tools/taxii-pull/stix/object.h"
#include "tools/taxii-pull/stix/version_index.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace quarry::taxii_pull {

class ObjectIndex {
 public:
  enum class Arrival : std::uint8_t {
    kNew,
    kUpdate,     // newer than what was known
    kOlder,      // a version not seen before, but not the newest (or of what is revoked for good)
    kDuplicate,  // seen before
  };
  /// What the object is beside those known; nothing is changed.
  Arrival judge(stix::ObjectReader& object);
  /// Takes it in at its place in the log. Not for duplicates.
  void add(stix::ObjectReader& object, Arrival arrival, std::uint64_t position);

  /// Whether the newest version of the object lies there.
  bool is_newest(std::string_view id, std::uint64_t position);
  /// Where the version lies that this one took the place of; nullopt where it was the first.
  std::optional<std::uint64_t> replaced_by(std::uint64_t position) const;
  /// What lies before this place has had its rows, and those that it replaced were withdrawn.
  void settle(std::uint64_t end);
  /// Whether this version was given; `version` as written.
  bool has(std::string_view id, std::string_view version);

  /// Its version in ticks; 0: it has none.
  static std::int64_t version_of(stix::ObjectReader& object);

 private:
  static std::uint64_t key_of(std::uint64_t id, std::int64_t version);

  stix::VersionIndex newest_;
  std::unordered_set<std::uint64_t> older_;                    // hashes of id and version
  std::unordered_map<std::uint64_t, std::uint64_t> replaced_;  // place -> place of the one before
  std::uint64_t settled_ = 0;  // objects before it have had their rows
};

}  // namespace quarry::taxii_pull
