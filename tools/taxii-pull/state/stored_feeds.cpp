#include "tools/taxii-pull/state/stored_feeds.h"

#include "common/time/format.h"
#include "tools/taxii-pull/state/known_feeds.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::taxii_pull {
namespace {

constexpr std::uint64_t kRevoked = std::uint64_t{1} << 63;  // beside the number of the collection

bool has_anything(const Checkpoint& feed) { return feed.pulled || feed.objects > 0; }

Error never_pulled(const std::string& name, const std::string& problem) {
  return Error(
      ErrorCode::kData,
      fmt::format("nothing was ever pulled from {}{}", name, problem.empty() ? "" : ": " + problem),
      "'taxii-pull state' lists what was; what is not to be pulled any more is forgotten with "
      "'taxii-pull state --reset NAME'");
}

/// Says what is missing of a collection.
void report_gaps(const Checkpoint& feed, Diagnostics& diagnostics) {
  if (!has_anything(feed)) {
    diagnostics.add(never_pulled(shown_name(feed), feed.problem), DiagnosticClass::kData);
  } else if (!feed.pulled) {
    diagnostics.add(
        Error(ErrorCode::kData,
              fmt::format("{}: no pull of it has come to its end yet{}", shown_name(feed),
                          feed.problem.empty() ? "" : ": " + feed.problem),
              "objects are missing; pull again"),
        DiagnosticClass::kData);
  } else if (!feed.problem.empty()) {
    Diagnostic warning;
    warning.level = Level::kWarning;
    warning.message =
        fmt::format("{}: the last pull failed ({}); this is as of {}", shown_name(feed),
                    feed.problem, to_string(*feed.pulled).substr(0, 19) + "Z");
    diagnostics.add(std::move(warning));
  }
}

}  // namespace

Result<std::vector<Checkpoint>> chosen_feeds(cli::Invocation& invocation) {
  QUARRY_TRY(const std::string states, states_folder(invocation.environment()));
  KnownFeeds known = known_feeds(states);
  for (const Error& error : known.errors) return fail(error);
  const auto names = invocation.arguments();
  for (const std::string& name : names) {
    const Checkpoint* found = nullptr;
    for (const Checkpoint& feed : known.feeds) {
      if (is_called(feed, name) && (found == nullptr || has_anything(feed))) found = &feed;
    }
    if (found == nullptr)
      return fail(ErrorCode::kData, fmt::format("nothing was ever pulled from {}", name),
                  did_you_mean_state(known.feeds, name));
    if (!has_anything(*found)) return fail(never_pulled(name, found->problem));
  }
  std::vector<Checkpoint>& feeds = known.feeds;
  if (!names.empty()) {
    std::erase_if(feeds, [&](const Checkpoint& feed) {
      return std::ranges::none_of(
          names, [&feed](const std::string& name) { return is_called(feed, name); });
    });
  }
  if (std::ranges::none_of(feeds, has_anything))
    return fail(ErrorCode::kData, "nothing has been pulled that this could be about",
                "'taxii-pull state' lists what has");
  for (const Checkpoint& feed : feeds) report_gaps(feed, invocation.diagnostics());
  std::erase_if(feeds, [](const Checkpoint& feed) { return !has_anything(feed); });
  std::ranges::stable_sort(feeds, {},
                           [](const Checkpoint& feed) { return feed.pulled.value_or(Datetime{}); });
  return std::move(feeds);
}

Result<void> NewestAmong::add(FeedStore& store) {
  const std::uint64_t number = added_++;
  return store.for_each_newest([&](stix::ObjectReader& object) -> Result<void> {
    const std::uint64_t id = stix::id_hash(object.id());
    const std::int64_t version = ObjectIndex::version_of(object);
    const std::uint64_t revoked = object.flag(stix::Member::kRevoked) ? kRevoked : 0;
    stix::VersionIndex::Entry* const known = index_.find(id);
    if (known == nullptr) {
      index_.insert({id, version, number | revoked});
      return ok();
    }
    const std::uint64_t final = known->position & kRevoked;
    if (revoked == final ? version >= known->version : revoked > final)
      *known = {id, version, number | revoked};
    return ok();
  });
}

bool NewestAmong::is_in(stix::ObjectReader& object, std::size_t number) {
  const stix::VersionIndex::Entry* const known = index_.find(stix::id_hash(object.id()));
  return known != nullptr && (known->position & ~kRevoked) == number;
}

Result<void> StoredFeed::for_each_newest(
    const std::function<Result<void>(stix::ObjectReader&)>& visit) {
  return store_.for_each_newest([&](stix::ObjectReader& object) -> Result<void> {
    return among_ == nullptr || among_->is_in(object, number_) ? visit(object) : ok();
  });
}

Result<void> for_each_feed(cli::Invocation& invocation,
                           const std::function<Result<void>(StoredFeed& feed)>& work) {
  QUARRY_TRY(const std::vector<Checkpoint> feeds, chosen_feeds(invocation));
  QUARRY_TRY(const std::string states, states_folder(invocation.environment()));
  const auto open = [&states](const Checkpoint& feed) {
    return FeedStore::open(states, feed.feed, LockedFile::Wait::kForLock);
  };
  NewestAmong among;
  for (const Checkpoint& feed : feeds) {
    if (feeds.size() == 1) break;
    QUARRY_TRY(const auto store, open(feed));
    QUARRY_CHECK(among.add(*store));
  }
  for (std::size_t i = 0; i < feeds.size(); ++i) {
    QUARRY_TRY(const auto store, open(feeds[i]));
    StoredFeed stored(*store, feeds.size() == 1 ? nullptr : &among, i);
    QUARRY_CHECK(work(stored));
  }
  return ok();
}

}  // namespace quarry::taxii_pull
