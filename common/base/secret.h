// Text that must never be seen: client secrets, tokens, passwords. Redaction is by type: a Secret
// cannot be formatted, compared with text or put into a message by mistake.
#pragma once

#include <string>
#include <string_view>

namespace quarry {

/// Owns its bytes and wipes them at the end. While any Secret with content is alive the process
/// leaves no core dump (PR_SET_DUMPABLE). Copies are Secrets of their own.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text);
  Secret(const Secret& other);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret other) noexcept;
  ~Secret();

  /// The text itself, valid while the Secret is: only for the place that sends or signs it.
  std::string_view reveal() const { return text_; }
  bool empty() const { return text_.empty(); }
  /// "<redacted, 1a2b3c4d>": eight digits of its SHA-256 tell two secrets apart in a log.
  std::string redacted() const;

 private:
  std::string text_;
};

/// Overwrites the whole buffer of a text, also what lies behind its end, and empties it.
void wipe(std::string& text);

}  // namespace quarry
