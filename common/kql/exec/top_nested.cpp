#include "common/kql/exec/top_nested.h"

#include "common/kql/exec/row_table.h"
#include "common/kql/exec/scan.h"
#include "common/value/builder.h"
#include "common/value/compare.h"

#include <algorithm>

namespace quarry::exec {
namespace {

constexpr std::int64_t kNoGroup = -1;

/// The groups that a level has made, in the order in which they are shown.
struct Made {
  std::vector<std::uint32_t> parent;  // group of the level above
  std::vector<bool> rest;             // "others", or below it
  Column keys;
  Column values;
};

/// A pipeline of its own over rows in memory.
Result<Batch> aggregated(const Batch& rows, AggregatePlan plan, const std::vector<Type>& types,
                         const ExecContext& context) {
  Pipeline pipeline;
  auto batches = std::make_shared<std::vector<Batch>>(1, rows);
  pipeline.legs.push_back(Leg{std::make_shared<MemorySource>(std::move(batches)), {}});
  const auto sink = std::make_shared<Aggregate>(std::move(plan));
  pipeline.sink = sink;
  ExecContext inner = context;
  inner.threads = 1;
  inner.spill = nullptr;  // the rows are in memory as it is
  QUARRY_CHECK(run_pipeline(pipeline, inner));
  return concatenate(sink->rows()->batches, types);
}

/// One level at work: knows which group of the level above each row is in, and replaces that by its
/// own groups.
class LevelRun {
 public:
  LevelRun(const TopNestedLevel& level, const Batch& rows, std::vector<std::int64_t>& group_of_row,
           const Made* above, const ExecContext& context)
      : level_(level),
        rows_(rows),
        group_of_row_(group_of_row),
        above_(above),
        context_(context),
        keys_(make_builder(level.key.type)),
        values_(make_builder(level.value.type)) {}

  Result<Made> run() {
    const std::size_t parents = above_ == nullptr ? 1 : above_->parent.size();
    QUARRY_TRY(const Table best, groups_by_key());
    number_of_.assign(best.batch.rows(), kNoGroup);
    QUARRY_TRY(const Table rest, groups_of_rest(best));
    std::vector<std::vector<std::uint32_t>> of_parent(parents);
    for (std::uint32_t i = 0; i < best.batch.rows(); ++i)
      of_parent[group_at(best.batch, i)].push_back(i);
    std::vector<std::int64_t> rest_at(parents, kNoGroup);  // row of `rest`
    for (std::size_t i = 0; i < rest.batch.rows(); ++i)
      rest_at[group_at(rest.batch, i)] = static_cast<std::int64_t>(i);
    for (std::size_t parent = 0; parent < parents; ++parent) {
      for (const std::uint32_t row : kept(best, of_parent[parent])) {
        number_of_[row] = static_cast<std::int64_t>(made_.parent.size());
        add(parent, false, best.batch.column(1), row, best.values, row);
      }
      const bool below_rest = above_ != nullptr && above_->rest[parent];
      if (rest_at[parent] != kNoGroup) {
        rest_number_[parent] = static_cast<std::int64_t>(made_.parent.size());
        add(parent, true, level_.others->as_column(1), 0, rest.values,
            static_cast<std::size_t>(rest_at[parent]));
      } else if (below_rest) {
        add(parent, true, Column::all_null(level_.key.type, 1), 0,
            Column::all_null(level_.value.type, 1), 0);
      }
    }
    move_rows();
    made_.keys = keys_->finish();
    made_.values = values_->finish();
    return std::move(made_);
  }

 private:
  struct Table {
    Batch batch;    // group, key (of best), results
    Column values;  // what orders
  };

  static std::size_t group_at(const Batch& batch, std::size_t row) {
    return static_cast<std::size_t>(Cells<Type::kLong>(batch.column(0))[row]);
  }
  bool is_rest(std::int64_t group) const {
    return above_ != nullptr && above_->rest[static_cast<std::size_t>(group)];
  }

