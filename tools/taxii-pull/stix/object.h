// A STIX object as far as rows need it: its wanted members in one pass, without a tree.
#pragma once

#include "common/json/row_parser.h"
#include "common/time/ticks.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::taxii_pull::stix {

enum class Member : std::uint8_t {
  kType,
  kId,
  kCreated,
  kModified,
  kRevoked,
  kName,
  kDescription,
  kPattern,
  kPatternType,
  kValidFrom,
  kValidUntil,
  kIndicatorTypes,
  kLabels,
  kKillChainPhases,
  kConfidence,
  kMarkings,
  kCreatedBy,
  kExternalReferences,
  kRelationshipType,
  kSource,
  kTarget,
  kDefinitionType,
  kDefinition,
  kExtensions,
  kLang,
  kDeprecated,
  kCount,
};

/// Reads objects one after the other; what it tells is about the last one read and points into its
/// text. Not thread-safe.
class ObjectReader {
 public:
  ObjectReader();
  /// `json` is followed by json::kScanPadding readable bytes. False: no object with an id and a
  /// type; see problem().
  bool read(std::string_view json);
  std::string_view problem() const { return problem_; }

  std::string_view json() const { return json_; }
  std::string_view type() const { return type_; }
  std::string_view id() const { return id_; }
  bool has(Member member) const { return !value(member).is_missing(); }
  /// Decoded; "" where it is missing or no text. Valid until the next read().
  std::string_view text(Member member);
  std::optional<Datetime> instant(Member member);
  bool flag(Member member) const { return value(member).kind == json::TokenKind::kTrue; }
  std::optional<std::int64_t> integer(Member member) const;
  /// The texts of a list; others in it are passed over.
  std::vector<std::string> texts(Member member) const;
  /// JSON of a list or object; "" where it is neither.
  std::string_view nested(Member member) const;

  /// modified, else created, as written; "" where it has neither (observables).
  std::string_view version();

 private:
  const json::RawValue& value(Member member) const {
    return parser_.values()[static_cast<std::size_t>(member)];
  }
  json::RowParser parser_;
  std::string_view json_;
  std::string_view type_;
  std::string_view id_;
  std::string_view problem_;
  std::vector<std::string> decoded_;  // by member
};

}  // namespace quarry::taxii_pull::stix
