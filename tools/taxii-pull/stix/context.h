// What indicators refer to: names of malware, actors and makers, levels of markings, and the
// relationships between them. Small: names once, relationships as numbers.
#pragma once

#include "tools/taxii-pull/stix/object.h"
#include "tools/taxii-pull/stix/tlp.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace quarry::taxii_pull::stix {

/// What is known of one indicator's surroundings. Names are distinct, in the order of arrival.
struct Surroundings {
  std::vector<std::string> malware;          // malware and tools
  std::vector<std::string> activity_groups;  // threat actors, intrusion sets, campaigns
  std::vector<std::string> attack_patterns;
};

class Context {
 public:
  /// Objects of any type; those that mean nothing here are passed over. True where it may change
  /// what rows say.
  bool add(ObjectReader& object);

  Surroundings of(std::string_view indicator_id) const;
  /// The name of an identity; "" where unknown.
  std::string name_of(std::string_view id) const;
  /// Of a marking that came as an object or is fixed; nullopt where unknown or no TLP.
  std::optional<Tlp> tlp_of(std::string_view marking_id) const;

 private:
  enum class Kind : std::uint8_t {
    kUnknown,
    kMalware,
    kGroup,
    kAttackPattern,
    kIdentity,
    kMarking
  };
  struct Node {
    Kind kind = Kind::kUnknown;
    bool withdrawn = false;  // revoked
    std::optional<Tlp> tlp;
    std::string name;
  };
  static Kind kind_of(std::string_view type);
  std::uint32_t node_of(std::string_view id);
  const Node* find(std::string_view id) const;
  bool add_edge(ObjectReader& object);
  void collect(std::uint64_t from, int steps, Surroundings& out) const;

  std::vector<Node> nodes_;
  std::unordered_map<std::string, std::uint32_t> by_id_;  // of what has a name
  // From the hash of an id: an indicator needs no node of its own.
  std::unordered_multimap<std::uint64_t, std::uint32_t> edges_;
  std::vector<std::uint64_t> hashes_;  // of the nodes' ids
};

}  // namespace quarry::taxii_pull::stix
