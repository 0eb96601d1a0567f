// What consent rows say was granted, a text of its own grammar:
//   [] => [[Id: x, ClientId: x, PrincipalId: x, ResourceId: x, ConsentType: x, Scope:  a b c]];
// with dates behind the scopes in newer rows. Nothing in it is escaped, and it may be cut off.
#pragma once

#include "tools/consent-audit/audit/audit_row.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::consent_audit {

/// More scopes than this in one value are an attack on the reader; the rest is left out and the
/// value counts as truncated.
inline constexpr std::size_t kMaxScopes = 10'000;

struct GrantChange {
  std::vector<Grant> before;
  std::vector<Grant> after;
  bool truncated = false;
};

/// Without an arrow all of it counts as granted. What is missing in a grant is taken from its id.
GrantChange parse_grant_change(std::string_view value);

/// The names in a list of scopes, at any run of blanks. A name written as an address keeps what
/// stands behind its last slash; the address goes to `raw`. False: more than kMaxScopes in
/// `names`.
bool split_scopes(std::string_view text, std::vector<std::string>& names,
                  std::vector<std::string>& raw);

/// Sorts, and drops what occurs twice.
void make_set(std::vector<std::string>& names);
/// Names of the sorted list `from` that the sorted list `without` lacks.
std::vector<std::string> minus(const std::vector<std::string>& from,
                               const std::vector<std::string>& without);

}  // namespace quarry::consent_audit
