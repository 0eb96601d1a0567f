#include "tools/consent-audit/findings/event_store.h"

#include "common/base/text.h"

#include <algorithm>
#include <functional>

namespace quarry::consent_audit {
namespace {

/// Newlines separate, so they cannot be part of a text.
void append_line(std::string& out, std::string_view text) {
  const std::size_t start = out.size();
  out += text;
  std::replace(out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), '\n', ' ');
  out += '\n';
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) append_line(out, text);
  return out;
}

std::string joined(const std::vector<AppRole>& roles) {
  std::string out;
  for (const AppRole& role : roles) append_line(out, role.id + " " + role.value);
  return out;
}

std::string joined(const std::vector<Change>& changes) {
  std::string out;
  for (const Change& change : changes) {
    append_line(out, change.name);
    append_line(out, change.before);
    append_line(out, change.after);
  }
  return out;
}

bool is_for_all(const std::string& consent_type) {
  return text::iequals_ascii(consent_type, "AllPrincipals");
}

}  // namespace

/// Ids that are no GUID are turned into one.
Guid EventStore::correlation_of(const std::string& text) {
  if (text.empty()) return {};
  if (const auto guid = parse_guid(text)) return *guid;
  Guid made;
  made.bytes[0] = 1;
  const Interner::Id id = texts_.add(text);
  for (std::size_t i = 0; i < sizeof id; ++i)
    made.bytes[15 - i] = static_cast<std::uint8_t>(id >> (8 * i));
  return made;
}

void EventStore::add_sign_in(const PlacedRow& placed) {
  const AuditRow& row = placed.row;
  if (row.sign_in_risk.empty() || row.user.empty() || !row.time) return;
  sign_ins_.push_back({.time = row.time->ticks,
                       .line = placed.place.line,
                       .input = placed.place.input,
                       .user = texts_.add(text::lower_ascii(row.user)),
                       .ip = texts_.add(row.ip),
                       .risk = texts_.add(row.sign_in_risk)});
}

void EventStore::add(const PlacedRow& placed) {
  const AuditRow& row = placed.row;
  if (row.kind == Kind::kSignIn) return add_sign_in(placed);
  if (!matters(row.kind)) return;
  Event event;
  event.correlation = correlation_of(row.correlation_id);
  event.time = row.time ? row.time->ticks : 0;
  event.line = placed.place.line;
  event.input = placed.place.input;
  event.row_hash = row.row_id.empty() ? 0 : std::hash<std::string>()(row.row_id) | 1;
  event.app_id = texts_.add(row.app_id);
  event.app_name = texts_.add(row.app_name);
  event.sp_id = texts_.add(row.sp_id);
  event.user = texts_.add(row.user);
  event.actor = texts_.add(row.actor);
  event.subject = texts_.add(row.subject);
  event.ip = texts_.add(row.ip);
  event.user_agent = texts_.add(row.user_agent);
  event.reason = texts_.add(row.blocked_reason);
  event.failure = texts_.add(row.failure);
  event.resource_app_id = texts_.add(row.resource_app_id);
  event.resources = texts_.add(joined(row.resource_ids));
  event.scopes = texts_.add(joined(row.scopes));
  event.added = texts_.add(joined(row.added_scopes));
  event.removed = texts_.add(joined(row.removed_scopes));
  event.roles = texts_.add(joined(row.roles));
  event.reply_urls = texts_.add(joined(row.reply_urls));
  event.changes = texts_.add(joined(row.changes));
  event.kind = row.kind;
  event.shape = row.shape;
  event.success = row.success;
  event.by_app = row.by_app;
  event.admin = row.admin.value_or(false);
  event.app_only = row.app_only.value_or(false);
  event.tenant_wide = row.on_behalf_of_all.value_or(false) ||
                      std::any_of(row.consent_types.begin(), row.consent_types.end(), is_for_all);
  event.truncated = row.truncated;
  events_.push_back(event);
}

std::vector<std::string_view> EventStore::lines(Interner::Id id) const {
  std::vector<std::string_view> lines = text::split(texts_.text(id), '\n');
  lines.pop_back();
  return lines;
}

}  // namespace quarry::consent_audit
