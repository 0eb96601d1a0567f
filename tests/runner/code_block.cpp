#include "tests/runner/code_block.h"

#include "tests/runner/sections.h"

#include <sstream>

namespace quarry::test {
namespace {

constexpr std::string_view kRun = "<!-- run -->";
constexpr std::string_view kOutput = "<!-- output -->";
constexpr std::string_view kFence = "```";

class Reader {
 public:
  explicit Reader(std::string_view markdown) : in_(std::string(markdown)) {}

  std::vector<CodeBlock> read() {
    std::vector<CodeBlock> blocks;
    while (next()) {
      if (line_ == kRun) {
        std::string script = block();
        blocks.push_back({start_, std::move(script), std::nullopt});
      } else if (line_ == kOutput) {
        if (blocks.empty()) throw FormatError(number_, "an output mark before any run mark");
        blocks.back().output = block();
      }
    }
    return blocks;
  }

 private:
  bool next() {
    ++number_;
    return static_cast<bool>(std::getline(in_, line_));
  }

  /// The block that follows the mark, blank lines between them allowed.
  std::string block() {
    while (next() && line_.empty()) {
    }
    if (!line_.starts_with(kFence)) throw FormatError(number_, "a mark wants a code block below");
    start_ = number_;
    std::string text;
    while (next() && !line_.starts_with(kFence)) text += line_ + "\n";
    return text;
  }

  std::istringstream in_;
  std::string line_;
  std::size_t number_ = 0;
  std::size_t start_ = 0;
};

}  // namespace

std::vector<CodeBlock> executable_blocks(std::string_view markdown) {
  return Reader(markdown).read();
}

}  // namespace quarry::test
