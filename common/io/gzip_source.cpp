// Inflates gzip with ISA-L. Members in a row are one text (RFC 1952 section 2.2), each one's
// checksum and length are verified. What was inflated before a damaged or missing place is
// delivered first, then the error.
#include "common/io/byte_source.h"

#include <isa-l/igzip_lib.h>

#include <cstring>
#include <utility>
#include <vector>

namespace quarry::io {
namespace {

constexpr std::size_t kInputSize = std::size_t{256} << 10;
constexpr std::uint8_t kMagic0 = 0x1f;
constexpr std::uint8_t kMagic1 = 0x8b;

class GzipSource : public ByteSource {
 public:
  explicit GzipSource(std::unique_ptr<ByteSource> compressed)
      : compressed_(std::move(compressed)),
        input_(kInputSize),
        state_(std::make_unique<inflate_state>()) {
    begin_member();
    state_->next_in = input_.data();
    state_->avail_in = 0;
  }

  Result<std::size_t> read(char* into, std::size_t capacity) override {
    if (error_) return fail(*error_);
    constexpr std::size_t kMost = std::size_t{1} << 30;  // the library counts in 32 bits
    const auto room = static_cast<std::uint32_t>(capacity < kMost ? capacity : kMost);
    state_->next_out = reinterpret_cast<std::uint8_t*>(into);
    state_->avail_out = room;
    while (state_->avail_out == room && !ended_ && !error_) step();
    const std::size_t produced = room - state_->avail_out;
    if (produced == 0 && error_) return fail(*error_);
    return produced;
  }
  const std::string& name() const override { return compressed_->name(); }
  bool is_live() const override { return compressed_->is_live(); }
  bool ready_within(std::chrono::milliseconds timeout) override {
    return ended_ || error_ || state_->avail_in > 0 || compressed_->ready_within(timeout);
  }
  void set_interrupts(const Interrupts& interrupts) override {
    compressed_->set_interrupts(interrupts);
  }

 private:
  void begin_member() {
    isal_inflate_init(state_.get());
    state_->crc_flag = ISAL_GZIP;
  }

  // Inflates once; refills or moves on to the next member where that brought nothing more.
  void step() {
    const std::uint32_t room = state_->avail_out;
    const int status = isal_inflate(state_.get());
    if (status < 0 || status == ISAL_NEED_DICT) return set_error(status);
    if (state_->block_state == ISAL_BLOCK_FINISH) return next_member();
    if (state_->avail_out != room || state_->avail_in > 0) return;
    if (refill() == 0 && !error_)
      set_error_text("truncated gzip input",
                     "the rows before the cut were read; copy the file again");
  }

  void set_error(int status) {
    if (status == ISAL_INCORRECT_CHECKSUM)
      return set_error_text("damaged gzip input: its checksum does not match",
                            "copy the file again");
    set_error_text("damaged gzip input", "copy the file again");
  }

  void set_error_text(const char* message, const char* hint) {
    error_ = Error(ErrorCode::kData, message, hint).at(compressed_->name());
  }

  // Adds compressed bytes behind those left over; 0 at their end.
  std::size_t refill() {
    std::memmove(input_.data(), state_->next_in, state_->avail_in);
    state_->next_in = input_.data();
    auto count = compressed_->read(reinterpret_cast<char*>(input_.data()) + state_->avail_in,
                                   input_.size() - state_->avail_in);
    if (!count) {
      error_ = count.error();
      return 0;
    }
    state_->avail_in += static_cast<std::uint32_t>(*count);
    return *count;
  }

  // Behind a member: another one, zeros (padding of tapes and of block devices), or the end.
  void next_member() {
    while (true) {
      while (state_->avail_in > 0 && *state_->next_in == 0) {
        ++state_->next_in;
        --state_->avail_in;
      }
      if (state_->avail_in >= 2) break;
      if (refill() > 0) continue;
      if (error_) return;
      if (state_->avail_in > 0) break;
      ended_ = true;
      return;
    }
    if (state_->avail_in < 2 || state_->next_in[0] != kMagic0 || state_->next_in[1] != kMagic1) {
      return set_error_text("bytes behind the end of the gzip data are not gzip",
                            "the rows before them were read");
    }
    std::uint8_t* const next_in = state_->next_in;
    const std::uint32_t avail_in = state_->avail_in;
    std::uint8_t* const next_out = state_->next_out;
    const std::uint32_t avail_out = state_->avail_out;
    begin_member();
    state_->next_in = next_in;
    state_->avail_in = avail_in;
    state_->next_out = next_out;
    state_->avail_out = avail_out;
  }

  std::unique_ptr<ByteSource> compressed_;
  std::vector<std::uint8_t> input_;
  std::unique_ptr<inflate_state> state_;
  std::optional<Error> error_;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> make_gzip_source(std::unique_ptr<ByteSource> compressed) {
  return std::make_unique<GzipSource>(std::move(compressed));
}

}  // namespace quarry::io
