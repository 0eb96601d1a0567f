#include "tools/incident-link/send/outcome.h"

#include "common/base/unicode.h"
#include "common/json/object_writer.h"
#include "common/json/raw_object.h"
#include "common/value/dynamic.h"
#include "tools/incident-link/send/sending.h"

#include <fmt/format.h>

#include <unistd.h>

namespace quarry::incident_link {
namespace {

using actions::Action;
using actions::ActResult;
using actions::RunSummary;

std::string text_in(const ActResult& result, std::string_view key) {
  return json::string_of(DynamicView(result.after).member(key).json());
}

std::string outcome_json(const SendJob& job, const Action& action, const ActResult& result) {
  const SendingInput input = sending_input_of(action);
  return json::ObjectWriter()
      .text("_type", "incident.link")
      .text("case", job.folder)
      .text("group", input.group)
      .number("rows", static_cast<std::int64_t>(input.rows.size()))
      .raw("target", action.target)
      .text("via", action.name)
      .text("state", journal::name_of(result.state))
      .text_if("incident", text_in(result, "incident"))
      .text_if("alert", text_in(result, "alert"))
      .text_if("url", text_in(result, "url"))
      .text_if("message", result.message)
      .take();
}

std::string summary_json(const SendJob& job, const RunSummary& summary, const Added& added) {
  std::string json = actions::to_json(summary, "incident-link", job.run);
  json::ObjectWriter more;
  more.text("case", job.folder)
      .number("rows_added", static_cast<std::int64_t>(added.rows))
      .number("rows_linked_before", static_cast<std::int64_t>(job.plan.already));
  json.pop_back();
  return json + "," + more.take().substr(1);
}

std::string summary_in_words(const SendJob& job, const RunSummary& summary) {
  return fmt::format("{} of {} done; {} rows linked before; case {}",
                     summary.done + summary.already, summary.planned, job.plan.already, job.folder);
}

}  // namespace

std::string outcome_in_words(const Action& action, const ActResult& result) {
  std::string words = fmt::format("{}: {}", action.what, journal::name_of(result.state));
  const std::string incident = text_in(result, "incident");
  if (!incident.empty()) words += ", incident " + incident;
  if (!result.message.empty()) words += ": " + result.message;
  return words;
}

OutcomePrinter::OutcomePrinter(const SendJob& job, bool for_people)
    : job_(job), for_people_(for_people), out_(STDOUT_FILENO, "stdout") {}

void OutcomePrinter::line(const std::string& text) {
  if (written_)
    written_ = out_.write((for_people_ ? unicode::escape_for_terminal(text) : text) + "\n");
}

void OutcomePrinter::print(const Action& action, const ActResult& result) {
  line(for_people_ ? outcome_in_words(action, result) : outcome_json(job_, action, result));
}

Result<void> OutcomePrinter::finish(const RunSummary& summary, const Added& added) {
  line(for_people_ ? summary_in_words(job_, summary) : summary_json(job_, summary, added));
  if (written_) written_ = out_.finish();
  if (!written_ && written_.error().code() == ErrorCode::kReaderGone) return ok();
  return written_;
}

}  // namespace quarry::incident_link
