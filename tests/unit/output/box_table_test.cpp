// What data cannot say: results of several batches, live ones, and what is told about columns that
// fill late.
#include "common/output/format.h"
#include "common/value/builder.h"

#include <doctest/doctest.h>

#include <unistd.h>

#include <array>
#include <cstdio>
#include <string>

namespace quarry::output {
namespace {

/// A table of two columns, "filled" and "late", in batches of one row; the sink's text.
class TwoColumns {
 public:
  explicit TwoColumns(const FormatOptions& options)
      : out_(::fileno(file_), "table"), table_(make_box_table(out_, options)) {
    REQUIRE(table_->begin({{{"filled", Type::kString}, {"late", type_}}}, ""));
  }
  ~TwoColumns() { std::fclose(file_); }
  TwoColumns(const TwoColumns&) = delete;
  TwoColumns& operator=(const TwoColumns&) = delete;

  void row(const std::string& filled, std::optional<std::int64_t> late) {
    ColumnBuilder<Type::kString> text;
    text.append_copy(filled);
    ColumnBuilder<Type::kLong> number;
    if (late)
      number.append(*late);
    else
      number.append_null();
    REQUIRE(table_->write(Batch({text.finish(), number.finish()}, 1)));
  }

  std::string end() {
    REQUIRE(table_->end());
    return so_far();
  }

  std::string so_far() {
    REQUIRE(out_.flush());
    std::string text;
    std::array<char, 4096> part{};
    for (off_t at = 0;;) {
      const ssize_t count = ::pread(::fileno(file_), part.data(), part.size(), at);
      if (count <= 0) return text;
      text.append(part.data(), static_cast<std::size_t>(count));
      at += count;
    }
  }

 private:
  std::FILE* file_ = std::tmpfile();
  io::Sink out_;
  std::unique_ptr<BatchSink> table_;
  static constexpr Type type_ = Type::kLong;
};

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

constexpr int kMoreThanTheSample = 250;
const std::string kLong(40, 'x');

TEST_CASE("a column that is empty in the first rows and fills later is told by name") {
  TwoColumns table({.width = 40});
  for (int i = 0; i < kMoreThanTheSample; ++i) table.row(kLong, std::nullopt);
  table.row(kLong, 7);
  table.row(kLong, 8);
  const std::string text = table.end();
  CHECK(contains(
      text,
      "(1 column left out as empty has values in later rows: late; --format list shows all)\n"));
  CHECK_FALSE(contains(text, "empty and left out"));
  CHECK_FALSE(contains(text, "cut"));
}

TEST_CASE("a late number is not cut, a late text is") {
  TwoColumns table({.width = 40});
  for (int i = 0; i < kMoreThanTheSample; ++i) table.row("x", 1);
  table.row("much longer than the first", 1234567890123);
  const std::string text = table.end();
  CHECK(contains(text, "\nmuch …  1234567890123\n"));
  CHECK(contains(text, "\n(1 cell cut to fit; --format list shows everything)\n"));
}

TEST_CASE("without a limit nothing is cut, however late") {
  TwoColumns table({});
  for (int i = 0; i < kMoreThanTheSample; ++i) table.row("x", std::nullopt);
  table.row(kLong, 12);
  CHECK(contains(table.end(), "\n" + kLong + "    12\n"));
}

TEST_CASE("a live table says above the rows what it leaves out, and at once what fills later") {
  TwoColumns table({.width = 40, .line_buffered = true});
  table.row(kLong, std::nullopt);
  CHECK(table.so_far().starts_with("(1 of 2 columns is empty so far and left out)\nfilled\n"));
  table.row(kLong, 7);
  CHECK(table.so_far().ends_with(
      "(1 column left out as empty has values in later rows: late; --format list shows all)\n" +
      kLong + "\n"));
  CHECK(table.end().ends_with(kLong + "\n"));
}

TEST_CASE("a result without rows shows its columns and speaks of no cells") {
  TwoColumns table({.width = 5});
  const std::string text = table.end();
  CHECK_FALSE(contains(text, "cell"));
  CHECK(contains(text,
                 "(1 of 2 columns does not fit: --format list shows all, project picks some)\n"));
}

}  // namespace
}  // namespace quarry::output
