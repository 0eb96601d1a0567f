#include "tools/lr/act/undelivered.h"

namespace quarry::lr {

actions::ActResult undelivered(const net::Outcome& outcome) {
  const Error& error = outcome.result.error();
  const bool lost = outcome.delivery == net::Delivery::kUnknown;
  return {.state = lost ? journal::State::kUnknown : journal::State::kFailed,
          .message = error.message(),
          .code = error.code(),
          .stop_all = error.code() == ErrorCode::kAuth};
}

}  // namespace quarry::lr
