// lr verify: whether a journal is as it was written.
#include "common/base/private_file.h"
#include "common/base/text.h"
#include "common/cli/result_output.h"
#include "common/journal/chain.h"
#include "tools/lr/log/run_file.h"
#include "tools/lr/lr_app.h"

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <system_error>

namespace quarry::lr {
namespace {

/// The hash that was noted; "" without --last.
Result<std::string> noted_hash(const cli::Invocation& invocation) {
  std::string hash = text::lower_ascii(invocation.text("last"));
  const bool is_hash =
      hash.size() == 64 && hash.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (invocation.options().is_given("last") && !is_hash)
    return fail(ErrorCode::kUsage, fmt::format("--last: '{}' is no hash", hash),
                "64 hexadecimal digits, as lr verify prints them");
  return hash;
}

}  // namespace

Result<int> verify_command(cli::Invocation& invocation) {
  QUARRY_TRY(const std::string noted, noted_hash(invocation));
  std::string path = invocation.arguments()[0];
  std::error_code none;
  if (!std::filesystem::exists(path, none)) {
    QUARRY_TRY(const std::string run, find_run(invocation, path));
    QUARRY_TRY(path, journal::run_path(state_folder(invocation.environment()), run));
  }
  QUARRY_TRY(const journal::Verified verified, journal::verify_chain(path, noted));
  std::string said =
      fmt::format("{} records, unbroken; the last is {}\n", verified.records, verified.last_hash);
  if (!noted.empty()) said += fmt::format("{} of them came after {}\n", verified.since, noted);
  return cli::show_text(invocation, said);
}

}  // namespace quarry::lr
