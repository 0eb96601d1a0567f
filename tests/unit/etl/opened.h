// Traces from bytes, for tests.
#pragma once

#include "common/etl/trace.h"

#include <string>
#include <vector>

namespace quarry::etl::test {

/// `bytes` must outlive it.
inline Result<Trace> opened(const std::string& bytes) {
  return Trace::open(make_memory_source(as_bytes(bytes), "test.etl"), {});
}

/// Ids of manifest events (and types of the others) in the order of the stream, the header record
/// left out.
inline std::vector<int> ids_in_order(const Trace& trace) {
  std::vector<int> ids;
  EventStream events = trace.events();
  Event event;
  while (events.next(event).value()) {
    if (is_event_header(event.kind)) ids.push_back(event.id);
  }
  return ids;
}

inline bool has_problem(const Trace& trace, ProblemKind kind) {
  for (const Problem& problem : trace.problems()) {
    if (problem.kind == kind) return true;
  }
  return false;
}

}  // namespace quarry::etl::test
