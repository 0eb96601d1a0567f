// partition.cpp — KQL: partition [hint.strategy=native | shuffle | legacy] by Column ( Operators )
// or   { Pipeline }
//
// native and shuffle run one plan over each group of rows. legacy, the default, allows more inside:
// names for the group (as), tables of its own, toscalar(Column) for the key. So its groups are made
// while the query is being bound and the text is bound once for each of them, which is why there
// may be 64 at most, as in Kusto.
#include "common/kql/exec/partition.h"

#include "common/kql/operators/column_names.h"
#include "common/kql/operators/nodes/partition_node.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"
#include "common/kql/operators/union_binding.h"

#include <fmt/format.h>

namespace quarry::kql::operators {
namespace {

constexpr std::size_t kMostLegacy = 64;

struct PartitionSyntax final : syntax::OperatorNode {
  std::vector<syntax::OperatorParameter> parameters;
  syntax::Name* key = nullptr;
  syntax::Pipeline* operators = nullptr;  // ( … ), over the group's rows
  syntax::Expression* table = nullptr;    // { … }, with a source of its own
};

syntax::OperatorNode* parse_partition(syntax::Parser& parser) {
  auto* const node = parser.make<PartitionSyntax>();
  node->parameters = parse_named_parameters(parser, {});
  if (!parser.expect_keyword("by")) return node;
  node->key = parser.parse_name("a column");
  if (!parser.accept(syntax::TokenKind::kOpenBrace)) {
    node->operators = parser.parse_subpipeline();
    return node;
  }
  node->table = parser.parse_pipeline();
  parser.expect(syntax::TokenKind::kCloseBrace, "'}'");
  return node;
}

class PartitionBinder {
 public:
  enum class Limit : std::uint8_t { kLegacy, kNone };  // of the number of groups

  PartitionBinder(Binder& binder, const PartitionSyntax& partition, const BoundColumn& key)
      : binder_(binder), partition_(partition), key_(key) {}

  PlanNodePtr native(PlanNodePtr input) {
    auto hole = std::make_unique<RowHoleNode>();
    hole->columns = input->columns;
    hole->open = input->open;
    const auto slot = hole->slot;
    auto node = std::make_unique<PartitionNode>();
    node->hole = hole.get();
    node->key = key_;
    node->per_group = binder_.bind_operators(std::move(hole), partition_.operators->operators);
    if (node->per_group == nullptr) return nullptr;
    if (node->per_group->is_graph) {
      binder_.error(partition_.operators->span,
                    "the operators of partition must end with a table, not a graph");
      return nullptr;
    }
    // An operator ran its rows while it was being bound (as, a plugin): there is no place for a
    // group any more.
    if (slot.use_count() == 1) return over_groups(std::move(input), Limit::kNone);
    node->columns = node->per_group->columns;
    node->open = node->per_group->open;
    node->inputs.push_back(std::move(input));
    return node;
  }

  PlanNodePtr over_groups(PlanNodePtr input, Limit limit) {
    Schema schema;
    for (const BoundColumn& column : input->columns)
      schema.columns.push_back({column.name, column.type});
    const std::vector<Type> types = plan::types_of(input->columns);
    const std::size_t key = plan::position_of(key_.id, input->columns);
    if (binder_.checking()) return one_group(std::make_shared<std::vector<Batch>>(), schema);
    const auto batches = binder_.run_now(std::move(input), partition_.span);
    if (batches == nullptr) return nullptr;
    const Batch all = concatenate(*batches, types);
    const auto groups = exec::groups_of(std::span<const Column>(&all.column(key), 1), all.rows());
    if (limit == Limit::kLegacy && !check_count(groups.size())) return nullptr;
    std::vector<PlanNodePtr> made;
    if (groups.empty())
      made.push_back(no_rows(one_group(std::make_shared<std::vector<Batch>>(), schema)));
    for (const IndexBuffer& group : groups)
      made.push_back(
          one_group(std::make_shared<std::vector<Batch>>(1, all.selected(group)), schema));
    return united(std::move(made));
  }

  PlanNodePtr over_keys(PlanNodePtr input) {
    input = binder_.project(std::move(input), {pass(key_)});
    if (binder_.checking()) return with_key(Scalar::null(key_.type));
    const auto batches = binder_.run_now(std::move(input), partition_.span);
    if (batches == nullptr) return nullptr;
    const Batch all = concatenate(*batches, std::vector<Type>{key_.type});
    const auto groups = exec::groups_of(all.columns(), all.rows());
    if (!check_count(groups.size())) return nullptr;
    std::vector<PlanNodePtr> made;
    for (const IndexBuffer& group : groups)
      made.push_back(with_key(Scalar::from(all.column(0), group->front())));
    if (made.empty()) made.push_back(no_rows(with_key(Scalar::null(key_.type))));
    return united(std::move(made));
  }

 private:
  PlanNodePtr one_group(std::shared_ptr<const std::vector<Batch>> batches, const Schema& schema) {
    return binder_.bind_operators(binder_.rows("partition", std::move(batches), schema),
                                  partition_.operators->operators);
  }

  PlanNodePtr with_key(Scalar key) {
    LetValue value;
    value.kind = LetValue::Kind::kScalar;
    value.scalar = make_literal(std::move(key));
    return binder_.bind_table_with(partition_.key->name, std::move(value), *partition_.table);
  }

  PlanNodePtr no_rows(PlanNodePtr table) {
    return table == nullptr ? nullptr
                            : binder_.filter(std::move(table), make_literal(Scalar::of(false)));
  }

  bool check_count(std::size_t groups) {
    if (groups <= kMostLegacy) return true;
    binder_.error(partition_.key->span,
                  fmt::format("partition by {} has {} groups; without a strategy there may be {}",
                              key_.name, groups, kMostLegacy),
                  "partition hint.strategy=native by …");
    return false;
  }

  PlanNodePtr united(std::vector<PlanNodePtr> tables) {
    std::vector<UnionLeg> legs;
    for (PlanNodePtr& table : tables) {
      if (table == nullptr) return nullptr;
      legs.push_back({std::move(table), ""});
    }
    return unite(binder_, std::move(legs), UnionColumns::kAll, "");
  }

  Binder& binder_;
  const PartitionSyntax& partition_;
  BoundColumn key_;
};

PlanNodePtr bind_partition(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& partition = static_cast<const PartitionSyntax&>(node);
  if (partition.key == nullptr) return nullptr;
  const auto strategy = parameter_choice(binder, partition.parameters, "hint.strategy",
                                         {"native", "shuffle", "legacy"});
  const BoundColumn* const key = binder.column(*input, *partition.key);
  if (key == nullptr) return nullptr;
  PartitionBinder bound(binder, partition, *key);
  if (partition.table != nullptr) return bound.over_keys(std::move(input));
  if (strategy.value_or("legacy") != "legacy") return bound.native(std::move(input));
  return bound.over_groups(std::move(input), PartitionBinder::Limit::kLegacy);
}

}  // namespace

extern constinit const OperatorDef kPartition{
    .name = "partition",
    .summary =
        "Runs operators over each group of rows with the same key, and puts the results one after "
        "another.",
    .syntax = "partition [hint.strategy=native] by Column ( Operators )",
    .example =
        "datatable(k:string, n:long)['a', 1, 'b', 5, 'a', 3] | partition hint.strategy=native by k "
        "(top 1 by n) | summarize sum(n)",
    .example_result = "8",
    .parse = parse_partition,
    .bind = bind_partition,
};

}  // namespace quarry::kql::operators
