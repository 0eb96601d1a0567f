#include "tools/taxii-pull/stix/context.h"

#include <algorithm>
#include <functional>

namespace quarry::taxii_pull::stix {
namespace {

std::uint64_t hash_of(std::string_view id) { return std::hash<std::string_view>()(id); }

void add_distinct(std::vector<std::string>& names, const std::string& name) {
  if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
    names.push_back(name);
}

/// indicator -> malware -> intrusion-set; further steps say less and less about the indicator.
constexpr int kSteps = 2;

bool is_followed(std::string_view relationship) {
  return relationship == "indicates" || relationship == "based-on" ||
         relationship == "attributed-to" || relationship == "uses";
}

}  // namespace

Context::Kind Context::kind_of(std::string_view type) {
  if (type == "malware" || type == "tool") return Kind::kMalware;
  if (type == "threat-actor" || type == "intrusion-set" || type == "campaign") return Kind::kGroup;
  if (type == "attack-pattern") return Kind::kAttackPattern;
  if (type == "identity") return Kind::kIdentity;
  if (type == "marking-definition") return Kind::kMarking;
  return Kind::kUnknown;
}

std::uint32_t Context::node_of(std::string_view id) {
  const auto [found, is_new] =
      by_id_.emplace(std::string(id), static_cast<std::uint32_t>(nodes_.size()));
  if (is_new) {
    nodes_.emplace_back();
    hashes_.push_back(hash_of(id));
  }
  return found->second;
}

const Context::Node* Context::find(std::string_view id) const {
  const auto found = by_id_.find(std::string(id));
  return found == by_id_.end() ? nullptr : &nodes_[found->second];
}

bool Context::add(ObjectReader& object) {
  if (object.type() == "relationship") return add_edge(object);
  const Kind kind = kind_of(object.type());
  if (kind == Kind::kUnknown) return false;
  Node& node = nodes_[node_of(object.id())];
  node.kind = kind;
  node.withdrawn = object.flag(Member::kRevoked);
  node.name = object.text(Member::kName);
  if (kind == Kind::kMarking) node.tlp = tlp_of_marking(object);
  return true;
}

bool Context::add_edge(ObjectReader& object) {
  if (!is_followed(object.text(Member::kRelationshipType)) || object.flag(Member::kRevoked))
    return false;
  const std::string_view source = object.text(Member::kSource);
  const std::string_view target = object.text(Member::kTarget);
  const std::string_view target_type = target.substr(0, target.find("--"));
  if (source.empty() || kind_of(target_type) == Kind::kUnknown) return false;
  const std::uint64_t from = hash_of(source);
  const std::uint32_t to = node_of(target);
  const auto [first, last] = edges_.equal_range(from);
  if (std::any_of(first, last, [&](const auto& edge) { return edge.second == to; })) return false;
  edges_.emplace(from, to);
  return true;
}

void Context::collect(std::uint64_t from, int steps, Surroundings& out) const {
  auto [first, last] = edges_.equal_range(from);
  std::vector<std::uint32_t> targets;
  for (; first != last; ++first) targets.push_back(first->second);
  std::sort(targets.begin(), targets.end());  // of arrival, whatever the table's order
  for (const std::uint32_t target : targets) {
    const Node& node = nodes_[target];
    if (node.withdrawn) continue;
    if (node.kind == Kind::kMalware) add_distinct(out.malware, node.name);
    if (node.kind == Kind::kGroup) add_distinct(out.activity_groups, node.name);
    if (node.kind == Kind::kAttackPattern) add_distinct(out.attack_patterns, node.name);
    if (steps > 1 && node.kind == Kind::kMalware) {
      Surroundings beyond;
      collect(hashes_[target], steps - 1, beyond);
      for (const std::string& name : beyond.activity_groups)
        add_distinct(out.activity_groups, name);
    }
  }
}

Surroundings Context::of(std::string_view indicator_id) const {
  Surroundings out;
  if (!edges_.empty()) collect(hash_of(indicator_id), kSteps, out);
  return out;
}

std::string Context::name_of(std::string_view id) const {
  const Node* const node = find(id);
  return node == nullptr ? "" : node->name;
}

std::optional<Tlp> Context::tlp_of(std::string_view marking_id) const {
  if (const auto fixed = tlp_of_id(marking_id)) return fixed;
  const Node* const node = find(marking_id);
  return node == nullptr ? std::nullopt : node->tlp;
}

}  // namespace quarry::taxii_pull::stix
