#include "common/json/element_stream.h"

#include "common/json/value_scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace quarry::json {
namespace {

// Lists that services wrap rows in: event hubs, OData and Graph, TAXII, hunting APIs, Log
// Analytics.
constexpr std::array<std::string_view, 7> kListKeys{"records", "value", "objects", "Results",
                                                    "results", "Rows",  "rows"};

bool is_list_key(std::string_view key) {
  return std::ranges::find(kListKeys, key) != kListKeys.end();
}

}  // namespace

ElementStream::ElementStream(std::size_t max_element)
    : max_element_(max_element), buffer_(kScanPadding, '\0') {}

Result<bool> ElementStream::feed(std::string_view bytes, const Take& take) {
  buffer_.resize(size_);
  buffer_.append(bytes);
  size_ = buffer_.size();
  buffer_.append(kScanPadding, '\0');
  if (size_ < retry_size_) return true;
  return run(take);
}

Result<void> ElementStream::finish(const Take& take) {
  complete_ = true;
  QUARRY_TRY(const bool more, run(take));
  if (!more) return ok();
  if (state_ != State::kDocument || blanks_from(at_) != size_)
    return malformed("the document ends early");
  return ok();
}

Result<bool> ElementStream::run(const Take& take) {
  while (true) {
    QUARRY_TRY(const Step next, step(take));
    if (next == Step::kGoOn) continue;
    if (next == Step::kEnough) return false;
    drop_consumed();
    if (size_ > max_element_ && !complete_)
      return malformed("an element is longer than --max-line");
    retry_size_ = size_ + (size_ - at_) / 2;
    return true;
  }
}

Result<ElementStream::Step> ElementStream::step(const Take& take) {
  at_ = blanks_from(at_);
  if (at_ == size_) return Step::kNeedMore;
  switch (state_) {
    case State::kDocument:
      return begin_document(take);
    case State::kMember:
      return read_member();
    case State::kBehindMember:
      return behind_member(take);
    case State::kFirstElement:
      if (buffer_[at_] == ']') return leave_element();
      return read_element(take, State::kBehindElement);
    case State::kElement:
      return read_element(take, State::kBehindElement);
    case State::kBehindElement:
      if (buffer_[at_] != ',' && buffer_[at_] != ']') return malformed("expected ',' or ']'");
      return leave_element();
  }
  return Step::kNeedMore;
}

Result<ElementStream::Step> ElementStream::begin_document(const Take& take) {
  in_object_ = buffer_[at_] == '{';
  if (in_object_) {
    object_start_ = at_++;
    unwrapped_ = false;
    state_ = State::kMember;
    return Step::kGoOn;
  }
  if (buffer_[at_] != '[') return read_element(take, State::kDocument);
  ++at_;
  state_ = State::kFirstElement;
  return Step::kGoOn;
}

// A key and its value, or a key and the opening bracket of its list.
Result<ElementStream::Step> ElementStream::read_member() {
  if (buffer_[at_] == '}') {
    state_ = State::kBehindMember;
    return Step::kGoOn;
  }
  if (buffer_[at_] != '"') return malformed("expected a key in quotes");
  const char* const end = buffer_.data() + size_;
  const char* const quote = find_closing_quote(buffer_.data() + at_ + 1, end);
  if (quote == nullptr) return Step::kNeedMore;
  const std::string_view key(buffer_.data() + at_ + 1,
                             static_cast<std::size_t>(quote - buffer_.data()) - at_ - 1);
  std::size_t value = blanks_from(static_cast<std::size_t>(quote - buffer_.data()) + 1);
  if (value == size_) return Step::kNeedMore;
  if (buffer_[value] != ':') return malformed("expected ':'");
  value = blanks_from(value + 1);
  if (value == size_) return Step::kNeedMore;
  if (buffer_[value] == '[' && is_list_key(key)) {
    const std::size_t first = blanks_from(value + 1);
    if (first == size_) return Step::kNeedMore;
    const bool list_of_rows = buffer_[first] == '{' || buffer_[first] == ']' ||
                              (buffer_[first] == '[' && (key == "Rows" || key == "rows"));
    if (list_of_rows) {
      unwrapped_ = true;
      at_ = value + 1;
      state_ = State::kFirstElement;
      return Step::kGoOn;
    }
  }
  const char* const behind = value_end(value);
  if (behind == nullptr) return Step::kNeedMore;
  if (watch_)
    watch_(key,
           {buffer_.data() + value, static_cast<std::size_t>(behind - buffer_.data()) - value});
  at_ = static_cast<std::size_t>(behind - buffer_.data());
  state_ = State::kBehindMember;
  return Step::kGoOn;
}

