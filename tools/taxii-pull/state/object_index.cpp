#include "tools/taxii-pull/state/object_index.h"

#include "tools/taxii-pull/stix/timestamp.h"

namespace quarry::taxii_pull {
namespace {

constexpr std::uint64_t kRevoked = std::uint64_t{1} << 63;  // beside the position

std::uint64_t place(const stix::VersionIndex::Entry& entry) { return entry.position & ~kRevoked; }

}  // namespace

std::int64_t ObjectIndex::version_of(stix::ObjectReader& object) {
  const std::string_view written = object.version();
  const auto instant = written.empty() ? std::nullopt : stix::parse_timestamp(written);
  return instant ? instant->ticks : 0;
}

std::uint64_t ObjectIndex::key_of(std::uint64_t id, std::int64_t version) {
  std::uint64_t key = id ^ (static_cast<std::uint64_t>(version) * 0x9E3779B97F4A7C15ULL);
  key ^= key >> 29;
  return key * 0xBF58476D1CE4E5B9ULL;
}

ObjectIndex::Arrival ObjectIndex::judge(stix::ObjectReader& object) {
  const std::uint64_t id = stix::id_hash(object.id());
  const stix::VersionIndex::Entry* const known = newest_.find(id);
  if (known == nullptr) return Arrival::kNew;
  const std::int64_t version = version_of(object);
  if (version == known->version) return Arrival::kDuplicate;
  if (older_.contains(key_of(id, version))) return Arrival::kDuplicate;
  const bool final = (known->position & kRevoked) != 0;
  return version > known->version && !final ? Arrival::kUpdate : Arrival::kOlder;
}

void ObjectIndex::add(stix::ObjectReader& object, Arrival arrival, std::uint64_t position) {
  const std::uint64_t id = stix::id_hash(object.id());
  const std::int64_t version = version_of(object);
  const std::uint64_t mark = object.flag(stix::Member::kRevoked) ? position | kRevoked : position;
  if (arrival == Arrival::kNew) {
    newest_.insert({id, version, mark});
  } else if (arrival == Arrival::kOlder) {
    older_.insert(key_of(id, version));
  } else if (stix::VersionIndex::Entry* const known = newest_.find(id)) {
    older_.insert(key_of(id, known->version));
    std::optional<std::uint64_t> before = place(*known);
    if (*before >= settled_) {  // it never had rows: what it replaced has
      const auto earlier = replaced_.find(*before);
      before = earlier == replaced_.end() ? std::nullopt : std::optional(earlier->second);
    }
    if (before) replaced_[position] = *before;
    *known = {id, version, mark};
  }
}

bool ObjectIndex::is_newest(std::string_view id, std::uint64_t position) {
  const stix::VersionIndex::Entry* const known = newest_.find(stix::id_hash(id));
  return known != nullptr && place(*known) == position;
}

std::optional<std::uint64_t> ObjectIndex::replaced_by(std::uint64_t position) const {
  const auto found = replaced_.find(position);
  return found == replaced_.end() ? std::nullopt : std::optional(found->second);
}

void ObjectIndex::settle(std::uint64_t end) {
  std::erase_if(replaced_, [end](const auto& pair) { return pair.first < end; });
  settled_ = end;
}

bool ObjectIndex::has(std::string_view id, std::string_view version) {
  const std::uint64_t hash = stix::id_hash(id);
  const stix::VersionIndex::Entry* const known = newest_.find(hash);
  if (known == nullptr) return false;
  const auto instant = stix::parse_timestamp(version);
  if (!instant || instant->ticks == known->version || known->version == 0) return true;
  return older_.contains(key_of(hash, instant->ticks));
}

}  // namespace quarry::taxii_pull
