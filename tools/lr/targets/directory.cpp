#include "tools/lr/targets/directory.h"

#include "common/base/text.h"
#include "common/net/paging.h"
#include "common/services/live_response/refusal.h"

#include <algorithm>
#include <set>
#include <utility>

namespace quarry::lr {
namespace {

constexpr std::string_view kPermission = "Machine.Read.All";

Result<std::vector<Machine>> read_pages(net::Http& http, net::Request request,
                                        std::string_view what) {
  std::vector<Machine> machines;
  net::Pager pager(std::move(request),
                   {.style = net::PageStyle::kSkip, .page_size = live_response::kPageSize});
  std::optional<net::Request> next = pager.first();
  while (next) {
    QUARRY_TRY(const net::Response page, http.call(*std::move(next)));
    if (page.status == 404) break;
    if (!page.is_success()) return fail(live_response::explain(page, what, kPermission));
    QUARRY_TRY(std::vector<Machine> some, live_response::parse_machines(page.body));
    const std::size_t rows = some.size();
    std::move(some.begin(), some.end(), std::back_inserter(machines));
    QUARRY_TRY(next, pager.next(page, rows));
  }
  return machines;
}

bool is_onboarded(const Machine& machine) {
  return machine.onboarding.empty() || text::iequals_ascii(machine.onboarding, "onboarded");
}

}  // namespace

Result<std::vector<Machine>> list_machines(net::Http& http, const Api& api,
                                           const std::string& filter) {
  return read_pages(http, api.machines(filter), "list machines");
}

Result<std::vector<Machine>> machines_with_tag(net::Http& http, const Api& api,
                                               const std::string& tag) {
  return read_pages(http, api.machines_by_tag(tag), "find machines by tag");
}

Directory::Directory(std::vector<Machine> machines) : machines_(std::move(machines)) {
  for (std::size_t i = 0; i < machines_.size(); ++i) {
    const Machine& machine = machines_[i];
    const std::string name = text::lower_ascii(machine.name);
    std::set<std::string> words{machine.id, name, name.substr(0, name.find('.')), machine.last_ip};
    words.insert(machine.addresses.begin(), machine.addresses.end());
    for (const std::string& word : words) {
      if (!word.empty()) by_word_.emplace(word, i);
    }
  }
}

std::vector<const Machine*> Directory::find(std::string_view id_name_or_ip) const {
  std::vector<const Machine*> found;
  const auto [first, last] = by_word_.equal_range(text::lower_ascii(id_name_or_ip));
  for (auto at = first; at != last; ++at) found.push_back(&machines_[at->second]);
  std::sort(found.begin(), found.end(), [](const Machine* a, const Machine* b) {
    if (is_onboarded(*a) != is_onboarded(*b)) return is_onboarded(*a);
    return a->last_seen > b->last_seen;
  });
  return found;
}

}  // namespace quarry::lr
