// The rows that matter, kept small until all are read: about 130 bytes each, texts once.
#pragma once

#include "common/value/guid.h"
#include "tools/consent-audit/audit/audit_input.h"
#include "tools/consent-audit/findings/interner.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::consent_audit {

/// A row as it is kept. Lists of names are one text, separated by newlines.
struct Event {
  Guid correlation{};     // zero: none
  std::int64_t time = 0;  // ticks; 0: unknown
  std::uint64_t line = 0;
  std::uint64_t row_hash = 0;  // of the row's id; 0: it has none
  std::uint32_t input = 0;
  Interner::Id app_id = 0;
  Interner::Id app_name = 0;
  Interner::Id sp_id = 0;
  Interner::Id user = 0;
  Interner::Id actor = 0;
  Interner::Id subject = 0;
  Interner::Id ip = 0;
  Interner::Id user_agent = 0;
  Interner::Id reason = 0;
  Interner::Id failure = 0;
  Interner::Id resource_app_id = 0;
  Interner::Id resources = 0;
  Interner::Id scopes = 0;
  Interner::Id added = 0;
  Interner::Id removed = 0;
  Interner::Id roles = 0;  // "id value"
  Interner::Id reply_urls = 0;
  Interner::Id changes = 0;  // name, before, after, each a line
  Kind kind = Kind::kOther;
  Shape shape = Shape::kGraph;
  bool success = true;
  bool by_app = false;
  bool admin = false;
  bool app_only = false;
  bool tenant_wide = false;
  bool truncated = false;
};

/// A session that the service found risky.
struct SignInEvent {
  std::int64_t time = 0;
  std::uint64_t line = 0;
  std::uint32_t input = 0;
  Interner::Id user = 0;  // in lower case
  Interner::Id ip = 0;
  Interner::Id risk = 0;
};

class EventStore {
 public:
  /// Rows that matter and risky sign-ins; others are let go.
  void add(const PlacedRow& placed);

  /// Texts stay.
  void clear() { events_.clear(); }
  const std::vector<SignInEvent>& sign_ins() const { return sign_ins_; }

  std::size_t size() const { return events_.size(); }
  const Event& operator[](std::size_t i) const { return events_[i]; }
  std::string_view text(Interner::Id id) const { return texts_.text(id); }
  std::vector<std::string_view> lines(Interner::Id id) const;

 private:
  Guid correlation_of(const std::string& text);

  void add_sign_in(const PlacedRow& placed);

  std::deque<Event> events_;
  std::vector<SignInEvent> sign_ins_;
  Interner texts_;
};

}  // namespace quarry::consent_audit