Result<ElementStream::Step> ElementStream::behind_member(const Take& take) {
  if (buffer_[at_] == ',') {
    ++at_;
    state_ = State::kMember;
    return Step::kGoOn;
  }
  if (buffer_[at_] != '}') return malformed("expected ',' or '}'");
  ++at_;
  state_ = State::kDocument;
  if (unwrapped_) return Step::kGoOn;
  const Element whole{{buffer_.data() + object_start_, at_ - object_start_},
                      dropped_ + object_start_,
                      line_at(object_start_)};
  QUARRY_TRY(const bool more, take(whole));
  return more ? Step::kGoOn : Step::kEnough;
}

Result<ElementStream::Step> ElementStream::read_element(const Take& take, State behind) {
  const char* const end = value_end(at_);
  if (end == nullptr) {
    const char c = buffer_[at_];
    if (c == ',' || c == ':' || c == ']' || c == '}') return malformed("expected a value");
    return Step::kNeedMore;
  }
  const std::size_t start = at_;
  at_ = static_cast<std::size_t>(end - buffer_.data());
  state_ = behind;
  QUARRY_TRY(
      const bool more,
      take(Element{{buffer_.data() + start, at_ - start}, dropped_ + start, line_at(start)}));
  return more ? Step::kGoOn : Step::kEnough;
}

// Passes the comma behind an element or the bracket that ends the list.
ElementStream::Step ElementStream::leave_element() {
  if (buffer_[at_++] == ',') {
    state_ = State::kElement;
  } else {
    state_ = in_object_ ? State::kBehindMember : State::kDocument;
  }
  return Step::kGoOn;
}

// Behind the value that begins at `at`; null while its end is not there yet. A number may go on in
// the next bytes.
const char* ElementStream::value_end(std::size_t at) const {
  const char* const end = buffer_.data() + size_;
  const char* const behind = skip_any_value(buffer_.data() + at, end);
  const bool bare = buffer_[at] != '{' && buffer_[at] != '[' && buffer_[at] != '"';
  return bare && behind == end && !complete_ ? nullptr : behind;
}

std::size_t ElementStream::blanks_from(std::size_t at) const {
  const char* const end = buffer_.data() + size_;
  return static_cast<std::size_t>(skip_blanks(buffer_.data() + at, end) - buffer_.data());
}

std::uint64_t ElementStream::line_at(std::size_t at) {
  if (at > line_mark_) {
    line_ += static_cast<std::uint64_t>(
        std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(line_mark_),
                   buffer_.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    line_mark_ = at;
  }
  return line_;
}

void ElementStream::drop_consumed() {
  const bool object_may_be_element =
      !unwrapped_ && (state_ == State::kMember || state_ == State::kBehindMember);
  const std::size_t keep = object_may_be_element ? object_start_ : at_;
  line_at(keep);
  buffer_.erase(0, keep);
  size_ -= keep;
  at_ -= keep;
  object_start_ = 0;
  line_mark_ = 0;
  dropped_ += keep;
}

Failure ElementStream::malformed(const std::string& what) const {
  return fail(ErrorCode::kData, fmt::format("not JSON: {} (byte {})", what, dropped_ + at_ + 1));
}

}  // namespace quarry::json
