#include "common/value/hash.h"

#include "common/value/compare.h"
#include "tests/unit/value/sample.h"

#include <doctest/doctest.h>

#include <cmath>
#include <set>

namespace quarry {

using namespace sample;

namespace {

std::vector<std::uint64_t> hashes_of(const std::vector<const Column*>& columns, std::size_t rows) {
  std::vector<std::uint64_t> hashes{1, 2, 3};
  hash_rows(columns, rows, hashes);
  return hashes;
}

std::vector<std::uint64_t> hashes_of(const Column& column) {
  return hashes_of({&column}, column.rows());
}

}  // namespace

TEST_CASE("texts of every length up to 300 hash apart, also when only the last byte differs") {
  std::set<std::uint64_t> seen;
  for (std::size_t length = 0; length <= 300; ++length) {
    std::string text(length, 'a');
    seen.insert(hash_bytes(text));
    if (length == 0) continue;
    text.back() = 'b';
    seen.insert(hash_bytes(text));
    text.back() = 'a';
    text.front() = 'c';
    seen.insert(hash_bytes(text));
  }
  CHECK(seen.size() == 901);
  CHECK(hash_bytes(std::string_view("a\0", 2)) != hash_bytes("a"));
}

TEST_CASE("hashes do not depend on the form of a column") {
  const Column flat =
      strings({"a", "a string longer than a cell", "", "a", "a string longer than a cell"});
  const Column dictionary =
      Column::select(strings({"", "a string longer than a cell", "a"}), rows({2, 1, 0, 2, 1}));
  CHECK(hashes_of(flat) == hashes_of(dictionary));
  CHECK(hashes_of(longs({4, 4, 4})) == hashes_of(Column::constant(longs({4}), 3)));
  CHECK(hashes_of(longs({{}, {}})) == hashes_of(Column::all_null(Type::kLong, 2)));
  const Column wide = longs({1, {}, 3, 4, 5, 6});
  CHECK(hashes_of(Column::select(wide, rows({5, 1}))) == hashes_of(longs({6, {}})));
}

TEST_CASE("equal reals hash alike: both zeros, any NaN") {
  const auto hashes = hashes_of(reals({0.0, -0.0, std::nan("1"), -std::nan("2"), 1.0}));
  CHECK(hashes[0] == hashes[1]);
  CHECK(hashes[2] == hashes[3]);
  CHECK(hashes[0] != hashes[4]);
}

TEST_CASE("null has a hash of its own and the order of columns counts") {
  const auto hashes = hashes_of(longs({0, {}}));
  CHECK(hashes[0] != hashes[1]);
  const Column a = longs({1}), b = longs({2});
  CHECK(hashes_of({&a, &b}, 1) != hashes_of({&b, &a}, 1));
  CHECK(hashes_of({&a, &a}, 1) != hashes_of({&b, &b}, 1));
  CHECK(hashes_of(std::vector<const Column*>{}, 4) ==
        std::vector<std::uint64_t>(4, hashes_of(std::vector<const Column*>{}, 1)[0]));
}

TEST_CASE("consecutive numbers and pairs of them do not collide") {
  std::vector<std::optional<std::int64_t>> left, right;
  for (std::int64_t i = 0; i < 300; ++i) {
    for (std::int64_t j = 0; j < 300; ++j) {
      left.push_back(i);
      right.push_back(j);
    }
  }
  const Column a = longs(left), b = longs(right);
  const auto hashes = hashes_of({&a, &b}, a.rows());
  CHECK(std::set<std::uint64_t>(hashes.begin(), hashes.end()).size() == hashes.size());
  std::set<std::uint64_t> buckets;  // low bits choose the bucket of a table
  for (const std::uint64_t hash : hashes) buckets.insert(hash & 0xFFFFF);
  CHECK(buckets.size() > 80'000);
}

TEST_CASE("nulls sort lowest and equal each other") {
  const Column column = longs({{}, -5, 7});
  CHECK(compare_rows(column, 0, column, 1) < 0);
  CHECK(compare_rows(column, 1, column, 0) > 0);
  CHECK(compare_rows(column, 0, column, 0) == 0);
  CHECK(compare_rows(column, 1, column, 2) < 0);
  const Column real = reals({std::nan(""), -HUGE_VAL, 0.0, -0.0});
  CHECK(compare_rows(real, 0, real, 1) < 0);
  CHECK(compare_rows(real, 0, real, 0) == 0);
  CHECK(compare_rows(real, 2, real, 3) == 0);
  const Column text = strings({"abcdefghijklmnop", "abcdefghijklmnoq", "abc"});
  CHECK(compare_rows(text, 0, text, 1) < 0);
  CHECK(compare_rows(text, 2, text, 0) < 0);
  const Column dynamic = dynamics({"{\"a\":1,\"b\":2}", " {\"b\":2.0, \"a\":1} ", {}});
  CHECK(compare_rows(dynamic, 0, dynamic, 1) == 0);
  CHECK(compare_rows(dynamic, 2, dynamic, 0) < 0);
  CHECK(hashes_of(dynamic)[0] == hashes_of(dynamic)[1]);
}

}  // namespace quarry
