// Runs a program to its end and keeps what it wrote.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace quarry::test {

struct Command {
  std::vector<std::string> words;        ///< program (absolute path) and arguments
  std::vector<std::string> environment;  ///< NAME=value, the whole of it
  std::filesystem::path folder;
  std::chrono::seconds timeout{60};
};

struct Finished {
  std::string out;
  std::string err;
  int exit_status = 0;  ///< 128 + N for signal N, as shells count
  bool timed_out = false;
};

/// Standard input is empty. Safe from several threads at once.
Finished run(const Command& command);

}  // namespace quarry::test
