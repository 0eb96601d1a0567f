#include "tools/consent-audit/respond/result_lines.h"

#include "common/cli/safe_text.h"
#include "common/json/object_writer.h"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace quarry::consent_audit {
namespace {

using actions::Action;
using actions::ActResult;

std::string text_of(const Action& action, const ActResult& result) {
  const bool refused = !result.attempted && result.state == journal::State::kFailed;
  return fmt::format("{:<10}{}{}\n", refused ? "not begun" : journal::name_of(result.state),
                     action.what, result.message.empty() ? "" : ": " + result.message);
}

std::string json_of(const Action& action, const ActResult& result) {
  json::ObjectWriter writer;
  writer.text("_type", "consent.action")
      .text("action", action.name)
      .text("what", action.what)
      .raw_if("target", action.target)
      .text("state", journal::name_of(result.state));
  if (!result.attempted) writer.boolean("attempted", false);
  if (result.status != 0) writer.number("status", result.status);
  writer.text_if("message", result.message)
      .raw_if("before", action.before)
      .raw_if("after", result.after)
      .text_if("request_id", result.request_id);
  return writer.take() + "\n";
}

}  // namespace

ResultLines::ResultLines(std::unique_ptr<cli::ResultOutput> output, bool as_text)
    : output_(std::move(output)), as_text_(as_text) {}

Result<ResultLines> ResultLines::open(const cli::Invocation& invocation) {
  QUARRY_TRY(auto output, cli::ResultOutput::open(invocation, {}));
  return ResultLines(std::move(output), invocation.format() == "table");
}

void ResultLines::add(const Action& action, const ActResult& result) {
  write(as_text_ ? text_of(action, result) : json_of(action, result));
}

void ResultLines::write(std::string_view text) {
  if (failure_) return;
  io::Sink& out = output_->bytes();
  Result<void> written = out.write(as_text_ ? cli::safe_text(text) : std::string(text));
  if (written) written = out.flush();
  if (!written) failure_ = written.error();
}

Result<void> ResultLines::finish() {
  if (failure_ && failure_->code() == ErrorCode::kReaderGone) return ok();
  if (failure_) return fail(*failure_);
  QUARRY_CHECK(output_->finish());
  return output_->commit();
}

}  // namespace quarry::consent_audit
