// quarry_fuzz: runs a campaign of random cases for a while, or repeats one.
#include "tests/fuzz/campaigns.h"
#include "tests/fuzz/plain_recorder.h"
#include "tests/fuzz/supervisor.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <optional>
#include <string_view>

/// A query may want much memory, but not all that there is.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
  return "hard_rss_limit_mb=6000:detect_stack_use_after_return=0:abort_on_error=0";
}
extern "C" const char* __ubsan_default_options();
extern "C" const char* __ubsan_default_options() { return "print_stacktrace=1:halt_on_error=1"; }

namespace {

using namespace quarry::fuzz;

constexpr const char* kUsage =
    "usage: quarry_fuzz CAMPAIGN [--seconds N] [--seed S] [--jobs N] [--case N]   random cases\n"
    "       quarry_fuzz CAMPAIGN FILE...                                          cases from "
    "files\n";

std::optional<std::uint64_t> to_number(std::string_view text) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  if (text.empty() || std::from_chars(text.data(), end, value).ptr != end) return std::nullopt;
  return value;
}

int usage() {
  fmt::print(stderr, "{}", kUsage);
  for (const Campaign* const campaign : all_campaigns())
    fmt::print(stderr, "  {:<8} {}\n", campaign->name(), campaign->summary());
  return 2;
}

bool set(Plan& plan, std::string_view option, std::uint64_t value) {
  if (option == "--seconds") {
    plan.seconds = static_cast<std::int64_t>(value);
  } else if (option == "--seed") {
    plan.seed = value;
  } else if (option == "--jobs") {
    plan.jobs = static_cast<unsigned>(value);
  } else if (option == "--case") {
    plan.first_case = value;
    plan.cases = 1;
  } else {
    return false;
  }
  return true;
}

int run_files(Campaign& campaign, const std::vector<std::string>& files) {
  PlainRecorder recorder;
  for (const std::string& file : files) {
    try {
      campaign.run_file(quarry::test::read_text(file), recorder);
    } catch (const std::exception& problem) {
      fmt::print(stderr, "{}: {}\n", file, problem.what());
      return 2;
    }
  }
  for (const std::string& finding : recorder.findings) fmt::print("FINDING\n{}\n", finding);
  fmt::print("{} findings\n", recorder.findings.size());
  return recorder.findings.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  Campaign* const campaign = argc > 1 ? find_campaign(argv[1]) : nullptr;
  if (campaign == nullptr) return usage();
  Plan plan;
  std::vector<std::string> files;
  for (int i = 2; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (!word.starts_with("--")) {
      files.emplace_back(word);
      continue;
    }
    const auto value = i + 1 < argc ? to_number(argv[++i]) : std::nullopt;
    if (!value || !set(plan, word, *value)) return usage();
  }
  if (!files.empty()) return run_files(*campaign, files);
  return run_campaign(*campaign, plan) == 0 ? 0 : 1;
}
