#include "common/kql/engine.h"

#include "common/kql/bind/binder.h"
#include "common/kql/exec/collect.h"
#include "common/kql/exec/pipeline.h"
#include "common/kql/exec/spill/spill_space.h"
#include "common/kql/operators/operator.h"
#include "common/kql/plan/builder.h"
#include "common/kql/plan/explain.h"
#include "common/kql/plan/optimize.h"
#include "common/kql/syntax/parser.h"

#include <fmt/format.h>

namespace quarry::kql {
namespace {

Schema schema_of(const PlanNode& plan) {
  Schema schema;
  for (const BoundColumn& column : plan.columns)
    schema.columns.push_back({column.name, column.type});
  return schema;
}

/// Counts rows on their way out.
class CountingSink final : public BatchSink {
 public:
  CountingSink(BatchSink& sink, std::uint64_t& rows) : sink_(sink), rows_(rows) {}
  Result<void> begin(const Schema& schema, const std::string& name) override {
    return sink_.begin(schema, name);
  }
  Result<void> write(const Batch& batch) override {
    rows_ += batch.rows();
    return sink_.write(batch);
  }
  Result<void> end() override { return sink_.end(); }

 private:
  BatchSink& sink_;
  std::uint64_t& rows_;
};

}  // namespace

/// The parsed text and everything that a run needs.
class Engine::Session final : public SubqueryRunner {
 public:
  Session(Engine& engine, const std::string& text)
      : engine_(engine),
        memory_(engine.options_.memory_limit, engine.options_.spill_above,
                engine.options_.threads),
        spill_(engine.options_.spill_directory) {
    context_.run.now = engine.options_.now;
    context_.run.random_seed = engine.options_.random_seed;
    context_.run.cancel = engine.options_.interrupt_ends_input ? &never_ : &engine.cancel_;
    context_.run.diagnostics = &engine.diagnostics_;
    context_.scan.cancel = &engine.cancel_;
    context_.scan.diagnostics = &engine.diagnostics_;
    context_.scan.report = &engine.report_;
    context_.scan.bad_lines = engine.options_.bad_lines;
    context_.scan.strict = engine.options_.strict;
    context_.scan.check_all = engine.options_.check_all;
    context_.memory = &memory_;
    if (!engine.options_.spill_directory.empty()) context_.spill = &spill_;
    context_.threads = engine.options_.threads;
    context_.batch_rows = engine.options_.batch_rows;
    context_.use_needles = engine.options_.use_needles;
    table_ = operator_syntax_table();
    syntax::parse(text, table_, engine.diagnostics_, ast_,
                  engine.options_.accept_wrong_times ? syntax::WrongTimes::kWarning
                                                     : syntax::WrongTimes::kError);
  }

  /// Checks only; keeps the schemas.
  void check() {
    BinderContext context = binder_context(nullptr);
    context.schemas_only = true;
    Binder binder(context);
    binder.define_parameters(engine_.options_.parameters);
    schemas_.clear();
    for (const PlanNodePtr& plan : binder.bind_query(ast_)) schemas_.push_back(schema_of(*plan));
  }

  const std::vector<Schema>& schemas() const { return schemas_; }
  void report(RunStatistics& statistics) const {
    statistics.memory_peak = memory_.peak();
    statistics.spilled_bytes = spill_.bytes_written();
    statistics.spilled_runs = spill_.runs();
  }

  Result<void> run(BatchSink& sink) {
    Binder binder(binder_context(this));
    binder.define_parameters(engine_.options_.parameters);
    for (PlanNodePtr& plan : binder.bind_query(ast_)) {
      if (engine_.diagnostics_.has_query_errors()) break;
      plan::optimize(plan);
      QUARRY_CHECK(sink.begin(schema_of(*plan), ""));
      const auto emit = std::make_shared<exec::Emit>(sink);
      QUARRY_CHECK(execute(*plan, emit));
      QUARRY_CHECK(sink.end());
    }
    if (engine_.diagnostics_.has_query_errors()) return fail(ErrorCode::kQuery, "");
    return {};
  }

  Result<std::shared_ptr<const std::vector<Batch>>> run(PlanNodePtr plan) override {
    plan::optimize(plan);
    const auto collect = std::make_shared<exec::Collect>();
    QUARRY_CHECK(execute(*plan, collect));
    return collect->batches();
  }

  std::string explain() {
    Binder binder(binder_context(nullptr));
    binder.define_parameters(engine_.options_.parameters);
    std::string text;
    for (PlanNodePtr& plan : binder.bind_query(ast_)) {
      plan::optimize(plan);
      if (!text.empty()) text += '\n';
      plan::explain(*plan, text);
    }
    return text;
  }

 private:
  BinderContext binder_context(SubqueryRunner* runner) {
    return {.operators = operator_bindings(),
            .tables = engine_.catalog_,
            .diagnostics = engine_.diagnostics_,
            .run = context_.run,
            .runner = runner,
            .functions = engine_.options_.functions};
  }

  Result<void> execute(const PlanNode& plan, std::shared_ptr<exec::Sink> sink) {
    plan::Builder builder(engine_.catalog_);
    QUARRY_TRY(plan::Stream stream, builder.build(plan));
    QUARRY_CHECK(builder.check());
    builder.run_before(std::move(stream), std::move(sink));
    for (exec::Pipeline& pipeline : builder.take_pipelines()) {
      QUARRY_CHECK(exec::run_pipeline(pipeline, context_));
      pipeline = {};  // what it held and nobody behind it needs
    }
    return {};
  }

  Engine& engine_;
  CancelToken never_;
  syntax::OperatorTable table_;
  syntax::Ast ast_;
  exec::MemoryBudget memory_;
  exec::SpillSpace spill_;
  exec::ExecContext context_;
  std::vector<Schema> schemas_;
};

Engine::Engine(EngineOptions options, Catalog& catalog, CancelToken& cancel,
               Diagnostics& diagnostics)
    : options_(std::move(options)), catalog_(catalog), cancel_(cancel), diagnostics_(diagnostics) {}
Engine::~Engine() = default;

/// With --follow an interrupt only ends the input.
bool Engine::is_stopped() const { return cancel_.cancelled() && !options_.interrupt_ends_input; }

bool Engine::prepare(std::string text) {
  text_ = std::move(text);
  session_ = std::make_unique<Session>(*this, text_);
  session_->check();
  if (diagnostics_.has_query_errors() || is_stopped()) return false;
  if (const Result<void> settled = catalog_.settle(); !settled) {
    diagnostics_.add(settled.error(), DiagnosticClass::kSemantic);
    return false;
  }
  session_->check();  // inputs have found their tables now, which may have changed schemas
  return !diagnostics_.has_query_errors() && !is_stopped();
}

std::vector<Schema> Engine::result_schemas() const { return session_->schemas(); }

Result<void> Engine::run(BatchSink& sink) {
  CountingSink counting(sink, statistics_.rows_out);
  Result<void> result = session_->run(counting);
  session_->report(statistics_);
  return result;
}

std::string Engine::explain() { return session_->explain(); }

}  // namespace quarry::kql
