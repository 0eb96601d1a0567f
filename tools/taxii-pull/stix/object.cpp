#include "tools/taxii-pull/stix/object.h"

#include "common/base/text.h"
#include "common/value/dynamic.h"
#include "tools/taxii-pull/stix/timestamp.h"

#include <array>

namespace quarry::taxii_pull::stix {
namespace {

constexpr std::size_t kMembers = static_cast<std::size_t>(Member::kCount);

const std::array<std::string, kMembers>& member_names() {
  static const std::array<std::string, kMembers> names{"type",
                                                       "id",
                                                       "created",
                                                       "modified",
                                                       "revoked",
                                                       "name",
                                                       "description",
                                                       "pattern",
                                                       "pattern_type",
                                                       "valid_from",
                                                       "valid_until",
                                                       "indicator_types",
                                                       "labels",
                                                       "kill_chain_phases",
                                                       "confidence",
                                                       "object_marking_refs",
                                                       "created_by_ref",
                                                       "external_references",
                                                       "relationship_type",
                                                       "source_ref",
                                                       "target_ref",
                                                       "definition_type",
                                                       "definition",
                                                       "extensions",
                                                       "lang",
                                                       "x_mitre_deprecated"};
  return names;
}

}  // namespace

ObjectReader::ObjectReader() : parser_(member_names()), decoded_(kMembers) {}

bool ObjectReader::read(std::string_view json) {
  json_ = json;
  if (!parser_.parse(json)) {
    problem_ = parser_.problem().what;
    return false;
  }
  type_ = text(Member::kType);
  id_ = text(Member::kId);
  problem_ = type_.empty() ? "it has no type" : id_.empty() ? "it has no id" : "";
  return problem_.empty();
}

std::string_view ObjectReader::text(Member member) {
  const json::RawValue& raw = value(member);
  if (raw.kind == json::TokenKind::kText) return raw.text();
  if (raw.kind != json::TokenKind::kEscapedText) return {};
  std::string& decoded = decoded_[static_cast<std::size_t>(member)];
  decoded.clear();
  decode_json_string(raw.text(), decoded);
  return decoded;
}

std::optional<Datetime> ObjectReader::instant(Member member) {
  const std::string_view written = text(member);
  return written.empty() ? std::nullopt : parse_timestamp(written);
}

std::optional<std::int64_t> ObjectReader::integer(Member member) const {
  const json::RawValue& raw = value(member);
  return raw.kind == json::TokenKind::kNumber ? text::parse_int64(raw.text()) : std::nullopt;
}

std::vector<std::string> ObjectReader::texts(Member member) const {
  std::vector<std::string> out;
  ArrayCursor cursor(DynamicView(nested(member)));
  std::string scratch;
  for (DynamicView item; cursor.next(item);) {
    if (const auto text = item.as_string(scratch)) out.emplace_back(*text);
  }
  return out;
}

std::string_view ObjectReader::nested(Member member) const {
  const json::RawValue& raw = value(member);
  return raw.kind == json::TokenKind::kNested ? raw.text() : std::string_view();
}

std::string_view ObjectReader::version() {
  const std::string_view modified = text(Member::kModified);
  return modified.empty() ? text(Member::kCreated) : modified;
}

}  // namespace quarry::taxii_pull::stix
