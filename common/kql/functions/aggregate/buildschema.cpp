// buildschema(): the least schema that admits all dynamic values of a group. Members come in order
// of their names.
#include "common/kql/functions/aggregate_inl.h"
#include "common/kql/functions/dynamic/json_schema.h"

namespace quarry::kql::functions {
namespace {

struct BuildSchema {
  std::unique_ptr<JsonSchema> schema;  // made by the first value
  void add(DynamicView value) {
    if (schema == nullptr) schema = std::make_unique<JsonSchema>();
    schema->add(value);
  }
  void merge(BuildSchema& later) {
    if (later.schema == nullptr) return;
    if (schema == nullptr)
      schema = std::move(later.schema);
    else
      schema->merge(*later.schema);
  }
  void save(StateWriter& out) const {
    out.put(schema != nullptr);
    if (schema != nullptr) schema->save(out);
  }
  void load(StateReader& in) {
    if (!in.take<bool>()) return;
    schema = std::make_unique<JsonSchema>();
    schema->load(in);
  }
  DynamicText result() const {
    std::string json;
    if (schema != nullptr) schema->append(json);
    return {std::move(json)};
  }
};

constexpr Param kParams[]{{"expr", "Dynamic values; nulls are left out."}};
constexpr AggregateDef kBuildSchema{
    .name = "buildschema",
    .summary =
        "Returns the schema that admits all dynamic values of a group; `indexer` stands for the "
        "elements of arrays.",
    .params = kParams,
    .example =
        {R"(datatable(d: dynamic)[dynamic({"x": 1}), dynamic({"x": ["a"]})] | summarize buildschema(d))",
         R"({"x":[{"`indexer`":"string"},"long"]})"},
    .overloads = aggregates<BuildSchema>,
    .column_prefix = "schema"};

constexpr const AggregateDef* kDefs[]{&kBuildSchema};

}  // namespace

extern constinit const FunctionTable kBuildSchemaAggregate{.family = "aggregate",
                                                           .aggregates = kDefs};

}  // namespace quarry::kql::functions
