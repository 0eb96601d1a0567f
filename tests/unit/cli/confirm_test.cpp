#include "common/cli/confirm.h"

#include <doctest/doctest.h>

#include <unistd.h>

#include <array>
#include <string>
#include <string_view>

using namespace quarry;

namespace {

/// Types the text into a confirmer that asks for 37; what it showed goes to `shown`.
Result<bool> typed(std::string_view text, std::string* shown = nullptr,
                   CancelReason cancelled = CancelReason::kNone) {
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  REQUIRE(::pipe(in.data()) == 0);
  REQUIRE(::pipe(out.data()) == 0);
  CHECK(::write(in[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  CancelToken cancel;
  cancel.cancel(cancelled);
  if (cancelled == CancelReason::kNone) ::close(in[1]);
  cli::TerminalConfirmer confirmer("lr", cancel, in[0], out[1]);
  const Result<bool> answer = confirmer.type_count("type 37 to go on", 37);
  std::array<char, 200> buffer{};
  const ssize_t got = ::read(out[0], buffer.data(), buffer.size());
  if (shown != nullptr && got > 0)
    *shown = std::string(buffer.data(), static_cast<std::size_t>(got));
  if (cancelled != CancelReason::kNone) ::close(in[1]);
  for (const int end : {in[0], out[0], out[1]}) ::close(end);
  return answer;
}

}  // namespace

TEST_CASE("only the exact count goes through") {
  std::string shown;
  CHECK(typed("37\n", &shown).value());
  CHECK(shown == "lr: type 37 to go on: ");
  CHECK(typed(" 37 \r\n").value());
  for (const char* text : {"y\n", "yes\n", "36\n", "037\n", "37x\n", "\n", ""})
    CHECK_FALSE(typed(text).value());
}

TEST_CASE("Ctrl-C ends the question") {
  const auto answer = typed("", nullptr, CancelReason::kInterrupted);
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code() == ErrorCode::kInterrupted);
}
