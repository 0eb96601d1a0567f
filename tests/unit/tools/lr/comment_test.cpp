#include "tools/lr/driver/comment.h"

#include "common/base/unicode.h"

#include <doctest/doctest.h>

using namespace quarry;
using namespace quarry::lr;

TEST_CASE("a submission is known by run, turn and attempt") {
  Job job;
  job.playbook = "triage";
  CHECK(comment_of("R", job, 2, "case 4711") == "triage: case 4711 [quarry R/2]");
  job.turn = 3;
  CHECK(tag_of("R", job, 1) == "[quarry R.3/1]");
}

TEST_CASE("a long reason is cut between two characters") {
  Job job;
  job.playbook = "p";
  for (const std::size_t before : {297, 298, 299, 300}) {
    const std::string reason = std::string(before, 'x') + "\xE2\x82\xAC\xE2\x82\xAC";
    const std::string comment = comment_of("R", job, 1, reason);
    CHECK(unicode::is_valid(comment));
    CHECK(comment.size() <= 300 + std::string("p:  [quarry R/1]").size());
  }
}
