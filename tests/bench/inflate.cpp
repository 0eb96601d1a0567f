// Gzip as readers take it, beside ISA-L alone on the same bytes.
#include "common/io/byte_source.h"
#include "tests/bench/made_events.h"

#include <isa-l/igzip_lib.h>

#include <benchmark/benchmark.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace quarry::bench {
namespace {

std::string gzipped(std::string_view text) {
  z_stream stream{};
  ::deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string packed(::deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  ::deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  ::deflateEnd(&stream);
  return packed;
}

const std::string& packed_events() {
  static const std::string packed = gzipped(made_events().text());
  return packed;
}

class MemorySource final : public io::ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : rest_(bytes) {}
  Result<std::size_t> read(char* into, std::size_t capacity) override {
    const std::size_t count = std::min(capacity, rest_.size());
    std::memcpy(into, rest_.data(), count);
    rest_.remove_prefix(count);
    return count;
  }
  const std::string& name() const override { return name_; }

 private:
  std::string_view rest_;
  std::string name_ = "memory";
};

void inflate_gzip(benchmark::State& state) {
  const std::string& packed = packed_events();
  std::string buffer(std::size_t{1} << 20, '\0');
  std::size_t bytes = 0;
  for (auto _ : state) {
    const auto source = io::make_gzip_source(std::make_unique<MemorySource>(packed));
    bytes = 0;
    for (Result<std::size_t> count = 1; *count != 0; bytes += *count) {
      count = source->read(buffer.data(), buffer.size());
      if (!count) return state.SkipWithError(count.error().message().c_str());
    }
  }
  if (bytes != made_events().size) return state.SkipWithError("not the text that was packed");
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}
BENCHMARK(inflate_gzip);

void machine_isal_inflate(benchmark::State& state) {
  const std::string& packed = packed_events();
  std::string text(made_events().size, '\0');
  for (auto _ : state) {
    inflate_state inflater;
    ::isal_inflate_init(&inflater);
    inflater.crc_flag = ISAL_GZIP;
    inflater.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(packed.data()));
    inflater.avail_in = static_cast<std::uint32_t>(packed.size());
    inflater.next_out = reinterpret_cast<std::uint8_t*>(text.data());
    inflater.avail_out = static_cast<std::uint32_t>(text.size());
    if (::isal_inflate(&inflater) != ISAL_DECOMP_OK) return state.SkipWithError("cannot inflate");
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(machine_isal_inflate);

}  // namespace
}  // namespace quarry::bench
