#include "tools/consent-audit/audit/text/grant_id.h"

#include "common/base/base64.h"
#include "common/value/guid.h"

#include <algorithm>
#include <array>

namespace quarry::consent_audit {
namespace {

constexpr std::size_t kGuidSize = 16;
/// Where each printed byte stands in the raw form: the first three groups are little-endian.
constexpr std::array<std::uint8_t, kGuidSize> kOrder{3, 2, 1,  0,  5,  4,  7,  6,
                                                     8, 9, 10, 11, 12, 13, 14, 15};

std::string guid_text(std::string_view raw) {
  Guid guid;
  for (std::size_t i = 0; i < kGuidSize; ++i)
    guid.bytes[i] = static_cast<std::uint8_t>(raw[kOrder[i]]);
  if (guid == Guid{}) return {};
  std::string text;
  append_guid(text, guid);
  return text;
}

bool append_raw(std::string& raw, std::string_view text) {
  const std::optional<Guid> guid = text.empty() ? Guid{} : parse_guid(text);
  if (!guid) return false;
  std::array<char, kGuidSize> bytes{};
  for (std::size_t i = 0; i < kGuidSize; ++i) bytes[kOrder[i]] = static_cast<char>(guid->bytes[i]);
  raw.append(bytes.data(), bytes.size());
  return true;
}

}  // namespace

std::optional<GrantParts> decode_grant_id(std::string_view id) {
  if (id.size() != 43 && id.size() != 64) return std::nullopt;
  const std::optional<std::string> raw = decode_base64(id);
  if (!raw || (raw->size() != 2 * kGuidSize && raw->size() != 3 * kGuidSize)) return std::nullopt;
  const std::string_view bytes = *raw;
  GrantParts parts{.client_id = guid_text(bytes.substr(0, kGuidSize)),
                   .resource_id = guid_text(bytes.substr(kGuidSize, kGuidSize)),
                   .principal_id = {}};
  if (bytes.size() > 2 * kGuidSize) parts.principal_id = guid_text(bytes.substr(2 * kGuidSize));
  return parts;
}

std::string encode_grant_id(const GrantParts& parts) {
  std::string raw;
  if (!append_raw(raw, parts.client_id) || !append_raw(raw, parts.resource_id)) return {};
  if (!parts.principal_id.empty() && !append_raw(raw, parts.principal_id)) return {};
  return base64_url(raw);
}

}  // namespace quarry::consent_audit
