#include "tools/etl-report/scans/pairing.h"

#include "tools/etl-report/scans/reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace quarry::etl_report {
namespace {

bool is_request(RequestKind kind) {
  return kind == RequestKind::kResources || kind == RequestKind::kStream;
}

ScanType type_of(RequestKind kind) {
  switch (kind) {
    case RequestKind::kResources:
      return ScanType::kOnDemand;
    case RequestKind::kStream:
      return ScanType::kRealTime;
    case RequestKind::kFile:
      return ScanType::kFile;
    case RequestKind::kProcess:
      break;
  }
  return ScanType::kProcess;
}

std::string reason_of(const EngineEvent& event) {
  if (event.request == RequestKind::kStream) return stream_reason(event.reason);
  return event.request == RequestKind::kResources ? scan_source(event.reason) : "";
}

/// The engine's own words for a detection that is not certain.
std::string readable(std::string message) {
  constexpr std::string_view kLowfi = "subtype=Lowfi";
  constexpr std::string_view kWords = "Low-fidelity detection";
  for (std::size_t at = message.find(kLowfi); at != std::string::npos;
       at = message.find(kLowfi, at + kWords.size())) {
    message.replace(at, kLowfi.size(), kWords);
  }
  return message;
}

Comment comment_of(const Scan& nested) {
  std::string text(name_of(nested.type));
  if (!nested.path.empty()) text += ' ' + std::string(nested.path);
  return {.kind = Comment::Kind::kNested,
          .time = nested.start,
          .duration = nested.duration(),
          .text = std::move(text)};
}

std::uint64_t key_of(const EngineEvent& event) {
  return std::uint64_t{event.process} << 32 | event.thread;
}

}  // namespace

ScanPairing::ScanPairing(Nested nested, const PathMapping& paths, TextPool& texts,
                         std::uint32_t trace)
    : nested_(nested), paths_(paths), texts_(texts), trace_(trace) {}

Scan ScanPairing::scan_of(const EngineEvent& event) {
  Scan scan;
  scan.type = type_of(event.request);
  scan.process_id = event.process_id;
  scan.trace = trace_;
  scan.start = event.time;
  scan.reason = texts_.keep(reason_of(event));
  scan.path = texts_.keep(paths_.map(event.path));
  scan.process_path = texts_.keep(paths_.map(event.process_path));
  return scan;
}

void ScanPairing::take(const EngineEvent& event) {
  const std::uint64_t key = key_of(event);
  Stack& stack = stacks_[key];
  switch (event.kind) {
    case EngineEventKind::kStart:
      start(stack, event);
      break;
    case EngineEventKind::kStop:
      stop(stack, event);
      break;
    case EngineEventKind::kMessage:
      if (!stack.empty()) {
        stack.front().scan.comments.push_back({.kind = Comment::Kind::kMessage,
                                               .time = event.time,
                                               .duration = 0,
                                               .text = readable(event.text)});
      }
      break;
    case EngineEventKind::kSkippedFile:
      skip(stack, event);
      break;
    case EngineEventKind::kExpensiveBegin:
      if (!stack.empty() && stack.front().operations.size() < kMaxDepth) {
        stack.front().operations.push_back({event.text, event.time});
      }
      break;
    case EngineEventKind::kExpensiveEnd:
      end_operation(stack, event);
      break;
  }
  if (stack.empty()) stacks_.erase(key);
}

void ScanPairing::start(Stack& stack, const EngineEvent& event) {
  if (is_request(event.request)) {
    for (Frame& frame : stack) drop(frame);
    stack.clear();
  } else if (stack.size() == kMaxDepth) {
    drop(stack.front());
    stack.erase(stack.begin());
  }
  Frame frame;
  frame.request = event.request;
  frame.path = event.path;
  frame.scan = scan_of(event);
  stack.push_back(std::move(frame));
}

void ScanPairing::stop(Stack& stack, const EngineEvent& event) {
  const auto found = std::find_if(stack.rbegin(), stack.rend(), [&](const Frame& frame) {
    return frame.request == event.request && frame.path == event.path;
  });
  if (found != stack.rend()) {
    const auto at = std::prev(found.base());
    std::for_each(std::next(at), stack.end(), [this](Frame& frame) { drop(frame); });
    Frame frame = std::move(*at);
    stack.erase(at, stack.end());
    end(std::move(frame), stack, event);
  } else if (event.started) {
    Scan scan = scan_of(event);
    scan.start = *event.started;
    scan.end = event.time;
    emit(std::move(scan));
  } else {
    ++incomplete_;
  }
}

void ScanPairing::end(Frame frame, Stack& below, const EngineEvent& event) {
  Scan& scan = frame.scan;
  scan.end = event.time;
  if (scan.process_id == 0) scan.process_id = event.process_id;
  for (Scan& inside : frame.nested) {
    scan.comments.push_back(comment_of(inside));
    std::move(inside.comments.begin(), inside.comments.end(), std::back_inserter(scan.comments));
  }
  const bool is_nested = !is_request(frame.request) && !below.empty();
  if (is_nested && nested_ == Nested::kComments) {
    below.back().nested.push_back(std::move(scan));
  } else {
    emit(std::move(scan));
  }
}

/// The frame is no scan, but what ended inside it is.
void ScanPairing::drop(Frame& frame) {
  ++incomplete_;
  for (Scan& inside : frame.nested) emit(std::move(inside));
}

void ScanPairing::emit(Scan scan) {
  std::stable_sort(scan.comments.begin(), scan.comments.end(),
                   [](const Comment& a, const Comment& b) {
                     return std::tie(a.time, a.kind) < std::tie(b.time, b.kind);
                   });
  scans_.push_back(std::move(scan));
}

void ScanPairing::skip(Stack& stack, const EngineEvent& event) {
  if (stack.empty()) return;
  const auto stream = std::find_if(stack.rbegin(), stack.rend(), [](const Frame& frame) {
    return frame.request == RequestKind::kStream;
  });
  Frame& frame = stream == stack.rend() ? stack.back() : *stream;
  frame.scan.skip_reason = skip_reason(event.text);
}

void ScanPairing::end_operation(Stack& stack, const EngineEvent& event) {
  // What was outermost at the begin is still the bottom of the stack, or the operation is forgotten
  // with it.
  if (stack.empty()) return;
  std::vector<Operation>& open = stack.front().operations;
  const auto found = std::find_if(open.rbegin(), open.rend(), [&](const Operation& operation) {
    return operation.name == event.text;
  });
  if (found == open.rend()) return;
  stack.front().scan.comments.push_back({.kind = Comment::Kind::kExpensive,
                                         .time = found->begin,
                                         .duration = ticks_between(found->begin, event.time),
                                         .text = found->name});
  open.erase(std::prev(found.base()));
}

std::vector<Scan> ScanPairing::finish() {
  for (auto& [key, stack] : stacks_) {
    for (Frame& frame : stack) drop(frame);
  }
  stacks_.clear();
  return std::move(scans_);
}

}  // namespace quarry::etl_report
