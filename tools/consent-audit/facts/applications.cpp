#include "tools/consent-audit/facts/applications.h"

#include "common/base/text.h"

#include <algorithm>

namespace quarry::consent_audit {
namespace {

constexpr FirstPartyApp kFirstParty[]{
#define F(guid, text, shares) {guid, text, shares},
#include "tools/consent-audit/facts/first_party.def"
#undef F
};

using enum Repute;
constexpr RogueApp kRogue[]{
#define ROGUE(guid, text, repute, group, sure, reason) {guid, text, repute, group, sure, reason},
#include "tools/consent-audit/facts/rogue_apps.def"
#undef ROGUE
};

/// Microsoft Services, and Microsoft itself.
constexpr std::string_view kMicrosoftTenants[]{"f8cdef31-a31e-4b4a-93e4-5f571e91255a",
                                               "72f988bf-86f1-41af-91ab-2d7cd011db47"};

template <class App>
const App* find(std::span<const App> apps, std::string_view id) {
  const auto found =
      std::lower_bound(apps.begin(), apps.end(), id,
                       [](const App& app, std::string_view key) { return app.id < key; });
  return found != apps.end() && found->id == id ? &*found : nullptr;
}

}  // namespace

std::span<const FirstPartyApp> first_party_apps() { return kFirstParty; }
std::span<const RogueApp> rogue_apps() { return kRogue; }

const FirstPartyApp* find_first_party(std::string_view id) { return find(first_party_apps(), id); }
const RogueApp* find_rogue(std::string_view id) { return find(rogue_apps(), id); }

const RogueApp* find_rogue_named(std::string_view name) {
  for (const RogueApp& app : kRogue)
    if (text::iequals_ascii(app.name, name)) return &app;
  return nullptr;
}

bool is_microsoft_tenant(std::string_view tenant_id) {
  return std::find(std::begin(kMicrosoftTenants), std::end(kMicrosoftTenants), tenant_id) !=
         std::end(kMicrosoftTenants);
}

}  // namespace quarry::consent_audit
