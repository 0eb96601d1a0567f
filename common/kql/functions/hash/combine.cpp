// hash_many() and hash_combine(): one hash of several. KQL says how neither combines, and warns not
// to keep the results; here it is hash() over the hashes, one behind the other as eight bytes each.
// hash_many(a, b) is hash_combine(hash(a), hash(b)), as in KQL.
#include "common/kql/functions/hash/hash_value.h"
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

template <Type T>
std::int64_t hash_cell(const Cell<T>& cell) {
  if constexpr (T == Type::kString)
    return hash_text(cell.view());
  else if constexpr (T == Type::kBool)
    return hash_bool(cell != 0);
  else if constexpr (T == Type::kInt || T == Type::kLong)
    return hash_long(cell);
  else if constexpr (T == Type::kReal)
    return hash_real(cell);
  else if constexpr (T == Type::kDatetime)
    return hash_datetime(cell);
  else if constexpr (T == Type::kTimespan)
    return hash_timespan(cell);
  else if constexpr (T == Type::kGuid)
    return hash_guid(cell);
  else if constexpr (T == Type::kDecimal)
    return hash_decimal(cell);
  else
    return hash_text(cell.json.view());
}

enum class Of : std::uint8_t { kValues, kHashes };

/// Appends a hash a row; null in, null out, as with hash().
template <Of kOf>
void add_hashes(const Column& column, std::vector<std::int64_t>& hashes, std::vector<bool>& nulls,
                std::size_t at, std::size_t width) {
  dispatch(column.type(), [&]<Type T>() {
    const Cells<T> cells(column);
    for (std::size_t i = 0; i < nulls.size(); ++i) {
      if (cells.is_null(i))
        nulls[i] = true;
      else if constexpr (kOf == Of::kHashes && T == Type::kLong)
        hashes[i * width + at] = cells[i];
      else
        hashes[i * width + at] = hash_cell<T>(cells[i]);
    }
  });
}

template <Of kOf>
Column run(KernelCall& call) {
  const std::size_t width = call.args.size();
  std::vector<std::int64_t> hashes(call.rows * width);
  std::vector<bool> nulls(call.rows);
  for (std::size_t i = 0; i < width; ++i) add_hashes<kOf>(call.args[i], hashes, nulls, i, width);
  ColumnBuilder<Type::kLong> out(call.rows);
  for (std::size_t row = 0; row < call.rows; ++row) {
    if (nulls[row])
      out.append_null();
    else
      out.append(hash_text(
          {reinterpret_cast<const char*>(&hashes[row * width]), width * sizeof(std::int64_t)}));
  }
  return out.finish();
}

Result<ResolvedScalar> resolve_values(std::span<const Argument> arguments) {
  ResolvedScalar result{{}, ScalarKernel{Type::kLong, &run<Of::kValues>}};
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i].type == Type::kDynamic) {
      return Failure(
          Error(ErrorCode::kQuery, "hash_many() takes no dynamic", "tostring() makes it a text")
              .at(SourceSpan{static_cast<std::uint32_t>(i), 0}));
    }
    result.argument_types.push_back(arguments[i].type);
  }
  return result;
}

Result<ResolvedScalar> resolve_hashes(std::span<const Argument> arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i].type == Type::kLong || arguments[i].type == Type::kInt ||
        arguments[i].type == Type::kDynamic)
      continue;
    return Failure(Error(ErrorCode::kQuery, "hash_combine() takes hashes: numbers of type long",
                         "hash_many() takes the values themselves")
                       .at(SourceSpan{static_cast<std::uint32_t>(i), 0}));
  }
  return ResolvedScalar{std::vector<Type>(arguments.size(), Type::kLong),
                        ScalarKernel{Type::kLong, &run<Of::kHashes>}};
}

constexpr Param kManyParams[]{{"s1", "Any scalar but dynamic."},
                              {"s2", "More of them.", false, true}};
constexpr Param kCombineParams[]{{"h1", "A hash."}, {"h2", "More of them.", false, true}};
constexpr FunctionDef kMany{
    .name = "hash_many",
    .summary =
        "Returns one 64-bit hash of several values; as an algorithm it is this program's own.",
    .params = kManyParams,
    .example = {R"(print hash_many("a", 1) == hash_combine(hash("a"), hash(1)))", "true"},
    .resolve = &resolve_values};
constexpr FunctionDef kCombine{
    .name = "hash_combine",
    .summary =
        "Returns one 64-bit hash of several hashes; as an algorithm it is this program's own.",
    .params = kCombineParams,
    .example = {R"(print hash_combine(hash("a"), hash("b")) == hash_combine(hash("b"), hash("a")))",
                "false"},
    .resolve = &resolve_hashes};

constexpr const FunctionDef* kScalars[]{&kMany, &kCombine};

}  // namespace

extern constinit const FunctionTable kHashCombineFunctions{"hash", kScalars};

}  // namespace quarry::kql::functions
