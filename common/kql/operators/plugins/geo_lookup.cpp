// geo_polygon_lookup and geo_line_lookup(LookupTable, LookupKey, longitude, latitude, [radius],
// [return_unmatched], [join_hint], [return_lookup_key]): joins points with the polygons that hold
// them, or with the polygons or lines within a radius. The functions of the same kind do the
// geometry, one shape at a time for all points.
#include "common/kql/operators/plugins/plugin.h"
#include "common/value/builder.h"

#include <fmt/format.h>

namespace quarry::kql::operators {
namespace {

struct Lookup {
  PluginRows source, table;
  std::size_t longitude = 0, latitude = 0, key = 0;
  std::optional<double> radius;
  bool unmatched = false;
  bool returns_key = false;
};

/// For each point the rows of the table that it is at.
using Matches = std::vector<std::vector<std::uint32_t>>;

Column run_function(Binder& binder, std::string_view name, const Lookup& lookup,
                    std::size_t shape) {
  const ScalarKernel& kernel = FunctionRegistry::built_in().scalar(name)->overloads[0].kernel;
  const std::size_t rows = lookup.source.all.rows();
  const Column key = lookup.table.all.column(lookup.key).slice(shape, 1).flattened();
  const std::array<Column, 3> arguments{lookup.source.all.column(lookup.longitude),
                                        lookup.source.all.column(lookup.latitude),
                                        Column::constant(key, rows)};
  KernelCall call{binder.run_context(), nullptr, arguments, rows};
  return kernel.run(call);
}

/// Without a radius `contains` decides, else whether `distance` is at most that. A radius of 0 is
/// not the same: it takes in the border.
Matches matches_of(Binder& binder, const Lookup& lookup, std::string_view contains,
                   std::string_view distance) {
  const CancelToken* const cancel = binder.run_context().cancel;
  Matches matches(lookup.source.all.rows());
  for (std::uint32_t shape = 0; shape < lookup.table.all.rows() && !matches.empty(); ++shape) {
    if (cancel != nullptr && cancel->cancelled()) break;
    if (lookup.radius) {
      const Column found = run_function(binder, distance, lookup, shape);
      const Cells<Type::kReal> metres(found);
      for (std::size_t row = 0; row < matches.size(); ++row) {
        if (!metres.is_null(row) && metres[row] <= *lookup.radius) matches[row].push_back(shape);
      }
    } else {
      const Column found = run_function(binder, contains, lookup, shape);
      const Cells<Type::kBool> inside(found);
      for (std::size_t row = 0; row < matches.size(); ++row) {
        if (!inside.is_null(row) && inside[row] != 0) matches[row].push_back(shape);
      }
    }
  }
  return matches;
}

/// The source's columns, then the table's; the key only where it is asked for. A name that was
/// there gets a number.
PlanNodePtr join(Binder& binder, const Lookup& lookup, const Matches& matches) {
  constexpr std::uint32_t kNone = ~std::uint32_t{0};
  auto source_rows = std::make_shared<std::vector<std::uint32_t>>();
  std::vector<std::uint32_t> table_rows;
  for (std::uint32_t row = 0; row < matches.size(); ++row) {
    for (const std::uint32_t found : matches[row]) {
      source_rows->push_back(row);
      table_rows.push_back(found);
    }
    if (!matches[row].empty() || !lookup.unmatched) continue;
    source_rows->push_back(row);
    table_rows.push_back(kNone);
  }
  Schema schema;
  std::vector<Column> columns;
  for (std::size_t i = 0; i < lookup.source.schema.columns.size(); ++i) {
    schema.columns.push_back(lookup.source.schema.columns[i]);
    columns.push_back(Column::select(lookup.source.all.column(i), source_rows));
  }
  for (std::size_t i = 0; i < lookup.table.schema.columns.size(); ++i) {
    if (i == lookup.key && !lookup.returns_key) continue;
    const ColumnSchema& column = lookup.table.schema.columns[i];
    std::string name = column.name;
    for (int n = 1; schema.find(name); ++n) name = column.name + std::to_string(n);
    schema.columns.push_back({name, column.type});
    const Column& values = lookup.table.all.column(i);
    const auto builder = make_builder(values.type(), table_rows.size());
    for (const std::uint32_t row : table_rows) {
      if (row == kNone)
        builder->append_null();
      else
        builder->append_from(values, row);
    }
    columns.push_back(builder->finish());
  }
  return table_of(binder, "geo lookup", schema, Batch(std::move(columns), table_rows.size()));
}

bool flag(const PluginCall& call, std::string_view param) {
  const auto value = call.constant(param, Type::kBool);
  return value && !value->is_null() && value->get<bool>();
}

/// The place of a column that an argument names; nullopt after reporting that it names none or that
/// its type is another.
std::optional<std::size_t> typed_column(const PluginCall& call, std::string_view param,
                                        const PlanNode& input, Type type) {
  const BoundColumn* const column = call.column(param, input);
  if (column == nullptr) return std::nullopt;
  if (column->type != type) {
    call.binder().error(
        call.argument(param)->span,
        fmt::format("{} must be of type {}, not {}", param, name_of(type), name_of(column->type)),
        type == Type::kReal ? "extend the table with toreal()"
                            : "extend the table with todynamic()");
    return std::nullopt;
  }
  return static_cast<std::size_t>(column - input.columns.data());
}

PlanNodePtr bind_lookup(const PluginCall& call, PlanNodePtr input, std::string_view contains,
                        std::string_view distance) {
  Binder& binder = call.binder();
  PlanNodePtr table = binder.bind_table(*call.argument("LookupTable"));
  if (table == nullptr) return nullptr;
  const auto key = typed_column(call, "LookupKey", *table, Type::kDynamic);
  const auto longitude = typed_column(call, "SourceLongitude", *input, Type::kReal);
  const auto latitude = typed_column(call, "SourceLatitude", *input, Type::kReal);
  if (!key || !longitude || !latitude) return nullptr;
  Lookup lookup;
  lookup.key = *key;
  lookup.longitude = *longitude;
  lookup.latitude = *latitude;
  lookup.unmatched = flag(call, "return_unmatched");
  lookup.returns_key = flag(call, "return_lookup_key");
  if (const auto radius = call.constant("radius", Type::kReal); radius && !radius->is_null())
    lookup.radius = radius->get<double>();
  auto source_rows = rows_of(binder, std::move(input), call.span());
  auto table_rows = rows_of(binder, std::move(table), call.argument("LookupTable")->span);
  if (!source_rows || !table_rows) return nullptr;
  lookup.source = std::move(*source_rows);
  lookup.table = std::move(*table_rows);
  return join(binder, lookup, matches_of(binder, lookup, contains, distance));
}
PlanNodePtr bind_polygon_lookup(const PluginCall& call, PlanNodePtr input) {
  return bind_lookup(call, std::move(input), "geo_point_in_polygon",
                     "geo_distance_point_to_polygon");
}
PlanNodePtr bind_line_lookup(const PluginCall& call, PlanNodePtr input) {
  return bind_lookup(call, std::move(input), "", "geo_distance_point_to_line");
}

constexpr Param kPolygonParams[]{
    {.name = "LookupTable", .help = "The table with the polygons."},
    {.name = "LookupKey", .help = "Its column with GeoJSON Polygons or MultiPolygons."},
    {.name = "SourceLongitude", .help = "The input's column with longitudes."},
    {.name = "SourceLatitude", .help = "The input's column with latitudes."},
    {.name = "radius",
     .help = "Metres that a point may be away; inside only if not given.",
     .optional = true},
    {.name = "return_unmatched",
     .help = "Keep points that no polygon fits? false if not given.",
     .optional = true},
    {.name = "join_hint", .help = "Has no effect here.", .optional = true},
    {.name = "return_lookup_key",
     .help = "Return the polygons too? false if not given.",
     .optional = true}};
constexpr Param kLineParams[]{
    {.name = "LookupTable", .help = "The table with the lines."},
    {.name = "LookupKey", .help = "Its column with GeoJSON LineStrings or MultiLineStrings."},
    {.name = "SourceLongitude", .help = "The input's column with longitudes."},
    {.name = "SourceLatitude", .help = "The input's column with latitudes."},
    {.name = "radius", .help = "Metres that a point may be away."},
    {.name = "return_unmatched",
     .help = "Keep points that no line fits? false if not given.",
     .optional = true},
    {.name = "join_hint", .help = "Has no effect here.", .optional = true},
    {.name = "return_lookup_key",
     .help = "Return the lines too? false if not given.",
     .optional = true}};

}  // namespace

extern constinit const PluginDef kGeoPolygonLookup{
    .name = "geo_polygon_lookup",
    .summary = "Joins points with the polygons that they are in.",
    .params = kPolygonParams,
    .example =
        R"(let areas = datatable (area: string, shape: dynamic) ["square", dynamic({"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]})]; print lng = 1.0, lat = 1.0 | evaluate geo_polygon_lookup(areas, shape, lng, lat) | project area)",
    .example_result = "square",
    .bind = bind_polygon_lookup,
};
extern constinit const PluginDef kGeoLineLookup{
    .name = "geo_line_lookup",
    .summary = "Joins points with the lines that they are near to.",
    .params = kLineParams,
    .example =
        R"(let roads = datatable (road: string, shape: dynamic) ["equator", dynamic({"type":"LineString","coordinates":[[0,0],[2,0]]})]; print lng = 1.0, lat = 0.001 | evaluate geo_line_lookup(roads, shape, lng, lat, 200) | project road)",
    .example_result = "equator",
    .bind = bind_line_lookup,
};

}  // namespace quarry::kql::operators
