#include "common/base/cancel.h"

#include <doctest/doctest.h>

#include <poll.h>

using quarry::CancelReason;
using quarry::CancelToken;
using quarry::ErrorCode;

namespace {

bool readable(const CancelToken& token) {
  pollfd entry{token.descriptor(), POLLIN, 0};
  return ::poll(&entry, 1, 0) == 1;
}

}  // namespace

TEST_CASE("a token's descriptor becomes readable when it is cancelled, and the first reason wins") {
  CancelToken token;
  CHECK_FALSE(token.cancelled());
  CHECK_FALSE(readable(token));
  token.cancel(CancelReason::kNone);
  CHECK_FALSE(token.cancelled());
  token.cancel(CancelReason::kTimedOut);
  token.cancel(CancelReason::kInterrupted);
  CHECK(token.cancelled());
  CHECK(readable(token));
  CHECK(token.reason() == CancelReason::kTimedOut);
}

TEST_CASE("each reason has its error, and enough rows is none") {
  const auto code_for = [](CancelReason reason) {
    CancelToken token;
    token.cancel(reason);
    const auto error = token.error();
    return error ? std::optional(error->code()) : std::nullopt;
  };
  CHECK(code_for(CancelReason::kNone) == std::nullopt);
  CHECK(code_for(CancelReason::kEnough) == std::nullopt);
  CHECK(code_for(CancelReason::kInterrupted) == ErrorCode::kInterrupted);
  CHECK(code_for(CancelReason::kTerminated) == ErrorCode::kTerminated);
  CHECK(code_for(CancelReason::kTimedOut) == ErrorCode::kTimedOut);
  CHECK(code_for(CancelReason::kReaderGone) == ErrorCode::kReaderGone);
}
