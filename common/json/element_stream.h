// Cuts a JSON document into its elements while its bytes arrive: those of a top-level array, or of
// the list inside an object that a service wraps its answers in (`records`, `value`, `objects`,
// `Results`, `Rows` …); any other document is one element. Documents may follow one another.
// Memory: the element in progress and the bytes fed last.
#pragma once

#include "common/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace quarry::json {

struct Element {
  std::string_view text;     ///< valid during the call; followed by kScanPadding readable bytes
  std::uint64_t offset = 0;  ///< of its first byte in the document
  std::uint64_t line = 1;    ///< where it begins
};

/// Elements are found by brackets and quotes; what is inside is for their reader to check. Not
/// thread-safe.
class ElementStream {
 public:
  /// Called for each element in order; false: enough.
  using Take = std::function<Result<bool>(const Element&)>;

  explicit ElementStream(std::size_t max_element = std::size_t{16} << 20);

  /// Called for each member of a top-level object that is not the list of its elements, before or
  /// behind it: `more` and `next` of an envelope. Key and value as they stand in the text.
  using Watch = std::function<void(std::string_view raw_key, std::string_view json)>;
  void watch_members(Watch watch) { watch_ = std::move(watch); }

  /// False once `take` has had enough. kData where the text is no JSON or an element is too long.
  Result<bool> feed(std::string_view bytes, const Take& take);
  /// The document is complete. kData where it ends inside an element or a bracket.
  Result<void> finish(const Take& take);
  /// The line that it has come to: of what is wrong, where feed() or finish() failed.
  std::uint64_t line() { return line_at(at_); }
  /// Nothing has been fed yet.
  bool is_at_start() const { return size_ == 0 && dropped_ == 0; }

 private:
  enum class State : std::uint8_t {
    kDocument,
    kMember,
    kBehindMember,
    kFirstElement,
    kElement,
    kBehindElement
  };
  enum class Step : std::uint8_t { kGoOn, kNeedMore, kEnough };

  Result<Step> step(const Take& take);
  Result<Step> begin_document(const Take& take);
  Result<Step> read_member();
  Result<Step> behind_member(const Take& take);
  Result<Step> read_element(const Take& take, State behind);
  Step leave_element();
  Result<bool> run(const Take& take);
  Failure malformed(const std::string& what) const;
  const char* value_end(std::size_t at) const;
  std::size_t blanks_from(std::size_t at) const;
  std::uint64_t line_at(std::size_t at);
  void drop_consumed();

  std::size_t max_element_;
  Watch watch_;
  State state_ = State::kDocument;
  bool in_object_ = false;  // the list being read belongs to an object
  bool unwrapped_ = false;  // the object had a list, so it is no element itself
  bool complete_ = false;   // no more bytes will come
  std::string buffer_;      // with padding behind size_
  std::size_t size_ = 0;
  std::size_t at_ = 0;            // what comes next
  std::size_t object_start_ = 0;  // of the top-level object being looked through
  std::size_t retry_size_ = 0;  // look again only when so much is there: keeps long elements linear
  std::uint64_t dropped_ = 0;
  std::uint64_t line_ = 1;  // at line_mark_
  std::size_t line_mark_ = 0;
};

}  // namespace quarry::json
