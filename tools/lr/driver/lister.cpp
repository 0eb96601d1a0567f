#include "tools/lr/driver/lister.h"

#include "common/services/live_response/refusal.h"

#include <memory>
#include <string_view>
#include <utility>

namespace quarry::lr {
namespace {

template <class Item>
struct Listing {
  net::Http& http;
  net::Pager pager;
  Result<std::vector<Item>> (*parse)(std::string_view body);
  std::string_view what;
  std::function<void(Result<std::vector<Item>>)> done;
  std::vector<Item> items = {};
};

template <class Item>
Result<std::optional<net::Request>> take(Listing<Item>& listing, const net::Outcome& outcome) {
  if (!outcome.result) return fail(outcome.result.error());
  const net::Response& page = *outcome.result;
  if (page.status == 404) return std::optional<net::Request>();
  if (!page.is_success())
    return fail(live_response::explain(page, listing.what, "Machine.Read.All"));
  QUARRY_TRY(auto items, listing.parse(page.body));
  const std::size_t rows = items.size();
  std::move(items.begin(), items.end(), std::back_inserter(listing.items));
  return listing.pager.next(page, rows);
}

template <class Item>
void ask(const std::shared_ptr<Listing<Item>>& listing, net::Request request) {
  listing->http.start(std::move(request), [listing](const net::Outcome& outcome) {
    Result<std::optional<net::Request>> next = take(*listing, outcome);
    if (!next) return listing->done(fail(next.error()));
    if (*next) return ask(listing, **std::move(next));
    listing->done(std::move(listing->items));
  });
}

net::Pager pager_of(net::Request request) {
  return net::Pager(std::move(request),
                    {.style = net::PageStyle::kSkip, .page_size = live_response::kPageSize});
}

}  // namespace

void start_listing(net::Http& http, const live_response::Api& api, const std::string& since,
                   std::function<void(ActionList)> done) {
  const auto listing =
      std::make_shared<Listing<live_response::MachineAction>>(Listing<live_response::MachineAction>{
          http, pager_of(api.actions("type eq 'LiveResponse' and creationDateTimeUtc ge " + since)),
          live_response::parse_actions, "list machine actions", std::move(done)});
  ask(listing, listing->pager.first());
}

void start_looking(net::Http& http, const live_response::Api& api, const std::string& since,
                   std::function<void(MachineList)> done) {
  const auto listing =
      std::make_shared<Listing<live_response::Machine>>(Listing<live_response::Machine>{
          http, pager_of(api.machines("lastSeen ge " + since)), live_response::parse_machines,
          "list machines", std::move(done)});
  ask(listing, listing->pager.first());
}

}  // namespace quarry::lr
