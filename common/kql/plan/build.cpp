#include "common/base/assert.h"
#include "common/kql/exec/project.h"
#include "common/kql/exec/scan.h"
#include "common/kql/exec/window.h"
#include "common/kql/plan/builder.h"
#include "common/kql/plan/needles.h"
#include "common/kql/plan/time_range.h"

namespace quarry::kql::plan {

void Stream::add(const std::shared_ptr<const exec::Operator>& op) {
  for (exec::Leg& leg : legs) leg.operators.push_back(op);
}

std::size_t position_of(ColumnId id, const std::vector<BoundColumn>& layout) {
  for (std::size_t i = 0; i < layout.size(); ++i) {
    if (layout[i].id == id) return i;
  }
  QUARRY_ASSERT(false, "a needed column is in its input");
  return 0;
}

std::vector<Type> types_of(const std::vector<BoundColumn>& layout) {
  std::vector<Type> types;
  for (const BoundColumn& column : layout) types.push_back(column.type);
  return types;
}

exec::Expression Builder::compile(const Expression& expression,
                                  const std::vector<BoundColumn>& layout) const {
  switch (expression.kind) {
    case Expression::Kind::kLiteral:
      return exec::Expression::of_constant(expression.literal);
    case Expression::Kind::kColumn:
      return exec::Expression::of_column(position_of(expression.column, layout), expression.type);
    case Expression::Kind::kCall:
      break;
  }
  if (expression.kernel.reads != Reads::kRow && !in_window_ && !error_) {
    error_ = Error(ErrorCode::kQuery,
                   expression.name + " looks at other rows, which cannot be done here",
                   "compute it in an extend before")
                 .at(expression.span);
  }
  return exec::Expression::of_call(expression.kernel, compile(expression.arguments, layout));
}

std::vector<exec::Expression> Builder::compile(const std::vector<ExpressionPtr>& expressions,
                                               const std::vector<BoundColumn>& layout) const {
  std::vector<exec::Expression> result;
  result.reserve(expressions.size());
  for (const ExpressionPtr& expression : expressions)
    result.push_back(compile(*expression, layout));
  return result;
}

void Builder::run_before(Stream stream, std::shared_ptr<exec::Sink> sink) {
  pipelines_.push_back(exec::Pipeline{std::move(stream.legs), std::move(sink)});
}

Stream Builder::from_batches(std::shared_ptr<const std::vector<Batch>> batches) {
  Stream stream;
  stream.legs.push_back(exec::Leg{std::make_shared<exec::MemorySource>(std::move(batches)), {}});
  return stream;
}

Stream Builder::from_rows(std::shared_ptr<const exec::BreakerRows> rows) {
  Stream stream;
  stream.legs.push_back(exec::Leg{std::make_shared<exec::BreakerSource>(std::move(rows)), {}});
  return stream;
}

Result<Stream> Builder::build(const PlanNode& node) {
  switch (node.kind) {
    case NodeKind::kScan:
      return build_scan(static_cast<const ScanNode&>(node));
    case NodeKind::kRows:
      return build_rows(static_cast<const RowsNode&>(node));
    case NodeKind::kWindow:
      return build_window(static_cast<const WindowNode&>(node));
    case NodeKind::kCustom:
      return static_cast<const CustomNode&>(node).build(*this);
    case NodeKind::kFilter: {
      QUARRY_TRY(Stream stream, build(*node.inputs[0]));
      auto conjunction = std::make_shared<exec::Conjunction>();
      conjunction->parts =
          compile(static_cast<const FilterNode&>(node).conjuncts, node.inputs[0]->columns);
      stream.add(std::make_shared<exec::Filter>(std::move(conjunction)));
      return stream;
    }
    case NodeKind::kProject: {
      QUARRY_TRY(Stream stream, build(*node.inputs[0]));
      stream.add(std::make_shared<exec::Project>(
          compile(static_cast<const ProjectNode&>(node).expressions, node.inputs[0]->columns)));
      return stream;
    }
  }
  QUARRY_ASSERT(false, "every kind of node is built");
  return Stream();
}

Result<Stream> Builder::build_window(const WindowNode& window) {
  const std::vector<BoundColumn>& layout = window.inputs[0]->columns;
  std::vector<exec::WindowStep> steps;
  for (const ExpressionPtr& call : window.calls) {
    exec::WindowStep& step = steps.emplace_back();
    if (call->kernel.reads == Reads::kRowsBefore) {
      in_window_ = true;
      step.expression = compile(*call, layout);
      in_window_ = false;
      continue;
    }
    // next(value, offset, default)
    const auto& arguments = call->arguments;
    step.expression = compile(*arguments[0], layout);
    step.ahead = arguments.size() > 1
                     ? static_cast<std::size_t>(arguments[1]->literal.get<std::int64_t>())
                     : 1;
    if (arguments.size() > 2) step.fallback = compile(*arguments[2], layout);
  }
  QUARRY_TRY(Stream stream, build(*window.inputs[0]));
  stream.add(std::make_shared<exec::Window>(std::move(steps)));
  return stream;
}

// The filter reads its own columns, in the scan's order; they are part of the scan's output too.
exec::ScanFilter Builder::scan_filter(const ScanNode& scan) {
  exec::ScanFilter wanted;
  ColumnSet read;
  for (const ExpressionPtr& part : scan.filter) collect_columns(*part, read);
  if (scan.first_rows) read.insert(scan.first_rows->key);
  std::vector<BoundColumn> layout;
  for (std::size_t i = 0; i < scan.columns.size(); ++i) {
    if (!read.contains(scan.columns[i].id)) continue;
    layout.push_back(scan.columns[i]);
    wanted.columns.push_back(scan.source_columns[i]);
  }
  if (!scan.filter.empty()) {
    const auto conjunction = std::make_shared<exec::Conjunction>();
    conjunction->parts = compile(scan.filter, layout);
    wanted.filter = conjunction;
    wanted.needles = find_needles(scan.filter);
    wanted.time = find_time_range(scan.filter, scan.columns);
  }
  if (scan.first_rows) {
    const FirstRows& first = *scan.first_rows;
    wanted.top = exec::ScanTop{
        {position_of(first.key, layout), first.descending, first.nulls_first}, first.count};
  }
  return wanted;
}

Result<Stream> Builder::build_scan(const ScanNode& scan) {
  QUARRY_TRY(auto reader, tables_.reader(scan.table));
  Stream stream;
  stream.legs.push_back(exec::Leg{std::make_shared<exec::TableSource>(
                                      std::move(reader), scan.source_columns, scan_filter(scan)),
                                  {}});
  return stream;
}

Stream Builder::build_rows(const RowsNode& rows) const {
  Stream stream = from_batches(rows.batches);
  std::vector<exec::Expression> columns;
  for (std::size_t i = 0; i < rows.columns.size(); ++i)
    columns.push_back(exec::Expression::of_column(rows.source_columns[i], rows.columns[i].type));
  stream.add(std::make_shared<exec::Project>(std::move(columns)));
  return stream;
}

}  // namespace quarry::kql::plan
