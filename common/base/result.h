// Result<T>: a value or an Error. For the world's failures (files, network, queries, options);
// never per row or cell.
#pragma once

#include "common/base/error.h"

#include <tl/expected.hpp>

#include <string>
#include <utility>

namespace quarry {

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

/// The success of a Result<void>.
inline Result<void> ok() { return {}; }

using Failure = tl::unexpected<Error>;

/// `return fail(ErrorCode::kData, "file is empty", "give another");`
inline Failure fail(ErrorCode code, std::string message, std::string hint = {}) {
  return Failure(Error(code, std::move(message), std::move(hint)));
}
inline Failure fail(Error error) { return Failure(std::move(error)); }

#define QUARRY_CONCAT_INNER(a, b) a##b
#define QUARRY_CONCAT(a, b) QUARRY_CONCAT_INNER(a, b)

/// QUARRY_TRY(auto x, expression): hands the Error onward or binds the value.
#define QUARRY_TRY(declaration, ...)                                                      \
  auto QUARRY_CONCAT(quarry_result_, __LINE__) = (__VA_ARGS__);                           \
  if (!QUARRY_CONCAT(quarry_result_, __LINE__))                                           \
    return ::quarry::Failure(std::move(QUARRY_CONCAT(quarry_result_, __LINE__)).error()); \
  declaration = std::move(*QUARRY_CONCAT(quarry_result_, __LINE__))

/// QUARRY_CHECK(expression): hands the Error of a Result onward, drops its value.
#define QUARRY_CHECK(...)                                                           \
  do {                                                                              \
    auto quarry_check_ = (__VA_ARGS__);                                             \
    if (!quarry_check_) return ::quarry::Failure(std::move(quarry_check_).error()); \
  } while (false)

}  // namespace quarry
