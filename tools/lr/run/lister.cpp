#include "tools/lr/run/lister.h"

#include "common/services/live_response/refusal.h"

#include <memory>
#include <utility>

namespace quarry::lr {
namespace {

struct Listing {
  net::Http& http;
  net::Pager pager;
  std::vector<live_response::MachineAction> actions = {};
  std::function<void(ActionList)> done;
};

Result<std::optional<net::Request>> take(Listing& listing, const net::Outcome& outcome) {
  if (!outcome.result) return fail(outcome.result.error());
  const net::Response& page = *outcome.result;
  if (page.status == 404) return std::optional<net::Request>();
  if (!page.is_success())
    return fail(live_response::explain(page, "list machine actions", "Machine.Read.All"));
  QUARRY_TRY(auto actions, live_response::parse_actions(page.body));
  const std::size_t rows = actions.size();
  std::move(actions.begin(), actions.end(), std::back_inserter(listing.actions));
  return listing.pager.next(page, rows);
}

void ask(const std::shared_ptr<Listing>& listing, net::Request request) {
  listing->http.start(std::move(request), [listing](const net::Outcome& outcome) {
    Result<std::optional<net::Request>> next = take(*listing, outcome);
    if (!next) return listing->done(fail(next.error()));
    if (*next) return ask(listing, **std::move(next));
    listing->done(std::move(listing->actions));
  });
}

}  // namespace

void start_listing(net::Http& http, const live_response::Api& api, const std::string& since,
                   std::function<void(ActionList)> done) {
  net::Pager pager(api.actions("type eq 'LiveResponse' and creationDateTimeUtc ge " + since),
                   {.style = net::PageStyle::kSkip, .page_size = live_response::kPageSize});
  net::Request first = pager.first();
  ask(std::make_shared<Listing>(Listing{http, std::move(pager), {}, std::move(done)}),
      std::move(first));
}

}  // namespace quarry::lr
