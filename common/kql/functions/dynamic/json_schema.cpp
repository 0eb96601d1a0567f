#include "common/kql/functions/dynamic/json_schema.h"

namespace quarry::kql::functions {
namespace {

void append_comma(std::string& json) {
  if (json.back() != '[' && json.back() != '{') json += ',';
}

}  // namespace

JsonSchema::Place* JsonSchema::make(std::unique_ptr<Place>& place) {
  if (place == nullptr && places_ < kMaxPlaces) {
    place = std::make_unique<Place>();
    ++places_;
  }
  return place.get();
}

JsonSchema::Place* JsonSchema::member(Place& place, std::string_view name) {
  const auto found = place.members.find(name);
  if (found != place.members.end()) return found->second.get();
  if (places_ >= kMaxPlaces) return nullptr;
  return make(place.members[std::string(name)]);
}

void JsonSchema::add(const DynamicView& value) { add(root_, value, 0); }

void JsonSchema::add(Place& place, const DynamicView& value, int depth) {
  if (depth > kMaxDepth) return;
  switch (value.kind()) {
    case DynamicKind::kNull:
      break;
    case DynamicKind::kBool:
      place.simple |= kBool;
      break;
    case DynamicKind::kLong:
      place.simple |= kLong;
      break;
    case DynamicKind::kReal:
      place.simple |= kDouble;
      break;
    case DynamicKind::kString:
      place.simple |= kString;
      break;
    case DynamicKind::kArray: {
      Place* const elements = make(place.elements);
      DynamicView element;
      for (ArrayCursor cursor(value); elements != nullptr && cursor.next(element);)
        add(*elements, element, depth + 1);
      break;
    }
    case DynamicKind::kBag: {
      place.is_bag = true;
      std::string_view raw_name;
      DynamicView content;
      std::string name;
      for (BagCursor cursor(value); cursor.next(raw_name, content);) {
        name.clear();
        decode_json_string(raw_name, name);
        if (Place* const target = member(place, name)) add(*target, content, depth + 1);
      }
    }
  }
}

void JsonSchema::merge(const JsonSchema& other) { merge(root_, other.root_); }

void JsonSchema::merge(Place& place, const Place& other) {
  place.simple |= other.simple;
  place.is_bag = place.is_bag || other.is_bag;
  if (other.elements != nullptr) {
    if (Place* const elements = make(place.elements)) merge(*elements, *other.elements);
  }
  for (const auto& [name, content] : other.members) {
    if (Place* const target = member(place, name)) merge(*target, *content);
  }
}

void JsonSchema::append(std::string& json) const { append(json, root_); }

/// One type stands by itself, several in an array: the container first. A place where only null was
/// seen has none: [].
void JsonSchema::append(std::string& json, const Place& place) {
  const bool container = place.is_bag || place.elements != nullptr;
  const int types = (container ? 1 : 0) + __builtin_popcount(place.simple);
  if (types != 1) json += '[';
  if (container) append_container(json, place);
  for (const auto& [bit, name] : {std::pair{kBool, "\"bool\""},
                                  {kDouble, "\"double\""},
                                  {kLong, "\"long\""},
                                  {kString, "\"string\""}}) {
    if ((place.simple & bit) == 0) continue;
    if (types != 1) append_comma(json);
    json += name;
  }
  if (types != 1) json += ']';
}

void JsonSchema::append_container(std::string& json, const Place& place) {
  json += '{';
  if (place.elements != nullptr) {
    json += "\"`indexer`\":";
    append(json, *place.elements);
  }
  for (const auto& [name, content] : place.members) {
    append_comma(json);
    append_json_string(json, name);
    json += ':';
    append(json, *content);
  }
  json += '}';
}

void JsonSchema::save(const Place& place, StateWriter& out) {
  out.put(place.simple);
  out.put(place.is_bag);
  out.put(std::uint64_t{place.members.size()});
  for (const auto& [name, member] : place.members) {
    out.put_text(name);
    save(*member, out);
  }
  out.put(place.elements != nullptr);
  if (place.elements != nullptr) save(*place.elements, out);
}

void JsonSchema::load(Place& place, StateReader& in) {
  place.simple = in.take<std::uint8_t>();
  place.is_bag = in.take<bool>();
  for (auto left = in.take<std::uint64_t>(); left > 0; --left) {
    auto& member = place.members[std::string(in.take_text())];
    member = std::make_unique<Place>();
    ++places_;
    load(*member, in);
  }
  if (!in.take<bool>()) return;
  place.elements = std::make_unique<Place>();
  ++places_;
  load(*place.elements, in);
}

}  // namespace quarry::kql::functions
