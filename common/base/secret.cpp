#include "common/base/secret.h"

#include "common/base/digest.h"

#include <fmt/format.h>

#include <string.h>
#include <sys/prctl.h>

#include <mutex>
#include <utility>

namespace quarry {
namespace {

/// Counts the Secrets with content and forbids core dumps while there are any.
class DumpGuard {
 public:
  void add() {
    const std::lock_guard lock(mutex_);
    if (held_++ > 0) return;
    was_dumpable_ = ::prctl(PR_GET_DUMPABLE) == 1;
    ::prctl(PR_SET_DUMPABLE, 0);
  }
  void remove() {
    const std::lock_guard lock(mutex_);
    if (--held_ == 0 && was_dumpable_) ::prctl(PR_SET_DUMPABLE, 1);
  }

 private:
  std::mutex mutex_;
  long held_ = 0;
  bool was_dumpable_ = false;
};

DumpGuard& dump_guard() {
  static DumpGuard guard;
  return guard;
}

}  // namespace

void wipe(std::string& text) {
  text.resize(text.capacity());
  ::explicit_bzero(text.data(), text.size());
  text.clear();
}

Secret::Secret(std::string text) : text_(std::move(text)) {
  // A short text was copied by the move: the original's buffer still holds it.
  wipe(text);
  if (!text_.empty()) dump_guard().add();
}

Secret::Secret(const Secret& other) : Secret(std::string(other.text_)) {}

Secret::Secret(Secret&& other) noexcept : text_(std::move(other.text_)) { wipe(other.text_); }

Secret& Secret::operator=(Secret other) noexcept {
  std::swap(text_, other.text_);
  return *this;
}

Secret::~Secret() {
  const bool counted = !text_.empty();
  wipe(text_);
  if (counted) dump_guard().remove();
}

std::string Secret::redacted() const {
  return fmt::format("<redacted, {}>", hex_digest(DigestKind::kSha256, text_).substr(0, 8));
}

}  // namespace quarry
