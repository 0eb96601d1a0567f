#include "common/io/input_set.h"

#include "common/io/open_input.h"
#include "tests/unit/io/scratch.h"

#include <doctest/doctest.h>

namespace quarry::io {
namespace {

using namespace test;

std::vector<std::string> names(const InputSet& set, const Scratch& scratch) {
  std::vector<std::string> found;
  for (const Input& input : set.inputs)
    found.push_back(input.name.substr(scratch.folder().size() + 1));
  return found;
}

InputSet expand(const std::vector<std::string>& arguments) {
  const CancelToken cancel;
  return expand_inputs(arguments, cancel);
}

TEST_CASE("folders are walked in byte order, hidden files left out") {
  const Scratch scratch;
  for (const char* name :
       {"d/m=10/PT1H.json", "d/m=02/PT1H.json", "d/.hidden", "d/.git/x", "d/B", "d/a"})
    (void)scratch.file(name, "1\n");
  CHECK(names(expand({scratch.path("d")}), scratch) ==
        std::vector<std::string>{"d/B", "d/a", "d/m=02/PT1H.json", "d/m=10/PT1H.json"});
}

TEST_CASE("patterns that the shell left alone are expanded, existing names are taken as they are") {
  const Scratch scratch;
  for (const char* name : {"b.ndjson", "a.ndjson", "c.csv", "[x].ndjson", "x"})
    (void)scratch.file(name, "1\n");
  CHECK(names(expand({scratch.path("*.ndjson")}), scratch) ==
        std::vector<std::string>{"[x].ndjson", "a.ndjson", "b.ndjson"});
  CHECK(names(expand({scratch.path("[x].ndjson")}), scratch) ==
        std::vector<std::string>{"[x].ndjson"});
  const InputSet none = expand({scratch.path("*.zip")});
  REQUIRE(none.errors.size() == 1);
  CHECK(none.errors[0].message() == "no file matches the pattern");
}

TEST_CASE("a missing input is an error while the others stay in order") {
  const Scratch scratch;
  const InputSet set =
      expand({scratch.file("b", "1\n"), scratch.path("missing"), scratch.file("a", "1\n")});
  CHECK(names(set, scratch) == std::vector<std::string>{"b", "a"});
  REQUIRE(set.errors.size() == 1);
  CHECK(set.errors[0].file() == scratch.path("missing"));
  CHECK(set.errors[0].message() == "cannot read: No such file or directory");
}

TEST_CASE("an empty folder is said, not passed over") {
  CHECK(expand({Scratch().folder()}).errors.size() == 1);
}

TEST_CASE("peek gives the first bytes without the byte-order mark") {
  const Scratch scratch;
  const CancelToken cancel;
  const InputSet set =
      expand({scratch.file("a", "\xef\xbb\xbfhello\nworld\n"),
              scratch.file("b", packed("zstd", "packed\n")), scratch.file("c", "")});
  REQUIRE(set.inputs.size() == 3);
  CHECK(peek(set.inputs[0], {&cancel, nullptr}).value() == "hello\nworld\n");
  CHECK(peek(set.inputs[1], {&cancel, nullptr}, 3).value() == "pac");
  CHECK(peek(set.inputs[2], {&cancel, nullptr}).value().empty());
}

TEST_CASE("samples of a large file are whole lines of its start, middle and end") {
  const Scratch scratch;
  std::string text;
  for (int i = 10000; i < 99999; ++i) text += std::to_string(i) + "\n";
  const CancelToken cancel;
  const InputSet set =
      expand({scratch.file("plain", text), scratch.file("gzip", packed("gzip", text))});
  const auto plain = sample_lines(set.inputs[0], {&cancel, nullptr}, 1000).value();
  REQUIRE(plain.size() == 3);
  CHECK(plain[0].starts_with("10000\n"));
  CHECK(plain[1].starts_with("5"));
  CHECK(plain[2].ends_with("99998\n"));
  for (const std::string& stretch : plain) CHECK(stretch.size() % 6 == 0);
  const auto gzip = sample_lines(set.inputs[1], {&cancel, nullptr}, 1000).value();
  REQUIRE(gzip.size() == 1);
  CHECK(gzip[0] == text.substr(0, 3000));
}

}  // namespace
}  // namespace quarry::io
