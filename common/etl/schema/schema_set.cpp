#include "common/etl/schema/schema_set.h"

#include "common/etl/payload/decode.h"
#include "common/etl/schema/manifest.h"
#include "common/etl/schema/trace_logging.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <tuple>
#include <unordered_map>

namespace quarry::etl {
namespace {

/// TraceLogging layouts that are kept: more sorts than a provider has.
constexpr std::size_t kMaxOwnLayouts = 2048;
constexpr std::size_t kMaxOwnBytes = std::size_t{8} << 20;

std::size_t memory_of(const std::vector<Field>& fields) {
  std::size_t bytes = 0;
  for (const Field& field : fields)
    bytes += sizeof(Field) + field.name.size() + field.map_name.size() + memory_of(field.members);
  return bytes;
}

std::size_t memory_of(const EventLayout& layout) {
  return sizeof(EventLayout) + layout.provider_name.size() + layout.event_name.size() +
         layout.task_name.size() + layout.opcode_name.size() + layout.level_name.size() +
         layout.channel_name.size() + layout.keyword_names.size() + layout.message.size() +
         memory_of(layout.fields);
}

/// "Path", "Path" -> "Path", "Path_2": an object has each key once.
void make_names_unique(std::vector<Field>& fields) {
  std::map<std::string, int, std::less<>> seen;
  for (Field& field : fields) {
    make_names_unique(field.members);
    const std::string wanted = field.name;
    int number = ++seen[wanted];
    while (number > 1) {
      field.name = wanted + "_" + std::to_string(number);
      if (seen.try_emplace(field.name, 1).second) break;
      number = ++seen[wanted];
    }
  }
}

struct Key {
  Guid provider;
  std::uint16_t id = 0;
  std::uint8_t version = 0;
  friend bool operator==(const Key&, const Key&) = default;
};
struct KeyHash {
  std::size_t operator()(const Key& key) const {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    std::memcpy(&low, key.provider.bytes.data(), 8);
    std::memcpy(&high, key.provider.bytes.data() + 8, 8);
    const std::uint64_t small = std::uint64_t{key.id} << 8 | key.version;
    const std::uint64_t hash = (low ^ small * 0x9E3779B97F4A7C15U) + (high ^ (high >> 31));
    return static_cast<std::size_t>(hash ^ (hash >> 32));
  }
};

/// A TraceLogging event's sort: who sent it, and its block.
struct OwnKey {
  Guid provider;
  std::string block;
};
struct OwnView {
  Guid provider;
  std::string_view block;
};
OwnView view_of(const OwnKey& key) { return {key.provider, key.block}; }
OwnView view_of(const OwnView& key) { return key; }
struct OwnHash {
  using is_transparent = void;
  template <class T>
  std::size_t operator()(const T& key) const {
    return std::hash<std::string_view>{}(view_of(key).block);
  }
};
struct OwnEqual {
  using is_transparent = void;
  template <class A, class B>
  bool operator()(const A& a, const B& b) const {
    return view_of(a).provider == view_of(b).provider && view_of(a).block == view_of(b).block;
  }
};

using Candidates = std::vector<EventLayout*>;  // best source first

}  // namespace

struct SchemaSet::State {
  std::deque<EventLayout> layouts;
  std::unordered_map<Key, Candidates, KeyHash> by_key;
  std::map<std::pair<Guid, std::string>, std::shared_ptr<const ValueMap>> maps;
  std::map<std::pair<Guid, std::string>, std::vector<Field*>> waiting;  // for their map
  std::map<Guid, std::string> provider_names;
  std::size_t bytes = 0;

  std::unordered_map<OwnKey, EventLayout, OwnHash, OwnEqual> own;
  std::size_t own_bytes = 0;
  DecodedPayload trial;

