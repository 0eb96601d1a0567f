// The shape of dynamic values, as buildschema() gathers it: which types stand where.
#pragma once

#include "common/kql/kernel/state_bytes.h"
#include "common/value/dynamic.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace quarry::kql::functions {

/// What was seen at one place: any of the simple types, and the members of bags and the elements of
/// arrays. The result depends on the set of values alone, unless a bound is met.
class JsonSchema {
 public:
  JsonSchema() = default;
  JsonSchema(const JsonSchema&) = delete;
  JsonSchema& operator=(const JsonSchema&) = delete;

  void add(const DynamicView& value);
  void merge(const JsonSchema& other);
  /// KQL's form: "long", {"name": …}, {"`indexer`": …} for arrays, [ …, … ] where there are
  /// several.
  void append(std::string& json) const;
  /// Into an empty schema.
  void load(StateReader& in) { load(root_, in); }
  void save(StateWriter& out) const { save(root_, out); }

 private:
  enum Simple : std::uint8_t { kBool = 1, kDouble = 2, kLong = 4, kString = 8 };
  struct Place {
    std::uint8_t simple = 0;
    bool is_bag = false;
    std::map<std::string, std::unique_ptr<Place>, std::less<>> members;
    std::unique_ptr<Place> elements;  // of arrays
  };
  // Bounds: what lies deeper, or comes when there are so many places, is left out.
  static constexpr int kMaxDepth = 128;
  static constexpr std::size_t kMaxPlaces = 100'000;

  void add(Place& place, const DynamicView& value, int depth);
  void merge(Place& place, const Place& other);
  static void save(const Place& place, StateWriter& out);
  void load(Place& place, StateReader& in);
  Place* make(std::unique_ptr<Place>& place);
  Place* member(Place& place, std::string_view name);
  static void append(std::string& json, const Place& place);
  static void append_container(std::string& json, const Place& place);

  Place root_;
  std::size_t places_ = 1;
};

}  // namespace quarry::kql::functions
