// ipv4_lookup and ipv6_lookup(LookupTable, source key, lookup key, [extra keys],
// [return_unmatched]): joins addresses with the networks that hold them. Each row of the input is
// joined with every network that fits, the narrowest first; a source that is a network itself fits
// where it lies in the other one as a whole.
#include "common/kql/kernel/ip_address.h"
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/plugins/plugin.h"
#include "common/value/builder.h"
#include "common/value/compare.h"
#include "common/value/dynamic.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace quarry::kql::operators {
namespace {

enum class Family : std::uint8_t { kIpv4, kIpv6 };

/// Both families as 128 bits.
std::optional<Ipv6> parse(Family family, std::string_view text) {
  if (family == Family::kIpv6) {
    const auto parsed = parse_ipv6(text);
    return parsed ? std::optional(parsed->address) : std::nullopt;
  }
  const auto parsed = parse_ipv4(text);
  if (!parsed) return std::nullopt;
  return Ipv6{.high = 0, .low = parsed->address, .prefix = 96 + parsed->prefix};
}

/// Networks by prefix and masked address.
class Networks {
 public:
  Networks(Family family, const Column& keys) : family_(family) {
    const Cells<Type::kString> cells(keys);
    for (std::size_t row = 0; row < keys.rows(); ++row) {
      const auto network = parse(family, cells[row].view());
      if (network)
        rows_[network->prefix][masked(*network, network->prefix)].push_back(
            static_cast<std::uint32_t>(row));
    }
  }

  /// Calls `found(row)` for every network that holds the address, the narrowest first.
  template <class Found>
  void holding(std::string_view text, Found&& found) const {
    const auto address = parse(family_, text);
    if (!address) return;
    for (const auto& [prefix, networks] : rows_) {
      if (prefix > address->prefix) continue;
      const auto hit = networks.find(masked(*address, prefix));
      if (hit == networks.end()) continue;
      for (const std::uint32_t row : hit->second) found(row);
    }
  }

