#include "tools/lr/driver/comment.h"

#include <fmt/format.h>

#include <cstddef>

namespace quarry::lr {
namespace {

constexpr std::size_t kLongestReason = 300;

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::string_view cut(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && continues_character(text[bytes])) --bytes;
  return text.substr(0, bytes);
}

}  // namespace

std::string tag_of(std::string_view run, const Job& job, std::uint32_t attempt) {
  if (job.turn > 1) return fmt::format("[quarry {}.{}/{}]", run, job.turn, attempt);
  return fmt::format("[quarry {}/{}]", run, attempt);
}

std::string comment_of(std::string_view run, const Job& job, std::uint32_t attempt,
                       std::string_view reason) {
  return fmt::format("{}: {} {}", job.playbook, cut(reason, kLongestReason),
                     tag_of(run, job, attempt));
}

}  // namespace quarry::lr
