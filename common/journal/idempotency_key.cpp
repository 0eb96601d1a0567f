#include "common/journal/idempotency_key.h"

#include "common/base/digest.h"

#include <fmt/format.h>

namespace quarry::journal {

std::string idempotency_key(std::string_view tenant, std::string_view action,
                            std::string_view target, std::string_view parameters) {
  std::string text;
  for (const std::string_view part : {tenant, action, target, parameters})
    text += fmt::format("{}:{}\n", part.size(), part);
  return hex_digest(DigestKind::kSha256, text);
}

}  // namespace quarry::journal
