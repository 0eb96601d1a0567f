#include "common/base/deflate.h"

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>

namespace quarry {
namespace {

constexpr std::size_t kHeads = 1024;  // room for envelopes and the heads of stored blocks

/// The library takes input as writable bytes, but only reads them.
std::uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
}

}  // namespace

std::string deflate(DeflateEnvelope envelope, std::string_view bytes) {
  if (bytes.size() > std::numeric_limits<std::uint32_t>::max() / 2) return {};
  std::string out(bytes.size() + bytes.size() / 16 + kHeads, '\0');
  const auto stream = std::make_unique<isal_zstream>();
  isal_deflate_stateless_init(stream.get());
  stream->next_in = bytes_of(bytes);
  stream->avail_in = static_cast<std::uint32_t>(bytes.size());
  stream->next_out = bytes_of(out);
  stream->avail_out = static_cast<std::uint32_t>(out.size());
  stream->end_of_stream = 1;
  stream->gzip_flag = envelope == DeflateEnvelope::kGzip ? IGZIP_GZIP : IGZIP_ZLIB;
  if (isal_deflate_stateless(stream.get()) != COMP_OK) return {};
  out.resize(stream->total_out);
  return out;
}

std::optional<std::string> inflate(DeflateEnvelope envelope, std::string_view bytes,
                                   std::size_t limit) {
  if (bytes.size() > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  const auto state = std::make_unique<inflate_state>();
  isal_inflate_init(state.get());
  state->crc_flag = envelope == DeflateEnvelope::kGzip ? ISAL_GZIP : ISAL_ZLIB;
  state->next_in = bytes_of(bytes);
  state->avail_in = static_cast<std::uint32_t>(bytes.size());
  std::string out;
  while (state->block_state != ISAL_BLOCK_FINISH) {
    const std::size_t done = out.size();
    const std::size_t room = std::min(std::max<std::size_t>(done, 4096), limit + 1 - done);
    out.resize(done + room);
    state->next_out = bytes_of(out) + done;
    state->avail_out = static_cast<std::uint32_t>(room);
    const std::uint32_t before = state->avail_in;
    const int status = isal_inflate(state.get());
    if (status != ISAL_DECOMP_OK && status != ISAL_END_INPUT) return std::nullopt;
    out.resize(out.size() - state->avail_out);
    if (out.size() > limit) return std::nullopt;
    if (out.size() == done && state->avail_in == before && state->block_state != ISAL_BLOCK_FINISH)
      return std::nullopt;  // cut off
  }
  const bool more = state->avail_in != 0 ||
                    state->read_in_length >=
                        8;  // behind a zlib envelope the library keeps bytes that it looked at
  if (more) return std::nullopt;
  return out;
}

}  // namespace quarry
