#include "common/table/prefilter.h"

#include "common/json/byte_masks.h"

#include <doctest/doctest.h>

using namespace quarry;
using namespace quarry::table;

namespace {

struct Hits {
  bool searched = false;
  std::vector<std::uint8_t> hits;
};

Hits search(const std::vector<Needle>& needles, std::string text, Escapes escapes = Escapes::kJson,
            float reach = 1) {
  const std::size_t size = text.size();
  text.append(json::kScanPadding, '\0');
  const std::string_view view = std::string_view(text).substr(0, size);
  std::vector<LineRef> lines;
  split_lines(view, lines);
  Hits result;
  result.searched = Prefilter(needles, escapes).run(view, lines, reach, result.hits);
  for (std::uint8_t& hit : result.hits) hit = hit != 0 ? 1 : 0;
  return result;
}

using Marks = std::vector<std::uint8_t>;

}  // namespace

TEST_CASE("lines are split at newlines and trimmed, blank ones left out") {
  std::string text = "ab\r\n\n  \n c d \nlast";
  const std::size_t size = text.size();
  text.append(json::kScanPadding, '\0');
  std::vector<LineRef> lines;
  split_lines(std::string_view(text).substr(0, size), lines);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].in(text) == "ab");
  CHECK(lines[1].in(text) == "c d");
  CHECK(lines[2].in(text) == "last");
}

TEST_CASE("prefilter marks the lines that hold every needle") {
  const auto result =
      search({{{"beta"}, CaseMode::kSensitive}, {{"gam", "delta"}, CaseMode::kIgnoreAscii}},
             "alpha\nbeta\nbeta GAMMA\ngamma\nx beta y delta\nlast\n");
  CHECK(result.searched);
  CHECK(result.hits == Marks{0, 0, 1, 0, 1, 0});
}

TEST_CASE(
    "prefilter takes a line with a Unicode escape as a hit, but not an escaped backslash before "
    "u") {
  const auto result = search({{{"beta"}, CaseMode::kSensitive}},
                             "\\\\u0062\n\\u0062eta\n\\\\\\u0062\nplain\nplain\n");
  CHECK(result.hits == Marks{0, 1, 1, 0, 0});
  CHECK(search({{{"beta"}, CaseMode::kSensitive}}, "\\u0062eta\n", Escapes::kNone).hits ==
        Marks{0});
}

TEST_CASE("prefilter steps aside where most lines hit") {
  CHECK_FALSE(search({{{"a"}, CaseMode::kSensitive}}, "a\na\na\nb\n").searched);
  CHECK(search({{{"a"}, CaseMode::kSensitive}, {{"x"}, CaseMode::kSensitive}}, "a\na\nax\nab\n")
            .hits == Marks{0, 0, 1, 0});
  CHECK_FALSE(search({}, "a\n").searched);
}

TEST_CASE("prefilter steps aside where the filter's columns stand at the front of the lines") {
  const std::vector<Needle> needles{{{"beta"}, CaseMode::kSensitive}};
  CHECK_FALSE(search(needles, "alpha\nbeta\n", Escapes::kJson, 0.1F).searched);
  CHECK(search(needles, "alpha\nbeta\n", Escapes::kJson, 0.9F).searched);
}
