// incident-link verify: is everything as it was written?
#include "common/base/text.h"
#include "common/cli/result_output.h"
#include "tools/incident-link/case/verify.h"
#include "tools/incident-link/incident_link_app.h"
#include "tools/incident-link/link/case_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace quarry::incident_link {
namespace {

constexpr std::size_t kDigits = 64;

/// --last, in lower case.
Result<std::string> given_hash(const cli::Invocation& invocation) {
  std::string hash = text::lower_ascii(invocation.text("last"));
  const bool is_hash =
      hash.size() == kDigits && hash.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (hash.empty() || is_hash) return hash;
  return fail(ErrorCode::kUsage, fmt::format("'{}' is no hash", invocation.text("last")),
              "the 64 digits that verify printed before");
}

std::string counted(std::size_t count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

Result<int> verify_command(cli::Invocation& invocation) {
  QUARRY_TRY(const std::string last, given_hash(invocation));
  std::string path;
  if (invocation.arguments().empty()) {
    QUARRY_TRY(path, given_case(invocation));
  } else {
    path = invocation.arguments()[0];
  }
  std::error_code none;
  const bool is_folder =
      std::filesystem::is_directory(path, none) || invocation.arguments().empty();
  QUARRY_TRY(const Verified verified,
             is_folder ? verify_case(path, last) : verify_journal(path, last));
  std::string words = counted(verified.records, "record");
  if (is_folder) words += ", " + counted(verified.rows, "row");
  words += fmt::format(", unbroken; the last is {}\n", verified.last_hash);
  if (verified.anchor > 0)
    words += fmt::format("record {} has the hash that was given, {} came behind it\n",
                         verified.anchor, verified.records - verified.anchor);
  for (const std::string& loss : verified.losses) {
    words += loss + "\n";
    invocation.run_context().warn(fmt::format("{}: {}", path, loss));
  }
  QUARRY_TRY(const int status, cli::show_text(invocation, words));
  return verified.losses.empty() ? status : exit_status(ErrorCode::kData);
}

}  // namespace quarry::incident_link