  /// The rows with these numbers, with their group as one more column.
  Batch with_groups(const std::vector<std::uint32_t>& rows) const {
    ColumnBuilder<Type::kLong> groups(rows.size());
    for (const std::uint32_t row : rows) groups.append(group_of_row_[row]);
    Batch result = rows_.selected(std::make_shared<std::vector<std::uint32_t>>(rows));
    result.add(groups.finish());
    return result;
  }

  Result<Table> evaluate(const Batch& in, std::vector<Expression> keys, bool with_key) const {
    AggregatePlan plan;
    std::vector<Type> types;
    for (const Expression& key : keys) types.push_back(key.type);
    plan.keys = std::move(keys);
    plan.steps = level_.steps;
    types.insert(types.end(), level_.result_types.begin(), level_.result_types.end());
    QUARRY_TRY(Batch out, aggregated(in, std::move(plan), types, context_));
    if (!with_key) {  // the value's expression counts from behind group and key
      Batch padded({out.column(0), Column::all_null(level_.key.type, out.rows())}, out.rows());
      for (std::size_t i = 1; i < out.column_count(); ++i) padded.add(out.column(i));
      out = std::move(padded);
    }
    QUARRY_TRY(Evaluator evaluator, Evaluator::make(level_.value, context_.run));
    Column values = evaluator.evaluate(out);
    return Table{std::move(out), std::move(values)};
  }

  Result<Table> groups_by_key() {
    for (std::uint32_t row = 0; row < rows_.rows(); ++row) {
      if (group_of_row_[row] != kNoGroup && !is_rest(group_of_row_[row])) in_play_.push_back(row);
    }
    play_ = with_groups(in_play_);
    return evaluate(play_, {Expression::of_column(rows_.column_count(), Type::kLong), level_.key},
                    true);
  }

  /// The rows of a parent in their order, as many as are wanted.
  std::vector<std::uint32_t> kept(const Table& best, std::vector<std::uint32_t> rows) const {
    const NullCheck nulls(best.values);
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
      if (nulls.is_null(a) || nulls.is_null(b)) return !nulls.is_null(a) && nulls.is_null(b);
      const int order = compare_rows(best.values, a, best.values, b);
      return level_.descending ? order > 0 : order < 0;
    });
    if (level_.limit && rows.size() > *level_.limit)
      rows.resize(static_cast<std::size_t>(*level_.limit));
    return rows;
  }

  /// For each row in play the row of `best` that it belongs to.
  Result<void> find_best_of_rows(const Table& best) {
    QUARRY_TRY(Evaluator key, Evaluator::make(level_.key, context_.run));
    RowTable table({Type::kLong, level_.key.type}, sizeof(std::uint64_t));
    std::vector<std::byte*> places;
    std::vector<std::byte*> added;
    const Column groups[]{best.batch.column(0), best.batch.column(1)};
    if (best.batch.rows() > 0) table.find_or_add(groups, best.batch.rows(), 0, places, added);
    for (std::size_t i = 0; i < places.size(); ++i)
      *reinterpret_cast<std::uint64_t*>(table.state(places[i])) = i;
    const Column rows[]{play_.column(rows_.column_count()), key.evaluate(play_)};
    if (play_.rows() > 0) table.find_or_add(rows, play_.rows(), 0, places, added);
    for (std::size_t i = 0; i < play_.rows(); ++i)
      best_of_row_.push_back(
          static_cast<std::uint32_t>(*reinterpret_cast<std::uint64_t*>(table.state(places[i]))));
    return {};
  }

