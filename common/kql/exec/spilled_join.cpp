#include "common/kql/exec/spilled_join.h"

#include "common/kql/exec/spill/placed_parts.h"

#include <utility>

namespace quarry::exec {
namespace {

std::vector<Type> with_place(std::vector<Type> types) {
  types.push_back(Type::kLong);
  return types;
}

}  // namespace

SpilledJoin::SpilledJoin(const SpilledBuild& build, JoinMode mode,
                         const std::vector<Expression>& keys, const std::vector<Type>& types,
                         const ExecContext& context)
    : build_(build), mode_(mode), keys_(keys), types_(types), context_(context) {
  probe_.emplace(keys_, probe_types(), 0, context_);
  result_.types = probe_types();
  if (has_build_columns())
    result_.types.insert(result_.types.end(), build_.types.begin(), build_.types.end());
  result_.keys = {{.column = types_.size()}};
  tail_ = {build_.keyless, build_types(), {{.column = build_.types.size()}}};
}

std::vector<Type> SpilledJoin::build_types() const { return with_place(build_.types); }
std::vector<Type> SpilledJoin::probe_types() const { return with_place(types_); }

Result<void> SpilledJoin::add(const Batch& in) {
  const std::uint64_t first = place_;
  place_ += in.rows();
  return probe_->add(with_places({first, in}));
}

Result<void> SpilledJoin::join() {
  QUARRY_TRY(Partitions probe, probe_->finish());
  for (std::size_t p = 0; p < kPartitions; ++p)
    QUARRY_CHECK(join_part(build_.parts[p], std::move(probe[p]), 0));
  QUARRY_CHECK(merge_until_few(result_, context_));
  QUARRY_CHECK(merge_until_few(tail_, context_));
  merge_.emplace(result_, context_);
  tail_merge_.emplace(tail_, context_);
  return {};
}

/// Takes the build rows of one part into memory and lets the probe rows pass.
Result<void> SpilledJoin::join_part(std::vector<SpillRun> build, std::vector<SpillRun> probe,
                                    int level) {
  const bool shows_lone_rows = mode_ != JoinMode::kInner && mode_ != JoinMode::kSemi;
  if (probe.empty() && mode_ != JoinMode::kFull) return {};
  if (build.empty() && !shows_lone_rows) return {};
  MemoryShare share(context_.memory);
  QUARRY_TRY(auto loaded,
             load_part({std::move(build), build_.keys, build_types(), level}, context_, share));
  if (auto* const finer = std::get_if<Partitions>(&loaded))
    return join_finer(std::move(*finer), std::move(probe), level + 1);
  auto table = std::make_shared<JoinTable>();
  table->rows = std::move(std::get<Batch>(loaded));
  QUARRY_CHECK(table->index(build_.keys, build_.which, context_.run));
  return probe_part(std::move(table), probe);
}

/// The build side was cut once more: so must be the probe side.
Result<void> SpilledJoin::join_finer(Partitions build, std::vector<SpillRun> probe, int level) {
  PartWriter writer(keys_, probe_types(), level, context_);
  for (const SpillRun& run : probe) {
    RunReader reader(*context_.spill, run, probe_types(), RunReader::Room::kGivenBack);
    Batch batch;
    while (true) {
      QUARRY_CHECK(check_cancelled(context_));
      QUARRY_TRY(const bool more, reader.next(batch));
      if (!more) break;
      QUARRY_CHECK(writer.add(batch));
    }
  }
  QUARRY_TRY(Partitions finer, writer.finish());
  for (std::size_t p = 0; p < kPartitions; ++p)
    QUARRY_CHECK(join_part(std::move(build[p]), std::move(finer[p]), level));
  return {};
}

/// Joins as in memory; places are columns like others there, the last of each side.
Result<void> SpilledJoin::probe_part(std::shared_ptr<JoinTable> table,
                                     const std::vector<SpillRun>& probe) {
  const JoinProbe part(std::move(table), mode_, keys_, probe_types(), build_types());
  QUARRY_TRY(const auto state, part.make_state(context_));
  RunWriter writer(*context_.spill, chunk_bytes(context_.memory->limit()));
  for (const SpillRun& run : probe) {
    RunReader reader(*context_.spill, run, probe_types(), RunReader::Room::kGivenBack);
    Batch in;
    while (true) {
      QUARRY_TRY(const bool more, reader.next(in));
      if (!more) break;
      Flow flow = Flow::kMoreOutput;
      while (flow == Flow::kMoreOutput) {
        QUARRY_CHECK(check_cancelled(context_));
        Batch out;
        QUARRY_TRY(flow, part.push(*state, in, out));
        std::vector<Column> columns = out.columns();
        if (has_build_columns() && !columns.empty()) columns.pop_back();
        QUARRY_CHECK(writer.write(Batch(std::move(columns), out.rows())));
      }
    }
  }
  QUARRY_TRY(SpillRun run, writer.finish());
  if (run.rows > 0) result_.runs.push_back(std::move(run));
  return mode_ == JoinMode::kFull ? write_tail(part, *state) : Result<void>();
}

/// The build rows that no probe row matched.
Result<void> SpilledJoin::write_tail(const JoinProbe& part, OperatorState& state) {
  RunWriter writer(*context_.spill, chunk_bytes(context_.memory->limit()));
  Flow flow = Flow::kMoreOutput;
  while (flow == Flow::kMoreOutput) {
    QUARRY_CHECK(check_cancelled(context_));
    Batch out;
    QUARRY_TRY(flow, part.finish(state, out));
    if (out.rows() == 0) continue;
    const auto build_columns =
        out.columns().begin() + static_cast<std::ptrdiff_t>(types_.size() + 1);
    QUARRY_CHECK(writer.write(Batch({build_columns, out.columns().end()}, out.rows())));
  }
  QUARRY_TRY(SpillRun run, writer.finish());
  if (run.rows > 0) tail_.runs.push_back(std::move(run));
  return {};
}

Result<bool> SpilledJoin::next(Batch& out) {
  if (!merge_) QUARRY_CHECK(join());
  Batch rows;
  std::vector<Column> columns;
  QUARRY_TRY(const bool more, merge_->next(context_.batch_rows, rows));
  if (more) {
    columns = rows.columns();
    columns.erase(columns.begin() + static_cast<std::ptrdiff_t>(types_.size()));
  } else {
    QUARRY_TRY(const bool more_tail, tail_merge_->next(context_.batch_rows, rows));
    if (!more_tail) return false;
    for (const Type type : types_) columns.push_back(Column::all_null(type, rows.rows()));
    columns.insert(columns.end(), rows.columns().begin(), rows.columns().end() - 1);
  }
  out = Batch(std::move(columns), rows.rows());
  return true;
}

}  // namespace quarry::exec
