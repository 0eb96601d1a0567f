#include "common/etl/trace.h"

#include "tests/traces/trace_bytes.h"
#include "tests/unit/etl/opened.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

namespace quarry::etl {
namespace {

using namespace traces;
using namespace test;

Buffer events(std::initializer_list<unsigned> ids, unsigned processor = 0) {
  Buffer buffer{.processor = processor};
  for (const unsigned id : ids) buffer.records.push_back(record({.id = id, .at = id}));
  return buffer;
}

TEST_CASE("a trace tells the facts of its header, 64 and 32 bit") {
  for (const unsigned pointer : {8U, 4U}) {
    const std::string bytes = file_bytes(
        {.pointer_size = pointer, .mode = 0x02000002, .frequency = 3'579'545, .name = "kernel"},
        {});
    const Trace trace = opened(bytes).value();
    CHECK(trace.header().pointer_size == pointer);
    CHECK(trace.header().logger_name == "kernel");
    CHECK(trace.header().log_file_name == "test.etl");
    CHECK(trace.header().build == 22631);
    CHECK(trace.header().perf_frequency == 3'579'545);
    CHECK(trace.header().start.ticks == kStart);
    CHECK(mode_names(trace.header().mode) == "circular, system");
    CHECK(trace.survey().events == 1);
    CHECK(trace.problems().empty());
  }
}

TEST_CASE("events of several processors come in the order of time") {
  const std::string bytes = file_bytes(
      {}, {events({1, 4, 6}, 0), events({2, 3, 7}, 1), events({8, 9}, 0), events({5, 10}, 2)});
  const Trace trace = opened(bytes).value();
  CHECK(ids_in_order(trace) == std::vector{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  CHECK(trace.survey().buffers == 5);
  CHECK(trace.survey().events == 11);
  CHECK(trace.survey().processors == std::set<std::uint16_t>{0, 1, 2});
  CHECK(trace.survey().out_of_order == 2);
  CHECK(trace.survey().first->ticks == kStart);
  CHECK(trace.survey().last->ticks == kStart + 10);
}

TEST_CASE("equal times keep the order of the file") {
  Buffer first;
  Buffer second{.processor = 1};
  for (unsigned id = 1; id <= 3; ++id) {
    first.records.push_back(record({.id = id, .at = 50}));
    second.records.push_back(record({.id = id + 10, .at = 50}));
  }
  const std::string bytes = file_bytes({}, {second, first});
  CHECK(ids_in_order(opened(bytes).value()) == std::vector{11, 12, 13, 1, 2, 3});
}

TEST_CASE("a buffer whose time falls is sorted on its own") {
  const std::string bytes = file_bytes({}, {events({5, 3, 4}), events({2, 6}, 1)});
  CHECK(ids_in_order(opened(bytes).value()) == std::vector{2, 3, 4, 5, 6});
}

TEST_CASE("a record without a time stays behind the one before it") {
  Buffer buffer{.records = {record({.id = 1, .at = 1}), record({.id = 2, .at = -kRawStart}),
                            record({.id = 3, .at = 9})}};
  const std::string bytes = file_bytes({}, {buffer, events({5}, 1)});
  const Trace trace = opened(bytes).value();
  CHECK(ids_in_order(trace) == std::vector{1, 2, 5, 3});
}

TEST_CASE("a circular trace begins anywhere") {
  std::vector<Buffer> buffers{events({7}), events({8}), events({5}), events({6})};
  for (std::size_t i = 0; i < 4; ++i) buffers[i].sequence = std::vector{42U, 43U, 40U, 41U}[i];
  const std::string bytes = file_bytes({.mode = 2, .buffers_written = 43}, buffers);
  const Trace trace = opened(bytes).value();
  CHECK(ids_in_order(trace) == std::vector{5, 6, 7, 8});
  CHECK(trace.problems().empty());
}

TEST_CASE("a session that was never closed is read to the end of the file") {
  std::string bytes = file_bytes({.end = 0}, {events({1}), events({2})});
  const Trace trace = opened(bytes).value();
  CHECK(trace.survey().events == 3);
  CHECK(has_problem(trace, ProblemKind::kNeverClosed));
  CHECK_FALSE(trace.damaged());
}

TEST_CASE("losses are told: by the session, by flags, by gaps") {
  std::vector<Buffer> buffers{events({1}), events({2}), events({3})};
  buffers[1].flags |= 0x02;
  buffers[2].sequence = 9;
  const std::string bytes =
      file_bytes({.buffers_written = 7, .events_lost = 37, .buffers_lost = 2}, buffers);
  const Trace trace = opened(bytes).value();
  std::vector<std::string> told;
  for (const Problem& problem : trace.problems()) told.push_back(describe(problem));
  CHECK(told == std::vector<std::string>{"37 events lost while recording, as the session counted",
                                         "2 buffers lost while recording, as the session counted",
                                         "1 buffer marked as having lost events, at byte 2048",
                                         "6 buffers missing in the sequence"});
  CHECK_FALSE(trace.damaged());
}

TEST_CASE("a file cut off anywhere gives what is there") {
  const std::string whole = file_bytes({}, {events({1, 2}), events({3, 4})});
  std::uint64_t before = 0;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::string bytes = whole.substr(0, size);
    const auto trace = opened(bytes);
    if (!trace) {
      CHECK(size < 600);
      continue;
    }
    CHECK(trace->damaged());
    if (trace->survey().events == 0) continue;  // the header record itself is cut
    CHECK(trace->survey().events >= before);
    CHECK(ids_in_order(*trace).size() + 1 == trace->survey().events);
    before = trace->survey().events;
  }
  CHECK(before == 5);
}

TEST_CASE("a file cut between two buffers is damaged, one whose header lies is not") {
  const std::string whole = file_bytes({}, {events({1, 2}), events({3, 4})});
  const std::string cut = whole.substr(0, 2048);
  const Trace trace = opened(cut).value();
  CHECK(trace.damaged());
  REQUIRE(has_problem(trace, ProblemKind::kFewerBuffers));
  CHECK(describe(trace.problems().front()) ==
        "the header counts more buffers than there are (3, 2 found)");
  const std::string lie = file_bytes({.buffers_written = 0xFFFFFFFF}, {events({1})});
  CHECK_FALSE(opened(lie).value().damaged());
  const std::string circular = file_bytes({.mode = 2, .buffers_written = 9}, {events({1})});
  CHECK_FALSE(opened(circular).value().damaged());
}

TEST_CASE("a wrong buffer size costs no other buffer") {
  const std::string whole = file_bytes({}, {events({1}), events({2}), events({3})});
  for (const std::uint32_t size : {0xFFFFFFFFU, 0U, 60U, 0x7FFFFFFFU}) {
    std::string bytes = whole;
    bytes.replace(1024, 4, u32(size));
    const Trace trace = opened(bytes).value();
    CHECK(has_problem(trace, ProblemKind::kBadBufferHeader));
    const std::vector<int> ids = ids_in_order(trace);
    CHECK(ids.size() >= 2);
    CHECK(ids.back() == 3);
  }
}

TEST_CASE("space that was set aside and never used is no damage") {
  const std::string bytes = file_bytes({.mode = 0x21}, {events({1})}) + std::string(2048, '\0');
  const Trace trace = opened(bytes).value();
  CHECK(trace.survey().buffers == 2);
  CHECK(trace.problems().empty());
}

TEST_CASE("a broken record costs the rest of its buffer") {
  Buffer broken = events({1, 2, 3});
  broken.records[1][2] = 99;
  const std::string bytes = file_bytes({}, {broken, events({4})});
  const Trace trace = opened(bytes).value();
  CHECK(ids_in_order(trace) == std::vector{1, 4});
  REQUIRE(has_problem(trace, ProblemKind::kBadRecord));
  CHECK(describe(trace.problems().front()) ==
        "1 buffer left at a record that cannot be right, at byte 1024 (record at 152 of the "
        "buffer)");
  CHECK(trace.damaged());
}

TEST_CASE("compressed buffers are expanded, broken ones as far as they go") {
  Buffer packed = events({1, 2});
  packed.flags |= 0x40;
  const std::string payload = payload_of(packed);
  for (std::size_t i = 0; i < payload.size(); i += 32)  // literals only
    packed.packed += u32(0) + payload.substr(i, 32);
  const Session session{.mode = 0x04000001};
  const std::string bytes = file_bytes(session, {packed, packed});
  const Trace trace = opened(bytes).value();
  CHECK(trace.compression() == CompressionFormat::kXpress);
  CHECK(ids_in_order(trace) == std::vector{1, 1, 2, 2});
  CHECK(trace.survey().compressed_buffers == 2);

  Buffer broken = packed;
  broken.packed.resize(broken.packed.size() - 20);
  const std::string cut = file_bytes(session, {broken, packed});
  const Trace rest = opened(cut).value();
  CHECK(ids_in_order(rest) == std::vector{1, 1, 2});
  CHECK(has_problem(rest, ProblemKind::kNotDecompressed));
}

TEST_CASE("what is no trace is refused with a reason") {
  CHECK(opened("").error().message() == "is empty");
  CHECK(opened("short").error().message() == "is too short for a trace");
  CHECK(opened(std::string(4096, 'x')).error().message() ==
        "is no Windows trace: it does not begin with a trace header");
  const auto missing = Trace::open("/nowhere/x.etl", {});
  CHECK(missing.error().code() == ErrorCode::kData);
  CHECK(missing.error().file() == "/nowhere/x.etl");
}

TEST_CASE("sorts of events beyond the limit are counted as such") {
  std::vector<Buffer> buffers(2);
  const std::size_t total = Survey::kMaxKeys + 10;  // the header record is a sort too
  for (std::size_t i = 0; i < total; ++i) {
    const auto id = static_cast<unsigned>(i);
    buffers[i % 2].records.push_back(record({.id = id & 0xFFFF, .version = id >> 16}));
  }
  const std::string bytes = file_bytes({.buffer_size = 4 << 20}, buffers);
  const Trace trace = opened(bytes).value();
  CHECK(trace.survey().events == total + 1);
  CHECK(trace.survey().by_key.size() == Survey::kMaxKeys);
  CHECK(trace.survey().uncounted == 11);
}

/// 120 buffers of 512 KiB that all overlap, made as they are read: more than the merge may hold.
class WideSource : public Source {
 public:
  static constexpr std::uint64_t kBuffers = 120;
  static constexpr std::uint32_t kSize = 512 << 10;

  /// Records of each buffer; `bytes_read` counts.
  explicit WideSource(unsigned records, bool sorted = true, std::uint64_t* bytes_read = nullptr)
      : records_(records),
        sorted_(sorted),
        bytes_read_(bytes_read),
        head_(buffer_bytes({.records = {header_record(session_, kBuffers + 1)}, .type = 4},
                           session_)) {}
  std::uint64_t size() const override { return (kBuffers + 1) * kSize; }
  const std::string& name() const override { return name_; }
  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> into) const override {
    if (offset >= size()) return std::size_t{0};
    const std::uint64_t number = offset / kSize;
    const std::string buffer = number == 0 ? head_ : body(number);
    const Bytes part = slice(as_bytes(buffer), offset % kSize, into.size());
    std::copy(part.begin(), part.end(), into.begin());
    if (bytes_read_ != nullptr) *bytes_read_ += part.size();
    return part.size();
  }

 private:
  std::string body(std::uint64_t number) const {
    Buffer buffer{.sequence = number};
    for (unsigned i = 0; i < records_; ++i) {
      const unsigned rank = sorted_ ? i : i ^ 1;
      buffer.records.push_back(record({.id = rank,
                                       .at = static_cast<std::int64_t>(1000 * rank + number),
                                       .payload = std::string(480'000 / records_, 'p')}));
    }
    return buffer_bytes(buffer, session_);
  }
  Session session_{.buffer_size = kSize};
  unsigned records_;
  bool sorted_;
  std::uint64_t* bytes_read_;
  std::string head_;
  std::string name_ = "wide.etl";
};

/// Reads all of the stream; the views of each event are looked at.
std::size_t read_whole(const Trace& trace) {
  EventStream events = trace.events();
  Event event;
  std::int64_t last = 0;
  std::size_t count = 0;
  while (events.next(event).value()) {
    REQUIRE(event.raw_time >= last);
    REQUIRE(events.open_bytes() <= EventStream::kOpenBytes);
    if (is_event_header(event.kind)) {
      REQUIRE(std::all_of(event.payload.begin(), event.payload.end(),
                          [](std::uint8_t byte) { return byte == 'p'; }));
      const auto rank = static_cast<std::int64_t>(event.id);
      REQUIRE((event.raw_time - kRawStart) / 1000 == rank);
    }
    last = event.raw_time;
    ++count;
  }
  return count;
}

TEST_CASE("more overlapping buffers than memory may hold are read anew") {
  for (const bool sorted : {true, false}) {
    const Trace trace = Trace::open(std::make_unique<WideSource>(8, sorted), {}).value();
    CHECK(read_whole(trace) == 1 + 8 * WideSource::kBuffers);
  }
}

TEST_CASE("overlapping buffers are read a few times, however many records they hold") {
  for (const bool sorted : {true, false}) {
    std::uint64_t bytes_read = 0;
    auto source = std::make_unique<WideSource>(160, sorted, &bytes_read);
    const std::uint64_t size = source->size();
    const Trace trace = Trace::open(std::move(source), {}).value();
    CHECK(read_whole(trace) == 1 + 160 * WideSource::kBuffers);
    CHECK(bytes_read < 8 * size);
  }
}

TEST_CASE("compressed buffers count with what they expand to") {
  std::vector<Buffer> buffers;
  for (unsigned number = 0; number < 80; ++number) {
    Buffer buffer{.flags = 0x60};
    buffer.records.push_back(record({.id = 0, .at = number}));
    const std::string repeated =
        record({.id = 1, .at = 1000 + static_cast<std::int64_t>(number), .payload = "pppppppp"});
    const std::size_t count = (std::size_t{1} << 20) / repeated.size();
    for (std::size_t i = 0; i < count; ++i) buffer.records.push_back(repeated);
    const std::string literals = buffer.records[0] + repeated;
    REQUIRE(literals.size() % 8 == 0);
    // Plain XPRESS: literals as they are, then one match that repeats the second record.
    const auto length = static_cast<std::uint32_t>((count - 1) * repeated.size());
    const auto distance = static_cast<unsigned>(repeated.size() - 1);
    std::size_t at = 0;
    while (literals.size() - at >= 32) {
      buffer.packed += u32(0) + literals.substr(at, 32);
      at += 32;
    }
    const std::size_t rest = literals.size() - at;
    buffer.packed += u32(std::uint32_t{1} << (31 - rest)) + literals.substr(at);
    buffer.packed += u16(distance << 3 | 7) + u8(0x0F) + u8(0xFF) + u16(0) + u32(length - 3);
    buffers.push_back(std::move(buffer));
  }
  const std::string bytes = file_bytes({.mode = 0x04000001}, buffers);
  const Trace trace = opened(bytes).value();
  REQUIRE(trace.problems().empty());
  CHECK(trace.survey().record_bytes > std::uint64_t{79} << 20);
  CHECK(read_whole(trace) == trace.survey().events);
}

TEST_CASE("names and volumes of a crafted trace are bounded") {
  Buffer buffer;
  for (unsigned i = 0; i < 300; ++i) {
    const std::string name(40'000, static_cast<char>('a' + i % 26));
    const std::string provider = fmt::format("8e805eb3-6a8f-4a1e-90fa-{:012x}", i);
    const std::string traits = u16(static_cast<unsigned>(name.size() + 3)) + name + u8(0);
    buffer.records.push_back(
        record({.provider = provider, .id = i, .at = i, .extended = extended_item(12, traits)}));
  }
  buffer.records.push_back(classic_record("9b79ee91-b5fd-41c0-a243-4248e266e9d0", 35, 0, 400,
                                          wide(std::string(20'000, 'v')) + wide("C:\\")));
  buffer.records.push_back(classic_record("9b79ee91-b5fd-41c0-a243-4248e266e9d0", 35, 0, 400,
                                          wide("\\Device\\V1\\") + wide("C:\\")));
  const std::string bytes = file_bytes({.buffer_size = 15 << 20}, {buffer});
  const Trace trace = opened(bytes).value();
  REQUIRE(trace.survey().provider_names.size() == 300);
  for (const auto& [provider, name] : trace.survey().provider_names) CHECK(name.size() == 1024);
  CHECK(trace.volumes().size() == 1);
}

}  // namespace
}  // namespace quarry::etl
