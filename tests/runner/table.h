// A table as tests write it: a header of name:type, then rows of cells (tests/README.md says how
// each is spelled). Both the expectation and the answer are brought into this one spelling; equal
// text is an equal value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::test {

struct TestColumn {
  std::string name;
  std::string type;
  bool operator==(const TestColumn&) const = default;
};

using TestRow = std::vector<std::string>;

struct TestTable {
  std::vector<TestColumn> columns;
  std::vector<TestRow> rows;
};

enum class RowOrder { kFixed, kFree };

/// Reads the body of an `output:` section. Throws FormatError; `line` is where the section stands.
TestTable parse_table(std::string_view body, std::size_t line);

/// The cell of an NDJSON value, spelled as a test would.
std::string spell_json(std::string_view raw, std::string_view type);
std::string spell_string(std::string_view value);

/// In the form of an `output:` body, indented, columns aligned: to be pasted into a test.
std::string print_table(const TestTable& table);

/// "" if equal, else what differs first.
std::string difference(const TestTable& expected, const TestTable& actual, RowOrder order);

}  // namespace quarry::test
