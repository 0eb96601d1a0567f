// What each object of an answer becomes in the tenant, by the members that tell it apart.
#pragma once

#include "common/json/document.h"
#include "tools/consent-audit/tenant/answer_ledger.h"
#include "tools/consent-audit/tenant/tenant.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarry::consent_audit {

struct AnswerReader {
  std::vector<std::string_view> keys;  // all of them are there
  AnswerKind kind;
  void (*add)(Tenant& tenant, const json::Node& object, const std::string& source);
};

/// The first that fits counts.
const std::vector<AnswerReader>& answer_readers();

/// A member's text, in lower case; "" where there is none.
std::string id_text(const json::Node& object, std::string_view key);

}  // namespace quarry::consent_audit
