// What can be fuzzed: each campaign makes cases of its own, runs them and says what is wrong.
#pragma once

#include "tests/fuzz/random.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace quarry::fuzz {

/// What a campaign tells while a case runs.
class Recorder {
 public:
  virtual ~Recorder() = default;
  /// How to repeat what runs next: told before anything can crash.
  virtual void describe(const std::string& text) = 0;
  /// Something is wrong; what describe() said last repeats it.
  virtual void finding(const std::string& what) = 0;
  /// Counts something: "accepted", "with rows".
  virtual void count(std::string_view what) = 0;
  /// A part of the language ran without an error: group 0 functions, 1 operators, 2 plugins.
  virtual void covered(int group, std::uint32_t index) = 0;
  /// A folder for input files, empty or with those of the case before.
  virtual const std::filesystem::path& folder() = 0;
};

class Campaign {
 public:
  virtual ~Campaign() = default;
  virtual std::string_view name() const = 0;
  virtual std::string_view summary() const = 0;
  /// Work that is done once, before time counts.
  virtual void prepare() {}
  /// A case of its own making.
  virtual void run_case(Random& random, Recorder& recorder) = 0;
  /// A case that libFuzzer makes.
  virtual void run_bytes(std::span<const std::uint8_t> bytes, Recorder& recorder) = 0;
  /// A case from a file: what describe() printed, or bytes.
  virtual void run_file(const std::string& text, Recorder& recorder) = 0;
  /// "functions 410 of 488, …" from what was covered; empty where nothing counts.
  virtual std::string coverage(const std::set<std::uint32_t> (&)[3]) const { return {}; }
};

std::span<Campaign* const> all_campaigns();
Campaign* find_campaign(std::string_view name);

}  // namespace quarry::fuzz
