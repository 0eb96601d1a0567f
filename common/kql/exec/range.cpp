#include "common/kql/exec/range.h"

#include "common/value/builder.h"

#include <algorithm>
#include <atomic>

namespace quarry::exec {
namespace {

constexpr std::uint64_t kMorselRows = 64 * 1024;

class RangeScan final : public table::Scan {
 public:
  RangeScan(const RangePlan& plan, std::size_t batch_rows) : plan_(plan), batch_rows_(batch_rows) {}

  struct At final : Worker {
    std::uint64_t row = 0;
    std::uint64_t end = 0;
  };
  std::unique_ptr<Worker> make_worker() override { return std::make_unique<At>(); }

  Result<std::optional<std::uint64_t>> next_morsel(Worker& worker) override {
    const std::uint64_t morsel = next_.fetch_add(1);
    if (morsel > plan_.rows / kMorselRows) return std::optional<std::uint64_t>();
    auto& at = static_cast<At&>(worker);
    at.row = morsel * kMorselRows;
    at.end = at.row + std::min(kMorselRows, plan_.rows - at.row);
    return std::optional<std::uint64_t>(morsel);
  }

  Result<bool> read(Worker& worker, Batch& out) override {
    auto& at = static_cast<At&>(worker);
    if (at.row >= at.end) return false;
    const auto count =
        static_cast<std::size_t>(std::min<std::uint64_t>(batch_rows_, at.end - at.row));
    out = Batch({column(at.row, count)}, count);
    at.row += count;
    return true;
  }

 private:
  /// Every value lies between start and end, so the wrapped product comes out right.
  std::int64_t value(std::uint64_t row) const {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(plan_.start) +
                                     row * static_cast<std::uint64_t>(plan_.step));
  }

  template <Type T, class Make>
  static Column filled(std::uint64_t first, std::size_t count, Make make) {
    ColumnBuilder<T> builder(count);
    for (std::size_t i = 0; i < count; ++i) builder.append(make(first + i));
    return builder.finish();
  }

  Column column(std::uint64_t first, std::size_t count) const {
    switch (plan_.type) {
      case Type::kReal:
        return filled<Type::kReal>(first, count, [&](std::uint64_t row) {
          return plan_.real_start + static_cast<double>(row) * plan_.real_step;
        });
      case Type::kInt:
        return filled<Type::kInt>(
            first, count, [&](std::uint64_t row) { return static_cast<std::int32_t>(value(row)); });
      case Type::kDatetime:
        return filled<Type::kDatetime>(first, count,
                                       [&](std::uint64_t row) { return Datetime{value(row)}; });
      case Type::kTimespan:
        return filled<Type::kTimespan>(first, count,
                                       [&](std::uint64_t row) { return Timespan{value(row)}; });
      default:
        return filled<Type::kLong>(first, count, [&](std::uint64_t row) { return value(row); });
    }
  }

  const RangePlan plan_;
  const std::size_t batch_rows_;
  std::atomic<std::uint64_t> next_{0};
};

}  // namespace

Result<std::unique_ptr<table::Scan>> RangeSource::open(const ExecContext& context, int) {
  return std::unique_ptr<table::Scan>(std::make_unique<RangeScan>(plan_, context.batch_rows));
}

}  // namespace quarry::exec