  /// One row for each parent that has rows left over.
  Result<Table> groups_of_rest(const Table& best) {
    QUARRY_CHECK(find_best_of_rows(best));
    rest_number_.assign(above_ == nullptr ? 1 : above_->parent.size(), kNoGroup);
    if (!level_.others) return Table{};
    std::vector<bool> wanted(best.batch.rows(), false);
    std::vector<std::vector<std::uint32_t>> of_parent(rest_number_.size());
    for (std::uint32_t i = 0; i < best.batch.rows(); ++i)
      of_parent[group_at(best.batch, i)].push_back(i);
    for (const auto& rows : of_parent) {
      for (const std::uint32_t row : kept(best, rows)) wanted[row] = true;
    }
    std::vector<std::uint32_t> rest;
    for (std::size_t i = 0; i < in_play_.size(); ++i) {
      if (!wanted[best_of_row_[i]]) rest.push_back(in_play_[i]);
    }
    for (std::uint32_t row = 0; row < rows_.rows(); ++row) {
      if (group_of_row_[row] != kNoGroup && is_rest(group_of_row_[row])) rest.push_back(row);
    }
    std::sort(rest.begin(), rest.end());
    return evaluate(with_groups(rest), {Expression::of_column(rows_.column_count(), Type::kLong)},
                    false);
  }

  void add(std::size_t parent, bool rest, const Column& key, std::size_t key_row,
           const Column& value, std::size_t value_row) {
    made_.parent.push_back(static_cast<std::uint32_t>(parent));
    made_.rest.push_back(rest);
    keys_->append_from(key, key_row);
    values_->append_from(value, value_row);
  }

  void move_rows() {
    std::vector<std::int64_t> moved(group_of_row_.size(), kNoGroup);
    for (std::size_t i = 0; i < in_play_.size(); ++i)
      moved[in_play_[i]] = number_of_[best_of_row_[i]];
    for (std::size_t row = 0; row < moved.size(); ++row) {
      if (moved[row] == kNoGroup && group_of_row_[row] != kNoGroup)
        moved[row] = rest_number_[static_cast<std::size_t>(group_of_row_[row])];
    }
    group_of_row_ = std::move(moved);
  }

  const TopNestedLevel& level_;
  const Batch& rows_;
  std::vector<std::int64_t>& group_of_row_;
  const Made* above_;
  const ExecContext& context_;
  std::unique_ptr<AnyBuilder> keys_;
  std::unique_ptr<AnyBuilder> values_;
  Made made_;
  std::vector<std::uint32_t> in_play_;      // rows whose parent is no "others"
  Batch play_;                              // they, with their group
  std::vector<std::uint32_t> best_of_row_;  // for each of them
  std::vector<std::int64_t> number_of_;     // a row of best -> the new group
  std::vector<std::int64_t> rest_number_;   // parent -> its "others"
};

}  // namespace

Result<void> TopNested::finish(const ExecContext& context) {
  QUARRY_CHECK(rows_.finish(context));
  const Batch all = concatenate(*rows_.batches(), types_);
  std::vector<std::int64_t> group_of_row(all.rows(), 0);
  std::vector<Made> made;
  made.reserve(levels_.size());
  for (const TopNestedLevel& level : levels_) {
    QUARRY_TRY(
        Made groups,
        LevelRun(level, all, group_of_row, made.empty() ? nullptr : &made.back(), context).run());
    made.push_back(std::move(groups));
  }
  std::vector<std::uint32_t> at(made.back().parent.size());
  for (std::uint32_t i = 0; i < at.size(); ++i) at[i] = i;
  std::vector<Column> columns(levels_.size() * 2);
  for (std::size_t level = levels_.size(); level-- > 0;) {
    const auto index = std::make_shared<std::vector<std::uint32_t>>(at);
    columns[level * 2] = Column::select(made[level].keys, index);
    columns[level * 2 + 1] = Column::select(made[level].values, index);
    for (std::uint32_t& place : at) place = made[level].parent[place];
  }
  if (!at.empty()) batches_->push_back(Batch(std::move(columns), at.size()));
  return {};
}

}  // namespace quarry::exec