  void bind_maps(const Guid& provider, std::vector<Field>& fields);
  const EventLayout* find_own(const Event& event, Bytes block);
  const EventLayout* best(const Candidates& candidates, const Event& event);
};

SchemaSet::SchemaSet() : state_(std::make_unique<State>()) {}
SchemaSet::SchemaSet(SchemaSet&&) noexcept = default;
SchemaSet& SchemaSet::operator=(SchemaSet&&) noexcept = default;
SchemaSet::~SchemaSet() = default;

void SchemaSet::State::bind_maps(const Guid& provider, std::vector<Field>& fields) {
  for (Field& field : fields) {
    bind_maps(provider, field.members);
    if (field.map_name.empty() || field.map != nullptr) continue;
    const std::pair key(provider, field.map_name);
    if (const auto found = maps.find(key); found != maps.end()) {
      field.map = found->second;
    } else {
      waiting[key].push_back(&field);
    }
  }
}

bool SchemaSet::add(EventLayout layout) {
  State& state = *state_;
  const std::size_t bytes = memory_of(layout);
  if (state.bytes + bytes > kMaxBytes) return false;
  const Key key{layout.provider, layout.id, layout.version};
  Candidates& candidates = state.by_key[key];
  // Merged traces repeat what they know: one of each source is enough, unless built-in tables vary.
  for (const EventLayout* const known : candidates) {
    if (known->source == layout.source && layout.source == LayoutSource::kTrace) return true;
  }
  state.bytes += bytes;
  make_names_unique(layout.fields);
  EventLayout& kept = state.layouts.emplace_back(std::move(layout));
  state.bind_maps(kept.provider, kept.fields);
  if (!kept.provider_name.empty())
    state.provider_names.try_emplace(kept.provider, kept.provider_name);
  const auto place = std::upper_bound(
      candidates.begin(), candidates.end(), &kept,
      [](const EventLayout* a, const EventLayout* b) { return a->source < b->source; });
  candidates.insert(place, &kept);
  return true;
}

bool SchemaSet::has_from_trace(const Guid& provider, std::uint16_t id, std::uint8_t version) const {
  const auto found = state_->by_key.find(Key{provider, id, version});
  if (found == state_->by_key.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [](const EventLayout* known) {
    return known->source == LayoutSource::kTrace;
  });
}

bool SchemaSet::add_map(const Guid& provider, ValueMap map) {
  State& state = *state_;
  std::size_t bytes = sizeof(ValueMap) + map.name.size();
  for (const auto& [value, name] : map.entries) bytes += 48 + name.size();
  if (state.bytes + bytes > kMaxBytes) return false;
  const std::pair key(provider, map.name);
  const auto [place, fresh] =
      state.maps.try_emplace(key, std::make_shared<const ValueMap>(std::move(map)));
  if (!fresh) return true;
  state.bytes += bytes;
  if (const auto found = state.waiting.find(key); found != state.waiting.end()) {
    for (Field* const field : found->second) field->map = place->second;
    state.waiting.erase(found);
  }
  return true;
}

const EventLayout* SchemaSet::State::find_own(const Event& event, Bytes block) {
  const OwnView key{event.provider, as_chars(block)};
  if (const auto found = own.find(key); found != own.end()) return &found->second;
  std::optional<EventLayout> layout = parse_trace_logging(block);
  if (!layout) return nullptr;
  layout->provider = event.provider;
  layout->id = event.id;
  layout->version = event.version;
  layout->provider_name = traits_provider_name(event);
  make_names_unique(layout->fields);
  if (own.size() >= kMaxOwnLayouts || own_bytes > kMaxOwnBytes) {
    own.clear();
    own_bytes = 0;
  }
  own_bytes += memory_of(*layout) + block.size();
  return &own.emplace(OwnKey{event.provider, std::string(key.block)}, *std::move(layout))
              .first->second;
}

/// The first source that has one that fits gives the layout: the longest that fits exactly, else
/// the longest that fits. Where none does, the first of the best source.
const EventLayout* SchemaSet::State::best(const Candidates& candidates, const Event& event) {
  if (candidates.size() == 1) return candidates.front();
  const EventLayout* fitting = nullptr;
  bool exact = false;
  for (const EventLayout* const layout : candidates) {
    if (fitting != nullptr && layout->source != fitting->source) break;
    decode_payload(*layout, event, trial);
    if (trial.cut_short() || (exact && !trial.exact())) continue;
    const bool longer = fitting == nullptr || layout->fields.size() > fitting->fields.size();
    if (longer || (trial.exact() && !exact)) fitting = layout;
    exact = exact || trial.exact();
  }
  return fitting == nullptr ? candidates.front() : fitting;
}

const EventLayout* SchemaSet::find(const Event& event) const {
  State& state = *state_;
  if (!event.extended.empty()) {
    const Bytes block = find_extended(event, ExtendedType::kTraceLogging);
    if (!block.empty()) return state.find_own(event, block);
  }
  if (event.kind == RecordKind::kMessage) return nullptr;
  const std::uint16_t id = is_event_header(event.kind) ? event.id : event.opcode;
  const auto found = state.by_key.find(Key{event.provider, id, event.version});
  return found == state.by_key.end() ? nullptr : state.best(found->second, event);
}

const EventLayout* SchemaSet::find(const Guid& provider, std::uint16_t id,
                                   std::uint8_t version) const {
  const auto found = state_->by_key.find(Key{provider, id, version});
  return found == state_->by_key.end() ? nullptr : found->second.front();
}

std::string_view SchemaSet::provider_name(const Guid& provider) const {
  const auto found = state_->provider_names.find(provider);
  return found == state_->provider_names.end() ? std::string_view() : found->second;
}

std::size_t SchemaSet::size() const { return state_->layouts.size(); }

}  // namespace quarry::etl
