#include "common/cli/confirm.h"

#include "common/base/text.h"

#include <fmt/format.h>

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace quarry::cli {
namespace {

constexpr std::size_t kLongestAnswer = 1000;

}  // namespace

TerminalConfirmer::TerminalConfirmer(std::string_view tool, const CancelToken& cancel, int input,
                                     int output)
    : tool_(tool), cancel_(cancel), input_(input), output_(output) {}

Result<bool> TerminalConfirmer::type_count(const std::string& question, std::size_t count) {
  const std::string prompt = fmt::format("{}: {}: ", tool_, question);
  if (::write(output_, prompt.data(), prompt.size()) < 0)
    return fail(ErrorCode::kRefused, "the question cannot be shown; nothing was changed");
  QUARRY_TRY(const std::string answer, read_line());
  // Exactly the digits: "37.0" or "0x25" were typed by somebody who did not read.
  return text::trim_ascii(answer) == std::to_string(count);
}

/// Byte by byte: what follows the line is not ours.
Result<std::string> TerminalConfirmer::read_line() {
  std::string line;
  while (line.size() < kLongestAnswer) {
    std::array<pollfd, 2> ends{pollfd{input_, POLLIN, 0}, pollfd{cancel_.descriptor(), POLLIN, 0}};
    if (::poll(ends.data(), ends.size(), -1) < 0 && errno != EINTR) break;
    if (const auto error = cancel_.error()) return fail(*error);
    if (ends[0].revents == 0) continue;
    char c = '\0';
    const ssize_t got = ::read(input_, &c, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || c == '\n') break;
    line += c;
  }
  return line;
}

}  // namespace quarry::cli
