#include "tools/consent-audit/findings/finding_builder.h"

#include "common/base/digest.h"
#include "common/base/text.h"
#include "tools/consent-audit/audit/text/grant_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace quarry::consent_audit {
namespace {

constexpr std::size_t kIdSize = 12;
constexpr std::size_t kBurstPlaces = 10;

bool gives_scopes(Kind kind) {
  return kind == Kind::kConsent || kind == Kind::kDelegatedGrant ||
         kind == Kind::kDelegatedGrantChange;
}

/// Which row speaks for the group: the smaller, the better.
int rank(Kind kind) {
  constexpr Kind kOrder[]{Kind::kConsent,        Kind::kAppRoleGrant,
                          Kind::kDelegatedGrant, Kind::kDelegatedGrantChange,
                          Kind::kPolicyChange,   Kind::kCredential,
                          Kind::kSpCreated,      Kind::kSpUpdated,
                          Kind::kAppRoleRemoved, Kind::kSpRemoved};
  return static_cast<int>(std::find(std::begin(kOrder), std::end(kOrder), kind) -
                          std::begin(kOrder));
}

std::string_view kind_of(Kind kind) {
  switch (kind) {
    case Kind::kConsent:
      return "consent";
    case Kind::kAppRoleGrant:
      return "app_role";
    case Kind::kDelegatedGrant:
    case Kind::kDelegatedGrantChange:
      return "grant";
    case Kind::kPolicyChange:
      return "policy";
    case Kind::kCredential:
      return "credential";
    case Kind::kSpCreated:
    case Kind::kSpUpdated:
      return "service_principal";
    case Kind::kAppRoleRemoved:
    case Kind::kSpRemoved:
      return "removal";
    default:
      return "assignment";
  }
}

/// Shapes tell the time of one row in seconds or finer: within a second the finer one is better.
auto preference(const Event& event) {
  return std::tuple(rank(event.kind), !event.success, event.time / kTicksPerSecond,
                    -(event.time % kTicksPerSecond));
}

void append(std::vector<std::string>& to, const std::vector<std::string_view>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// The name of a role, or its id where it has none.
std::string_view role_name(std::string_view line) {
  const std::size_t blank = line.find(' ');
  return blank + 1 < line.size() ? line.substr(blank + 1) : line.substr(0, blank);
}

}  // namespace

FindingBuilder::FindingBuilder(const EventStore& store, const AppIndex* apps,
                               const SignInIndex* sign_ins,
                               const std::vector<std::string>& input_names,
                               const RiskSettings& settings)
    : store_(store),
      apps_(apps),
      sign_ins_(sign_ins),
      input_names_(input_names),
      settings_(settings) {}

std::string FindingBuilder::place(const Event& event) const {
  return fmt::format("{}:{}", input_names_[event.input], event.line);
}

Finding FindingBuilder::build(std::span<const std::uint32_t> events) const {
  const Event& main = event(*std::min_element(events.begin(), events.end(), [this](auto a, auto b) {
    return preference(event(a)) < preference(event(b));
  }));
  Finding finding;
  finding.kind = kind_of(main.kind);
  if (main.time != 0) finding.time = Datetime{main.time};
  finding.by_app = main.by_app;
  finding.user = text(main.user);
  finding.actor = text(main.actor);
  finding.ip = text(main.ip);
  finding.user_agent = text(main.user_agent);
  finding.source = name_of(main.shape);
  if (main.correlation != Guid{}) append_guid(finding.correlation_id, main.correlation);
  name_app(main, events, finding);
  collect(events, finding);
  finding.id =
      hex_digest(DigestKind::kSha256, fmt::format("{}\n{}\n{}\n{}\n{}", finding.correlation_id,
                                                  finding.app_id, finding.sp_id, finding.actor,
                                                  finding.correlation_id.empty() ? main.time : 0))
          .substr(0, kIdSize);
  finding.verdict = judge(subject_of(events, main, finding), settings_);
  return finding;
}

/// From the row that speaks, else from the others of the group, else from any row of the log.
void FindingBuilder::name_app(const Event& main, std::span<const std::uint32_t> events,
                              Finding& finding) const {
  Interner::Id app_id = main.app_id;
  Interner::Id name = main.app_name;
  Interner::Id sp_id = main.sp_id;
  for (const std::uint32_t number : events) {
    const Event& other = event(number);
    if (main.kind == Kind::kPolicyChange) break;
    if (sp_id == 0) sp_id = other.sp_id;
    if (other.sp_id != sp_id) continue;
    if (app_id == 0) app_id = other.app_id;
    if (name == 0) name = other.app_name;
  }
  if (apps_ != nullptr && sp_id != 0) {
    const AppIndex::Identity identity = apps_->of_service_principal(sp_id);
    if (app_id == 0) app_id = identity.app_id;
    if (name == 0) name = identity.app_name;
  }
  finding.app_id = text(app_id);
  finding.app_name = text(name);
  finding.sp_id = text(sp_id);
}

void FindingBuilder::collect(std::span<const std::uint32_t> events, Finding& finding) const {
  for (const std::uint32_t number : events) {
    const Event& row = event(number);
    finding.rows.push_back(place(row));
    finding.admin |= row.admin;
    finding.truncated |= row.truncated;
    if (finding.blocked_reason.empty()) finding.blocked_reason = text(row.reason);
    if (finding.failure.empty()) finding.failure = text(row.failure);
    append(finding.reply_urls, store_.lines(row.reply_urls));
    if (!row.success) continue;
    finding.success = true;
    if (row.kind == Kind::kUserAssignment && row.subject != 0)
      finding.assigned_users.push_back(text(row.subject));
    if (!gives_scopes(row.kind) && row.kind != Kind::kAppRoleGrant) continue;
    finding.tenant_wide = finding.tenant_wide.value_or(false) || row.tenant_wide;
    append(finding.added_scopes, store_.lines(row.added));
    append(finding.removed_scopes, store_.lines(row.removed));
    for (const std::string_view role : store_.lines(row.roles))
      if (row.kind == Kind::kAppRoleGrant) finding.app_roles.emplace_back(role_name(role));
    for (const std::string_view resource : store_.lines(row.resources)) {
      const Interner::Id api = row.resource_app_id != 0 ? row.resource_app_id
                               : apps_ != nullptr       ? apps_->api_of(resource)
                                                        : 0;
      finding.resources.emplace_back(api != 0 ? store_.text(api) : resource);
    }
  }
  for (auto* list : {&finding.added_scopes, &finding.removed_scopes, &finding.app_roles,
                     &finding.resources, &finding.reply_urls, &finding.assigned_users})
    make_set(*list);
  finding.granted = !finding.added_scopes.empty() || !finding.app_roles.empty();
}

/// What the row leaves the application with, not only what it added: scopes add up.
void FindingBuilder::add_permissions(const Event& row, Subject& subject) const {
  const std::string_view api = store_.text(row.resource_app_id);
  const std::string evidence = place(row);
  const auto add = [&](std::string_view value, PermissionType type, std::string_view role_id) {
    for (HeldPermission& held : subject.permissions) {
      if (held.value != value || held.type != type) continue;
      const Judgement again = settings_.book.judge(api, type, value, role_id);
      if (again.tier > held.judgement.tier) held.judgement = again;
      held.tenant_wide |= row.tenant_wide;
      return;
    }
    subject.permissions.push_back({.value = std::string(value),
                                   .type = type,
                                   .judgement = settings_.book.judge(api, type, value, role_id),
                                   .tenant_wide = row.tenant_wide,
                                   .evidence = evidence});
  };
  if (gives_scopes(row.kind) && (row.kind == Kind::kConsent || row.added != 0))
    for (const std::string_view scope : store_.lines(row.scopes))
      add(scope, PermissionType::kDelegated, {});
  if (row.kind != Kind::kAppRoleGrant) return;
  for (const std::string_view role : store_.lines(row.roles))
    add(role_name(role), PermissionType::kApplication, role.substr(0, role.find(' ')));
}

void FindingBuilder::add_changes(const Event& row, Subject& subject) const {
  const std::vector<std::string_view> lines = store_.lines(row.changes);
  for (std::size_t i = 0; i + 2 < lines.size(); i += 3) {
    if (row.kind == Kind::kPolicyChange)
      subject.policy_changes.push_back(
          {std::string(lines[i]), std::string(lines[i + 1]), std::string(lines[i + 2])});
    if (row.kind != Kind::kSpUpdated || lines[i] != "AccountEnabled") continue;
    const auto is = [](std::string_view value, std::string_view word) {
      return text::lower_ascii(value).find(word) != std::string::npos;
    };
    subject.sign_in_unblocked |= is(lines[i + 1], "false") && is(lines[i + 2], "true");
  }
}

Subject FindingBuilder::subject_of(std::span<const std::uint32_t> events, const Event& main,
                                   const Finding& finding) const {
  Subject subject{.app_id = finding.app_id,
                  .app_name = finding.app_name,
                  .user = finding.user,
                  .places = finding.rows,
                  .time = finding.time,
                  .tenant_wide = finding.tenant_wide.value_or(false),
                  .by_app = finding.by_app,
                  .admin = finding.admin,
                  .blocked_reason = finding.blocked_reason,
                  .reply_urls = finding.reply_urls};
  bool failed = false;
  for (const std::uint32_t number : events) {
    const Event& row = event(number);
    const bool gives = gives_scopes(row.kind) || row.kind == Kind::kAppRoleGrant;
    subject.has_consent |= row.kind == Kind::kConsent;
    if (!row.success) {
      failed |= gives;
      continue;
    }
    subject.app_only |= row.app_only;
    subject.credential_added |= row.kind == Kind::kCredential;
    add_permissions(row, subject);
    add_changes(row, subject);
  }
  subject.granted = !subject.permissions.empty() || (subject.app_only && subject.has_consent);
  if (failed && !subject.granted) {
    subject.attempted = true;
    for (const std::uint32_t number : events) add_permissions(event(number), subject);
  }
  if (subject.has_consent) subject.hidden_roles = finding.app_roles.size();
  if (apps_ != nullptr && subject.granted) add_history(main, subject);
  if (sign_ins_ != nullptr) add_sign_in(main, subject);
  return subject;
}

void FindingBuilder::add_sign_in(const Event& main, Subject& subject) const {
  const SignInEvent* const found = sign_ins_->find(store_.text(main.user), main.time);
  if (found == nullptr) return;
  subject.risky_sign_in = {.risk = text(found->risk),
                           .ip = text(found->ip),
                           .place = fmt::format("{}:{}", input_names_[found->input], found->line),
                           .minutes = (main.time - found->time) / (60 * kTicksPerSecond)};
}

void FindingBuilder::add_history(const Event& main, Subject& subject) const {
  const AppIndex::Application* const app = apps_->find(main);
  if (app == nullptr) return;
  AppHistory history{.burst_users = app->burst_users};
  for (std::uint32_t i = 0; i < std::min<std::size_t>(app->burst_count, kBurstPlaces); ++i)
    history.burst_places.push_back(place(event(app->consents[app->burst_first + i])));
  history.users = app->users;
  history.log_start = Datetime{apps_->log_start()};
  if (!app->consents.empty() && event(app->consents.front()).time != 0)
    history.first_consent = Datetime{event(app->consents.front()).time};
  if (app->created != AppIndex::kNone && event(app->created).time != 0) {
    history.created = Datetime{event(app->created).time};
    history.created_place = place(event(app->created));
    for (const std::string_view url : store_.lines(event(app->created).reply_urls))
      if (std::find(subject.reply_urls.begin(), subject.reply_urls.end(), url) ==
          subject.reply_urls.end())
        subject.reply_urls.emplace_back(url);
  }
  for (const std::uint32_t number : app->credentials) {
    const Event& credential = event(number);
    if (credential.time < main.time) continue;
    if (history.credentials_after.size() == kBurstPlaces) break;
    history.credentials_by_other |= credential.actor != main.actor;
    history.credentials_after.push_back(place(credential));
  }
  subject.history = std::move(history);
}

}  // namespace quarry::consent_audit
