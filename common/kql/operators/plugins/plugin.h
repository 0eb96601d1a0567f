// One declaration per plugin of `evaluate`. One file each; listed in tables.h.
#pragma once

#include "common/kql/bind/binder.h"
#include "common/kql/functions/registry.h"

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <vector>

namespace quarry::kql::operators {

/// Columns that the query declares behind the call, `: (*, Name:string)`.
struct OutputSchema {
  std::vector<syntax::ColumnDeclaration>
      columns;  // an empty name is the star: all columns of the input
};

struct PluginDef;

/// What a plugin is called with. Arguments stand in their order or by name (`ignoredProperties =
/// …`).
class PluginCall {
 public:
  /// Reports arguments that the plugin does not have, or that are missing.
  PluginCall(Binder& binder, const syntax::OperatorNode& node, const syntax::Call& call,
             const PluginDef& plugin, const OutputSchema* output);

  bool is_sound() const { return sound_; }
  Binder& binder() const { return binder_; }
  SourceSpan span() const { return call_.span; }
  /// May the plugin give more than one table? Reports where it does not end the query.
  bool may_give_results() const;
  const OutputSchema* output() const { return output_; }

  /// Null where it is not given.
  const syntax::Expression* argument(std::string_view param) const;
  /// Those of the parameter that repeats; with their names where the plugin has named_rest.
  std::vector<const syntax::Expression*> rest() const;
  /// The input's column that an argument names; null after reporting that it names none.
  const BoundColumn* column(std::string_view param, const PlanNode& input) const;
  /// A constant; nullopt where it is not given, only known when run, or wrong (then reported).
  std::optional<Scalar> constant(std::string_view param, Type type) const;
  /// A constant text out of a few; the first where it is not given.
  std::string choice(std::string_view param, std::initializer_list<std::string_view> choices) const;

 private:
  Binder& binder_;
  const syntax::OperatorNode& node_;
  const syntax::Call& call_;
  std::span<const Param> params_;
  const OutputSchema* output_;
  std::vector<const syntax::Expression*> arguments_;  // by parameter
  std::vector<const syntax::Expression*> rest_;
  bool sound_ = true;
};

struct PluginDef {
  std::string_view name;
  std::string_view summary{};
  std::span<const Param> params{};
  std::string_view example{};         // a runnable query …
  std::string_view example_result{};  // … and the first cell of its first row
  bool takes_output_schema = false;
  bool named_rest = false;  // arguments of the parameter that repeats may carry names of their own:
                            // sequence_detect(…, e1 = (a == 1))
  /// Null after an error.
  PlanNodePtr (*bind)(const PluginCall& call, PlanNodePtr input) = nullptr;
};

std::span<const PluginDef* const> all_plugins();
const PluginDef* find_plugin(std::string_view name);

/// The text that stands for a value: the string itself, else its literal without the type around it
/// (2024-05-01, 5).
std::string text_of(const Scalar& value);

/// Shall the run stop? Long loops ask, and leave off where they are: the run that follows reports
/// it.
bool is_cancelled(const PluginCall& call);

/// Rows that a plugin looks at as a whole. While checking there are none.
struct PluginRows {
  Schema schema;
  Batch all;  // one batch with every row

  /// The cell's value.
  Scalar at(std::size_t column, std::size_t row) const {
    return Scalar::from(all.column(column), row);
  }
};
/// Runs the input; nullopt after an error.
std::optional<PluginRows> rows_of(Binder& binder, PlanNodePtr input, SourceSpan span);
/// A table of one batch.
PlanNodePtr table_of(Binder& binder, std::string_view label, const Schema& schema, Batch batch);

}  // namespace quarry::kql::operators
