#include "common/services/taxii/page_fetch.h"

#include "common/services/taxii/problem.h"

#include <utility>

namespace quarry::services::taxii {
namespace {

std::optional<AddedDate> date_of(const net::Response& head, std::string_view header) {
  const auto text = head.header(header);
  return text ? parse_added_date(*text) : std::nullopt;
}

}  // namespace

class PageFetch::Body : public net::BodySink {
 public:
  explicit Body(ObjectSink& sink) : sink_(&sink) {}
  Result<void> begin(const net::Response&) override {
    if (sink_ == nullptr) return fail(ErrorCode::kInterrupted, "no longer wanted");
    begun_ = true;
    held_bytes_.clear();
    return held_ ? ok() : open();
  }
  Result<void> take(std::string_view bytes) override {
    if (sink_ == nullptr) return fail(ErrorCode::kInterrupted, "no longer wanted");
    if (!held_) return reader_->feed(bytes);
    held_bytes_ += bytes;
    return ok();
  }
  void let_go() { sink_ = nullptr; }
  /// From now on the sink takes part; first it gets what was held.
  Result<void> release() {
    if (!std::exchange(held_, false) || !begun_) return ok();
    QUARRY_CHECK(open());
    return reader_->feed(std::exchange(held_bytes_, {}));
  }
  std::optional<EnvelopeReader>& reader() { return reader_; }

 private:
  Result<void> open() {
    reader_.emplace([this](std::string_view json) { return sink_->take(json); });
    return sink_->begin();
  }

  ObjectSink* sink_;
  bool held_ = true;
  bool begun_ = false;
  std::string held_bytes_;
  std::optional<EnvelopeReader> reader_;
};

PageFetch::PageFetch(net::Http& http, net::Request request, ObjectSink& sink, std::string what)
    : http_(http),
      sink_(sink),
      what_(std::move(what)),
      body_(std::make_shared<Body>(sink)),
      outcome_(std::make_shared<std::optional<net::Outcome>>()) {
  request.sink = body_;
  http_.start(std::move(request),
              [outcome = outcome_](net::Outcome ended) { *outcome = std::move(ended); });
}

PageFetch::~PageFetch() { body_->let_go(); }

PageEnd PageFetch::wait() {
  const Result<void> released = body_->release();
  while (!*outcome_) http_.step(net::Seconds(1));
  if (!released && (*outcome_)->result) (*outcome_)->result = fail(released.error());
  return conclude();
}

PageEnd PageFetch::conclude() {
  net::Outcome outcome = **std::exchange(outcome_, nullptr);
  std::optional<EnvelopeReader>& reader = body_->reader();
  if (outcome.result && !outcome.result->is_success())
    return {.kind = PageEnd::Kind::kRefused, .head = *std::move(outcome.result)};
  PageEnd end;
  if (outcome.result) end.head = *std::move(outcome.result);
  // A page of a login stops the reader at its first byte: say what it is.
  if (reader) end.error = not_taxii(end.head, reader->start(), what_);
  if (end.error) return end;
  if (!outcome.result) {
    end.error = outcome.result.error();
    return end;
  }
  const Result<void> finished =
      reader ? reader->finish() : fail(ErrorCode::kData, "the answer is empty");
  Result<std::size_t> fresh = finished ? sink_.seal() : Result<std::size_t>(0);
  if (!finished || !fresh) {
    end.error = finished ? fresh.error() : finished.error();
    return end;
  }
  end.kind = PageEnd::Kind::kComplete;
  end.objects = reader->objects();
  end.fresh = *fresh;
  end.more = reader->more();
  end.next = reader->next();
  end.first = date_of(end.head, "X-TAXII-Date-Added-First");
  end.last = date_of(end.head, "X-TAXII-Date-Added-Last");
  return end;
}

}  // namespace quarry::services::taxii
