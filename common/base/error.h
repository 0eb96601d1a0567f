// The one error type of all rooms: what happened, in the user's words, and how to mend it.
#pragma once

#include "common/base/source_span.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace quarry {

/// What kind of failure it was; decides the exit status (cli-conventions: "Exit status").
enum class ErrorCode : std::uint8_t {
  kUsage,        // 2: unknown option, bad value
  kQuery,        // 2: KQL error, also one met while running
  kData,         // 3: an input is missing, unreadable, truncated
  kAuth,         // 4
  kRemote,       // 5
  kPartial,      // 6
  kRefused,      // 7
  kTimedOut,     // 8
  kInternal,     // 70: our bug
  kInterrupted,  // 130
  kTerminated,   // 143
  kReaderGone,   // 0: the reader of stdout went away (EPIPE)
};

/// The process exit status that belongs to a code.
int exit_status(ErrorCode code);

/// A failure on its way to the user. Small: the body lives behind one pointer. Copyable.
class [[nodiscard]] Error {
 public:
  Error(ErrorCode code, std::string message, std::string hint = {});

  ErrorCode code() const { return body_->code; }
  const std::string& message() const { return body_->message; }  ///< no trailing full stop
  const std::string& hint() const { return body_->hint; }        ///< may be empty
  const std::optional<SourceSpan>& where() const { return body_->where; }
  const std::string& file() const { return body_->file; }  ///< file it concerns; may be empty

  /// The same error placed in the query text.
  Error at(SourceSpan span) &&;
  /// The same error placed in a file ("path" or "path:line:byte").
  Error at(std::string file) &&;

 private:
  struct Body {
    ErrorCode code;
    std::string message;
    std::string hint;
    std::optional<SourceSpan> where;
    std::string file;
  };
  std::shared_ptr<Body> body_;
};

}  // namespace quarry
