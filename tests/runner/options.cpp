#include "tests/runner/options.h"

#include <charconv>
#include <sstream>
#include <string_view>

namespace quarry::test {
namespace {

std::optional<std::size_t> to_number(std::string_view text) {
  std::size_t value = 0;
  const char* end = text.data() + text.size();
  if (std::from_chars(text.data(), end, value).ptr != end || text.empty()) return std::nullopt;
  return value;
}

ShapeValues parse_values(const std::string& text) {
  ShapeValues sizes;
  std::istringstream in(text);
  for (std::string word; std::getline(in, word, ',');) sizes.push_back(to_number(word));
  return sizes;
}

/// False for an option that does not exist or a value that does not fit.
bool set(Options& options, std::string_view name, const std::string& value) {
  const std::optional<std::size_t> number = to_number(value);
  if (name == "--bin") {
    options.settings.binaries = std::filesystem::absolute(value).lexically_normal();
  } else if (name == "--source") {
    options.settings.source = std::filesystem::canonical(value);
  } else if (name == "--filter") {
    options.filter = value;
  } else if (name == "--batch-rows") {
    options.batch_sizes = parse_values(value);
  } else if (name == "--threads") {
    options.threads = parse_values(value);
  } else if (name == "--jobs" && number) {
    options.jobs = static_cast<unsigned>(*number);
  } else if (name == "--spill-bytes" && number) {
    options.settings.spill_bytes = number;
  } else if (name == "--timeout" && number) {
    options.settings.timeout = std::chrono::seconds(*number);
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::optional<Options> parse_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--update") {
      options.settings.update = true;
    } else if (!argument.starts_with("--")) {
      options.targets.push_back(argument);
    } else if (const std::size_t equals = argument.find('='); equals != std::string::npos) {
      if (!set(options, argument.substr(0, equals), argument.substr(equals + 1)))
        return std::nullopt;
    } else if (++i >= argc || !set(options, argument, argv[i])) {
      return std::nullopt;
    }
  }
  const bool is_complete = !options.settings.binaries.empty() && !options.settings.source.empty();
  if (!is_complete || options.targets.empty()) return std::nullopt;
  return options;
}

}  // namespace quarry::test