 private:
  Family family_;
  std::map<int, std::map<Ipv6, std::vector<std::uint32_t>>, std::greater<>> rows_;
};

/// A key that both tables have, as places of columns.
struct ExtraKey {
  std::size_t source;
  std::size_t lookup;
};

struct Lookup {
  PluginRows source, table;
  Column addresses, networks;  // as texts, row by row of the two
  std::vector<ExtraKey> extra;
  bool unmatched = false;
};

std::optional<std::size_t> place_of(Binder& binder, const PluginRows& rows,
                                    const syntax::Expression& written) {
  if (written.kind == syntax::ExpressionKind::kName) {
    const std::string& name = static_cast<const syntax::Name&>(written).name;
    if (const auto at = rows.schema.find(name)) return *at;
    binder.error(written.span, fmt::format("unknown column '{}'", name));
  } else {
    binder.error(written.span, "expected the name of a column");
  }
  return std::nullopt;
}

/// Extra keys are names; a bool behind them is return_unmatched, with or without its name.
bool read_rest(Binder& binder, const PluginCall& call, Lookup& lookup) {
  std::vector<const syntax::Expression*> rest = call.rest();
  rest.push_back(call.argument("return_unmatched"));
  for (const syntax::Expression* written : rest) {
    if (written == nullptr) continue;
    if (written->kind == syntax::ExpressionKind::kName) {
      const auto source = place_of(binder, lookup.source, *written);
      const auto table = place_of(binder, lookup.table, *written);
      if (!source || !table) return false;
      lookup.extra.push_back({*source, *table});
    } else {
      const auto flag = binder.constant(*written, Type::kBool, "return_unmatched");
      lookup.unmatched = flag && !flag->is_null() && flag->get<bool>();
    }
  }
  return true;
}

/// The addresses of a column: texts, or dynamic values that are read as texts. nullopt after
/// reporting another type.
std::optional<Column> texts_of(Binder& binder, const PluginRows& rows, std::size_t column,
                               SourceSpan span) {
  const Type type = rows.schema.columns[column].type;
  if (type == Type::kString) return rows.all.column(column);
  if (type != Type::kDynamic) {
    binder.error(span, fmt::format("an address must be of type string, not {}", name_of(type)));
    return std::nullopt;
  }
  const Cells<Type::kDynamic> cells(rows.all.column(column));
  ColumnBuilder<Type::kString> texts(rows.all.rows());
  std::string text;
  for (std::size_t row = 0; row < rows.all.rows(); ++row) {
    text.clear();
    if (!cells.is_null(row)) append_dynamic_as_text(text, DynamicView(cells[row].json.view()));
    texts.append_copy(text);
  }
  return texts.finish();
}

PlanNodePtr join(Binder& binder, const Lookup& lookup, Family family) {
  const Networks networks(family, lookup.networks);
  constexpr std::uint32_t kNone = ~std::uint32_t{0};
  auto source_rows = std::make_shared<std::vector<std::uint32_t>>();
  std::vector<std::uint32_t> table_rows;
  const Cells<Type::kString> addresses(lookup.addresses);
  for (std::uint32_t row = 0; row < lookup.source.all.rows(); ++row) {
    const std::size_t before = table_rows.size();
    networks.holding(addresses[row].view(), [&](std::uint32_t found) {
      const bool equal =
          std::all_of(lookup.extra.begin(), lookup.extra.end(), [&](const ExtraKey& key) {
            return compare_rows(lookup.source.all.column(key.source), row,
                                lookup.table.all.column(key.lookup), found) == 0;
          });
      if (!equal) return;
      source_rows->push_back(row);
      table_rows.push_back(found);
    });
    if (table_rows.size() > before || !lookup.unmatched) continue;
    source_rows->push_back(row);
    table_rows.push_back(kNone);
  }
  // The parser of the language puts the source's columns first for IPv4, the engine the table's for
  // IPv6.
  Schema schema;
  std::vector<Column> columns;
  std::vector<std::string> taken;
  const auto add = [&](const ColumnSchema& column, Column values) {
    std::string name = column.name;
    for (int n = 1; std::find(taken.begin(), taken.end(), name) != taken.end(); ++n)
      name = column.name + std::to_string(n);
    taken.push_back(name);
    schema.columns.push_back({name, column.type});
    columns.push_back(std::move(values));
  };
  const auto add_source = [&] {
    for (std::size_t i = 0; i < lookup.source.schema.columns.size(); ++i)
      add(lookup.source.schema.columns[i],
          Column::select(lookup.source.all.column(i), source_rows));
  };
  const auto add_table = [&] {
    for (std::size_t i = 0; i < lookup.table.schema.columns.size(); ++i) {
      const bool extra = std::any_of(lookup.extra.begin(), lookup.extra.end(),
                                     [&](const ExtraKey& key) { return key.lookup == i; });
      if (extra) continue;
      const Column& values = lookup.table.all.column(i);
      const auto builder = make_builder(values.type(), table_rows.size());
      for (const std::uint32_t row : table_rows) {
        if (row == kNone)
          builder->append_null();
        else
          builder->append_from(values, row);
      }
      add(lookup.table.schema.columns[i], builder->finish());
    }
  };
  if (family == Family::kIpv4)
    add_source(), add_table();
  else
    add_table(), add_source();
  const std::size_t rows = table_rows.size();
  return table_of(binder, "ip lookup", schema, Batch(std::move(columns), rows));
}

template <Family kFamily>
PlanNodePtr bind_lookup(const PluginCall& call, PlanNodePtr input) {
  Binder& binder = call.binder();
  PlanNodePtr table = binder.bind_table(*call.argument("LookupTable"));
  if (table == nullptr) return nullptr;
  auto source_rows = rows_of(binder, std::move(input), call.span());
  auto table_rows = rows_of(binder, std::move(table), call.argument("LookupTable")->span);
  if (!source_rows || !table_rows) return nullptr;
  Lookup lookup;
  lookup.source = std::move(*source_rows);
  lookup.table = std::move(*table_rows);
  const syntax::Expression& source_key = *call.argument("SourceKey");
  const syntax::Expression& table_key = *call.argument("LookupKey");
  const auto source_at = place_of(binder, lookup.source, source_key);
  const auto table_at = place_of(binder, lookup.table, table_key);
  if (!source_at || !table_at) return nullptr;
  const auto addresses = texts_of(binder, lookup.source, *source_at, source_key.span);
  const auto networks = texts_of(binder, lookup.table, *table_at, table_key.span);
  if (!addresses || !networks) return nullptr;
  lookup.addresses = *addresses;
  lookup.networks = *networks;
  if (!read_rest(binder, call, lookup)) return nullptr;
  return join(binder, lookup, kFamily);
}

constexpr Param kParams[]{
    {.name = "LookupTable", .help = "The table with the networks."},
    {.name = "SourceKey", .help = "The input's column with the addresses."},
    {.name = "LookupKey", .help = "The table's column with the networks (10.0.0.0/8)."},
    {.name = "ExtraKey",
     .help = "Columns of both tables that must be equal too.",
     .optional = true,
     .repeats = true},
    {.name = "return_unmatched",
     .help = "Keep rows that no network fits? false if not given.",
     .optional = true}};

}  // namespace

extern constinit const PluginDef kIpv4Lookup{
    .name = "ipv4_lookup",
    .summary = "Joins IPv4 addresses with the networks that hold them.",
    .params = kParams,
    .example =
        "let nets = datatable (net: string, site: string) ['10.0.0.0/8', 'office']; print ip = "
        "'10.1.2.3' | evaluate ipv4_lookup(nets, ip, net) | project site",
    .example_result = "office",
    .bind = bind_lookup<Family::kIpv4>,
};
extern constinit const PluginDef kIpv6Lookup{
    .name = "ipv6_lookup",
    .summary = "Joins IPv6 addresses with the networks that hold them.",
    .params = kParams,
    .example =
        "let nets = datatable (net: string, site: string) ['2001:db8::/32', 'lab']; print ip = "
        "'2001:db8::7' | evaluate ipv6_lookup(nets, ip, net) | project site",
    .example_result = "lab",
    .bind = bind_lookup<Family::kIpv6>,
};

}  // namespace quarry::kql::operators
