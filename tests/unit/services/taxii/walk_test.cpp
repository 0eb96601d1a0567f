#include "common/services/taxii/walk.h"

#include "common/time/format.h"

#include <doctest/doctest.h>

namespace quarry::services::taxii {
namespace {

PageEnd page(std::string_view first, std::string_view last) {
  PageEnd end;
  end.kind = PageEnd::Kind::kComplete;
  end.first = parse_added_date(first);
  end.last = parse_added_date(last);
  return end;
}

std::string shown(const std::optional<Datetime>& at) { return at ? added_after_text(*at) : "none"; }

TEST_CASE("dates as servers write them, and as every server takes them") {
  CHECK(added_after_text(parse_added_date("2026-11-24T04:29:59.372335Z")->at) ==
        "2026-11-24T04:29:59.372335Z");
  CHECK(added_after_text(parse_added_date("2026-11-24T06:29:59+02:00")->at) ==
        "2026-11-24T04:29:59.000000Z");
  CHECK(added_after_text(parse_added_date("2026-11-24T04:29:59.123Z")->before()) ==
        "2026-11-24T04:29:59.122000Z");
  CHECK(added_after_text(parse_added_date("2026-11-24T04:30:00Z")->before()) ==
        "2026-11-24T04:29:59.000000Z");
  CHECK(added_after_text(parse_added_date("2026-11-24T04:30:00.123456789Z")->before()) ==
        "2026-11-24T04:30:00.123455Z");
  CHECK_FALSE(parse_added_date("yesterday"));
}

TEST_CASE("the resume date stays a page behind, because the first page does not tell the order") {
  ResumePoint point(std::nullopt);
  point.page(page("2026-01-01T00:00:01Z", "2026-01-01T00:00:05Z"));
  CHECK(shown(point.so_far()) == "none");
  point.page(page("2026-01-01T00:00:05Z", "2026-01-01T00:00:09Z"));
  CHECK(shown(point.so_far()) == "2026-01-01T00:00:04.000000Z");
  CHECK(shown(point.at_end()) == "2026-01-01T00:00:08.000000Z");
}

TEST_CASE("the latest first: the resume date stays at the start until the walk is complete") {
  const auto start = parse_added_date("2026-01-01T00:00:00Z")->at;
  ResumePoint point(start);
  point.page(page("2026-01-01T00:00:06Z", "2026-01-01T00:00:09Z"));
  point.page(page("2026-01-01T00:00:01Z", "2026-01-01T00:00:05Z"));
  CHECK(point.so_far() == start);
  CHECK(shown(point.at_end()) == "2026-01-01T00:00:08.000000Z");
}

TEST_CASE("pages without dates leave the resume date where it is") {
  ResumePoint point(std::nullopt);
  point.page(PageEnd{.kind = PageEnd::Kind::kComplete});
  CHECK_FALSE(point.has_dates());
  CHECK(shown(point.at_end()) == "none");
}

}  // namespace
}  // namespace quarry::services::taxii
