// preview(rows): two results: the first so many rows, and how many there are in all.
#include "common/kql/operators/plugins/plugin.h"
#include "common/value/builder.h"

#include <algorithm>

namespace quarry::kql::operators {
namespace {

PlanNodePtr bind_preview(const PluginCall& call, PlanNodePtr input) {
  Binder& binder = call.binder();
  if (!call.may_give_results()) return nullptr;
  const auto wanted = call.constant("NumberOfRows", Type::kLong);
  if (!wanted && !binder.checking()) return nullptr;
  auto rows = rows_of(binder, std::move(input), call.span());
  if (!rows) return nullptr;
  const std::size_t total = rows->all.rows();
  const std::int64_t most =
      wanted && !wanted->is_null() ? std::max<std::int64_t>(wanted->get<std::int64_t>(), 0) : 0;
  ColumnBuilder<Type::kLong> count;
  count.append(static_cast<std::int64_t>(total));
  binder.add_result(
      table_of(binder, "preview", Schema{{{"Count", Type::kLong}}}, Batch({count.finish()}, 1)));
  return table_of(binder, "preview", rows->schema,
                  rows->all.slice(0, std::min(total, static_cast<std::size_t>(most))));
}

constexpr Param kParams[]{{.name = "NumberOfRows", .help = "How many rows to show."}};

}  // namespace

extern constinit const PluginDef kPreview{
    .name = "preview",
    .summary = "Shows the first rows and, as a second result, how many there are.",
    .params = kParams,
    .example = "range x from 5 to 9 step 1 | evaluate preview(2)",
    .example_result = "5",
    .bind = bind_preview,
};

}  // namespace quarry::kql::operators
