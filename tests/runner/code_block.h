// Code blocks of a Markdown file that tests execute: a ```sh block under `<!-- run -->`; the block
// under a following
// `<!-- output -->` is what it must print.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::test {

struct CodeBlock {
  std::size_t line = 0;  ///< of the opening fence
  std::string script;
  std::optional<std::string> output;
};

/// Throws FormatError where a mark has no block.
std::vector<CodeBlock> executable_blocks(std::string_view markdown);

}  // namespace quarry::test
