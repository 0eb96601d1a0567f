#include "tools/taxii-pull/rows/converter.h"

#include "common/base/text.h"
#include "common/time/parse.h"
#include "tools/taxii-pull/pattern/parser.h"
#include "tools/taxii-pull/stix/timestamp.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

namespace quarry::taxii_pull {
namespace {

using C = LegacyColumn;

constexpr std::size_t at(C column) { return static_cast<std::size_t>(column); }
constexpr std::size_t at(StixColumn column) { return static_cast<std::size_t>(column); }
constexpr std::size_t at(ObjectColumn column) { return static_cast<std::size_t>(column); }

/// 9999-12-31T23:59:59Z: "never". Rules compare with now(), and nothing is not greater.
constexpr Datetime kNever{Datetime::kMaxTicks - Datetime::kMaxTicks % kTicksPerSecond};

void set_instant(Row& row, std::size_t column, const std::optional<Datetime>& value) {
  if (value) {
    row.instant(column, *value);
  } else {
    row.clear(column);
  }
}

void set_true(Row& row, C column, bool value) {
  if (value) row.boolean(at(column), true);
}

void set_cell(Row& row, const flatten::ColumnValue& cell) {
  const std::size_t column = at(cell.column);
  switch (legacy_table().schema.columns[column].type) {
    case Type::kInt:
      row.number(column, text::parse_int64(cell.text).value_or(0));
      break;
    case Type::kDatetime:
      set_instant(row, column, stix::parse_timestamp(cell.text));
      break;
    default:
      row.text(column, cell.text);
  }
}

}  // namespace

Datetime Converter::expiration(const Indicator& indicator, std::optional<Datetime> stop) const {
  Datetime expires = kNever;
  if (indicator.valid_until) {
    expires = *indicator.valid_until;
  } else if (options_.default_ttl && indicator.valid_from) {
    const std::int64_t left = kNever.ticks - indicator.valid_from->ticks;
    expires.ticks = indicator.valid_from->ticks + std::min(options_.default_ttl->ticks, left);
  }
  return stop ? std::min(expires, *stop) : expires;
}

bool Converter::is_over(const Indicator& indicator) const {
  return indicator.revoked || expiration(indicator, std::nullopt) <= options_.now;
}

bool Converter::is_withheld(const Indicator& indicator) {
  if (!options_.max_tlp || !indicator.tlp || *indicator.tlp <= *options_.max_tlp) return false;
  ++counts_.withheld;
  return true;
}

flatten::Flattened Converter::flattened(const Indicator& indicator, std::optional<Datetime>& stop) {
  flatten::Flattened nothing;
  nothing.partial = true;
  if (indicator.pattern_type != "stix") return nothing;
  const auto parsed = pattern::parse(indicator.pattern, pattern::Spec::kAny);
  if (const pattern::Fault* const fault = std::get_if<pattern::Fault>(&parsed)) {
    if (counts_.invalid_patterns++ == 0) {
      first_problem_ = fmt::format("{}: {} (byte {} of the pattern)", indicator.id, fault->message,
                                   fault->offset + 1);
    }
    return nothing;
  }
  const pattern::Pattern& pattern = std::get<pattern::Pattern>(parsed);
  if (pattern.stop) stop = stix::parse_timestamp(*pattern.stop);
  return flatten::flatten(pattern, {.refang = options_.refang});
}

void Converter::fill_legacy(const Indicator& indicator, bool active, Datetime expires) {
  Row& row = legacy_;
  row.clear_all();
  row.instant(at(C::kTimeGenerated), options_.now);
  row.text(at(C::kSourceSystem), options_.source);
  row.text(at(C::kAction), "alert");
  row.text(at(C::kActivityGroupNames), json_list(indicator.surroundings.activity_groups));
  if (indicator.confidence)
    row.real(at(C::kConfidenceScore), static_cast<double>(*indicator.confidence));
  row.text(at(C::kDescription), indicator.description);
  row.text(at(C::kExternalIndicatorId), indicator.id);
  row.instant(at(C::kExpirationDateTime), expires);
  row.text(at(C::kThreatType), indicator.threat_type);
  row.boolean(at(C::kActive), active);
  const KillChain& chain = indicator.kill_chain;
  set_true(row, C::kKillChainActions, chain.actions);
  set_true(row, C::kKillChainC2, chain.command_and_control);
  set_true(row, C::kKillChainDelivery, chain.delivery);
  set_true(row, C::kKillChainExploitation, chain.exploitation);
  set_true(row, C::kKillChainReconnaissance, chain.reconnaissance);
  set_true(row, C::kKillChainWeaponization, chain.weaponization);
  row.text(at(C::kMalwareNames), json_list(indicator.surroundings.malware));
  row.text(at(C::kTags), json_list(indicator.tags));
  if (indicator.tlp) row.text(at(C::kTrafficLightProtocolLevel), stix::column_word(*indicator.tlp));
  row.text(at(C::kIndicatorProvider),
           indicator.provider.empty() ? options_.source : indicator.provider);
  row.text(at(C::kType), legacy_table().name);
  row.text(at(C::kPattern), indicator.pattern);
  set_instant(row, at(C::kValidFrom), indicator.valid_from);
  set_instant(row, at(C::kCreated), indicator.created);
  set_instant(row, at(C::kModified), indicator.modified);
  row.boolean(at(C::kRevoked), indicator.revoked);
}

void Converter::fill_stix(const Indicator& indicator, bool active, Datetime expires) {
  Row& row = stix_;
  row.clear_all();
  row.instant(at(StixColumn::kTimeGenerated), options_.now);
  row.text(at(StixColumn::kSourceSystem), options_.source);
  row.text(at(StixColumn::kLastUpdateMethod), "TAXII");
  row.boolean(at(StixColumn::kIsDeleted), false);
  row.json(at(StixColumn::kData), indicator.json);
  row.boolean(at(StixColumn::kIsActive), active);
  row.boolean(at(StixColumn::kRevoked), indicator.revoked);
  row.instant(at(StixColumn::kValidUntil), expires);
  set_instant(row, at(StixColumn::kValidFrom), indicator.valid_from);
  set_instant(row, at(StixColumn::kCreated), indicator.created);
  set_instant(row, at(StixColumn::kModified), indicator.modified);
  row.text(at(StixColumn::kTags), json_list(indicator.tags));
  if (indicator.confidence) row.number(at(StixColumn::kConfidence), *indicator.confidence);
  row.text(at(StixColumn::kPattern), indicator.pattern);
  row.text(at(StixColumn::kType), stix_table().name);
}

void Converter::set_observable(const Indicator& indicator, const flatten::FlatRow* row,
                               const flatten::Flattened& all, const std::string& id) {
  const std::string more = additional_information(indicator, row, all);
  if (options_.shape == Shape::kStix) {
    stix_.text(at(StixColumn::kId), id);
    stix_.json(at(StixColumn::kAdditionalFields), more);
    stix_.text(at(StixColumn::kObservableKey), row == nullptr ? "" : row->key);
    stix_.text(at(StixColumn::kObservableValue), row == nullptr ? "" : row->value);
    return;
  }
  legacy_.text(at(C::kIndicatorId), id);
  legacy_.text(at(C::kAdditionalInformation), more);
  legacy_.text(at(C::kObservableKey), row == nullptr ? "" : row->key);
  legacy_.text(at(C::kObservableValue), row == nullptr ? "" : row->value);
  legacy_.boolean(at(C::kAlone), row != nullptr && row->alone);
  if (row == nullptr) return;
  for (const flatten::ColumnValue& cell : row->columns) set_cell(legacy_, cell);
}

Result<void> Converter::each_row(const Indicator& indicator, bool superseded, const TakeRow& take) {
  std::optional<Datetime> stop;
  const flatten::Flattened all = flattened(indicator, stop);
  const Datetime expires = expiration(indicator, stop);
  const bool active = !superseded && !indicator.revoked && expires > options_.now;
  const bool legacy = options_.shape == Shape::kLegacy;
  const RowTable& table = legacy ? legacy_table() : stix_table();
  if (options_.live_only && !active) return ok();
  if (all.partial && !superseded) ++counts_.partial;
  if (legacy) {
    fill_legacy(indicator, active, expires);
  } else {
    fill_stix(indicator, active, expires);
  }
  const auto give = [&](const flatten::FlatRow* row) -> Result<void> {
    const std::string id = indicator_id(options_.source, indicator.id, row);
    set_observable(indicator, row, all, id);
    Result<void> taken = take(table, id);
    if (row == nullptr || !legacy) return taken;
    for (const flatten::ColumnValue& cell : row->columns) legacy_.clear(at(cell.column));
    return taken;
  };
  // What no row can carry is one row with the pattern alone: never dropped silently.
  if (all.rows.empty()) return give(nullptr);
  for (const flatten::FlatRow& row : all.rows) {
    if (!row.alone && !options_.keep_conjunctions) continue;
    QUARRY_CHECK(give(&row));
  }
  return ok();
}

Result<void> Converter::write_object(stix::ObjectReader& object, RowOutput& out) {
  ++counts_.others;
  if (!options_.objects || object.type() == "indicator") return ok();
  Row& row = object_;
  row.clear_all();
  row.instant(at(ObjectColumn::kTimeGenerated), options_.now);
  row.text(at(ObjectColumn::kId), object.id());
  row.text(at(ObjectColumn::kSourceSystem), options_.source);
  row.text(at(ObjectColumn::kLastUpdateMethod), "TAXII");
  row.boolean(at(ObjectColumn::kIsDeleted), object.flag(stix::Member::kRevoked));
  row.text(at(ObjectColumn::kStixType), object.type());
  row.json(at(ObjectColumn::kData), object.json());
  row.text(at(ObjectColumn::kType), object_table().name);
  ++counts_.rows;
  return out.row(object_table(), row);
}

Result<void> Converter::write(stix::ObjectReader& object, RowOutput& out,
                              std::unordered_set<std::string>* ids) {
  const bool is_indicator = object.type() == "indicator";
  const bool chosen = options_.max_tlp || options_.live_only || options_.confidence != nullptr;
  if (options_.shape == Shape::kRaw && !chosen) {
    ++(is_indicator ? counts_.indicators : counts_.others);
    ++counts_.rows;
    return out.object(object.json());
  }
  const Indicator indicator =
      is_indicator || chosen ? read_indicator(object, context_) : Indicator{};
  if (is_withheld(indicator)) return ok();
  if (options_.live_only && is_over(indicator)) return ok();
  if (is_indicator && options_.confidence != nullptr && !options_.confidence->admits(indicator))
    return ok();
  if (options_.shape == Shape::kRaw) {
    ++(is_indicator ? counts_.indicators : counts_.others);
    ++counts_.rows;
    return out.object(object.json());
  }
  if (!is_indicator) return write_object(object, out);
  ++counts_.indicators;
  return each_row(indicator, false, [&](const RowTable& table, const std::string& id) {
    if (ids != nullptr) ids->insert(id);
    ++counts_.rows;
    return out.row(table, options_.shape == Shape::kLegacy ? legacy_ : stix_);
  });
}

Result<void> Converter::withdraw(stix::ObjectReader& older,
                                 const std::unordered_set<std::string>& kept, RowOutput& out) {
  if (older.type() != "indicator" || options_.shape == Shape::kRaw) return ok();
  const Indicator indicator = read_indicator(older, context_);
  if (is_withheld(indicator)) return ok();
  return each_row(indicator, true, [&](const RowTable& table, const std::string& id) {
    if (kept.contains(id)) return ok();
    ++counts_.rows;
    return out.row(table, options_.shape == Shape::kLegacy ? legacy_ : stix_);
  });
}

}  // namespace quarry::taxii_pull
