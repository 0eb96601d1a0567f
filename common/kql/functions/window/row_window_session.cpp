// row_window_session(expr, max_from_first, max_between, [restart]): the start of the session that a
// row belongs to. A session ends where a row lies too far behind its first or behind the row
// before, or where `restart` is true.
#include "common/kql/functions/batch_inl.h"
#include "common/kql/functions/window/window_inl.h"

namespace quarry::kql::functions {
namespace {

struct Session final : KernelState {
  std::optional<std::int64_t> first, last;  // ticks
};

bool within(std::int64_t from, std::int64_t to, std::int64_t most) {
  std::int64_t distance = 0;
  return !__builtin_sub_overflow(to, from, &distance) && distance <= most;
}

Column run_session(KernelCall& call) {
  auto& session = *static_cast<Session*>(call.state);
  const Cells<Type::kDatetime> times(call.args[0]);
  const Cells<Type::kTimespan> from_first(call.args[1]);
  const Cells<Type::kTimespan> between(call.args[2]);
  const Restart restart(call, 3);
  ValidityBits validity(call.rows);
  const auto start_of = [&](std::size_t row) {
    if (times.is_null(row)) {
      validity.set_null(row);
      return Datetime{};
    }
    const std::int64_t now = times[row].ticks;
    const bool goes_on = session.first && !restart.at(row) &&
                         within(*session.first, now, from_first[row].ticks) &&
                         within(*session.last, now, between[row].ticks);
    if (!goes_on) session.first = now;
    session.last = now;
    return Datetime{*session.first};
  };
  auto cells = allocate_cells<Type::kDatetime>(call.rows);
  for (std::size_t row = 0; row < call.rows; ++row) cells.get()[row] = start_of(row);
  return Column(Type::kDatetime, call.rows, std::shared_ptr<const void>(cells, cells.get()),
                validity.finish());
}

constexpr ScalarKernel kKernel = window_kernel<Session>(Type::kDatetime, &run_session);
constexpr Overload kOverloads[]{
    {.params = {Type::kDatetime, Type::kTimespan, Type::kTimespan},
     .count = 3,
     .constant_params = 0b110,
     .kernel = kKernel},
    {.params = {Type::kDatetime, Type::kTimespan, Type::kTimespan, Type::kBool},
     .count = 4,
     .constant_params = 0b110,
     .kernel = kKernel}};
constexpr Param kParams[]{{.name = "expr", .help = "The time of each row, in ascending order."},
                          {.name = "max_from_first", .help = "How long a session may be."},
                          {.name = "max_between", .help = "How far neighbours may lie apart."},
                          kRestartParam};
constexpr FunctionDef kRowWindowSession{
    .name = "row_window_session",
    .summary = "Start of the session that each row belongs to.",
    .params = kParams,
    .example = {"datatable (t: datetime) [datetime(2024-05-01 10:00), datetime(2024-05-01 10:04), "
                "datetime(2024-05-01 11:00)] "
                "| sort by t asc | extend s = row_window_session(t, 1h, 5m) | distinct s | count",
                "2"},
    .overloads = kOverloads};
constexpr const FunctionDef* kScalars[]{&kRowWindowSession};

}  // namespace

extern constinit const FunctionTable kRowWindowSessionFunction{"window", kScalars};

}  // namespace quarry::kql::functions
