// What became of each group, and of the whole: records for programs, sentences for people.
#pragma once

#include "common/actions/actor.h"
#include "common/actions/runner.h"
#include "common/io/sink.h"
#include "tools/incident-link/link/add_rows.h"
#include "tools/incident-link/send/send_job.h"

#include <string>

namespace quarry::incident_link {

/// "link 3 rows about device:… to Defender incident 29001: done, incident 29001"
std::string outcome_in_words(const actions::Action& action, const actions::ActResult& result);

/// On standard output. A reader who has gone away keeps nothing from being done.
class OutcomePrinter {
 public:
  OutcomePrinter(const SendJob& job, bool for_people);
  /// {"_type":"incident.link",…}, or a sentence.
  void print(const actions::Action& action, const actions::ActResult& result);
  /// {"_type":"summary",…}, or a sentence. The first thing that could not be written, unless nobody
  /// reads any more.
  Result<void> finish(const actions::RunSummary& summary, const Added& added);

 private:
  void line(const std::string& text);

  const SendJob& job_;
  bool for_people_;
  io::Sink out_;
  Result<void> written_ = ok();
};

}  // namespace quarry::incident_link
