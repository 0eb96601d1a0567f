#include "common/base/error.h"

#include <utility>

namespace quarry {

int exit_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::kUsage:
    case ErrorCode::kQuery:
      return 2;
    case ErrorCode::kData:
      return 3;
    case ErrorCode::kAuth:
      return 4;
    case ErrorCode::kRemote:
      return 5;
    case ErrorCode::kPartial:
      return 6;
    case ErrorCode::kRefused:
      return 7;
    case ErrorCode::kTimedOut:
      return 8;
    case ErrorCode::kInternal:
      return 70;
    case ErrorCode::kInterrupted:
      return 130;
    case ErrorCode::kTerminated:
      return 143;
    case ErrorCode::kReaderGone:
      return 0;
  }
  return 70;
}

Error::Error(ErrorCode code, std::string message, std::string hint)
    : body_(std::make_shared<Body>(Body{code, std::move(message), std::move(hint), {}, {}})) {}

// Copies share a body, so placing one must not move the others: the body is copied first.
Error Error::at(SourceSpan span) && {
  body_ = std::make_shared<Body>(*body_);
  body_->where = span;
  return std::move(*this);
}

Error Error::at(std::string file) && {
  body_ = std::make_shared<Body>(*body_);
  body_->file = std::move(file);
  return std::move(*this);
}

}  // namespace quarry
