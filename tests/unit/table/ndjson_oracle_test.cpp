// Random rows through the reader and through a slow, obvious parser, for many block sizes, batch
// sizes and numbers of workers.
#include "common/json/document.h"
#include "common/table/ndjson_reader.h"
#include "common/value/dynamic.h"
#include "tests/unit/table/scan_harness.h"

#include <doctest/doctest.h>

#include <random>

using namespace quarry;
using namespace quarry::table;
using namespace quarry::table::test;

namespace {

using Random = std::mt19937;

std::size_t pick(Random& random, std::size_t count) { return random() % count; }

std::string random_text(Random& random) {
  static const std::string kPieces[]{"a",   "powershell",  "\\\\", "\\\"",     "{\\\"k\\\":[",
                                     "}",   "]",           ",",    "\\u0041",  "\\u00e9",
                                     ":",   "C:\\\\users", "\\/",  "\xc3\xa9", "\xf0\x9f\x98\x80",
                                     "\\t", " ",           "Xyz",  "needle",   "\\ud83d\\ude00"};
  std::string text = "\"";
  for (std::size_t n = pick(random, 12); n > 0; --n)
    text += kPieces[pick(random, std::size(kPieces))];
  return text + "\"";
}

std::string random_value(Random& random, int depth) {
  switch (pick(random, depth > 3 ? 6 : 8)) {
    case 0:
      return "null";
    case 1:
      return std::to_string(static_cast<int>(random() % 2001) - 1000);
    case 2:
      return "true";
    case 3:
      return "-12.5e3";
    case 6: {
      std::string array = "[";
      for (std::size_t n = pick(random, 4); n > 0; --n)
        array += random_value(random, depth + 1) + (n > 1 ? ", " : "");
      return array + "]";
    }
    case 7: {
      std::string bag = "{";
      for (std::size_t n = pick(random, 4), i = 0; i < n; ++i)
        bag +=
            (i > 0 ? ",\"k" : "\"k") + std::to_string(i) + "\":" + random_value(random, depth + 1);
      return bag + "}";
    }
    default:
      return random_text(random);
  }
}

// Mostly the same keys in the same order, as in real tables; now and then shuffled, missing or
// spaced out.
std::string random_row(Random& random) {
  static const std::string kKeys[]{
      "text",  "number",     "InitiatingProcessVersionInfoProductVersion", "bag",
      "other", "n\\u0061me", "InitiatingProcessVersionInfoProductNumber"};
  std::vector<std::string> keys(std::begin(kKeys), std::end(kKeys));
  if (pick(random, 8) == 0) std::shuffle(keys.begin(), keys.end(), random);
  const std::string gap = pick(random, 8) == 0 ? " " : "";
  std::string row = "{" + gap;
  bool first = true;
  for (const std::string& key : keys) {
    if (pick(random, 10) == 0) continue;
    if (!first) row += "," + gap;
    first = false;
    row += "\"" + key + "\"" + gap + ":" + gap;
    row += key == "number" ? std::to_string(static_cast<std::int64_t>(random()))
                           : random_value(random, 0);
  }
  return row + gap + "}";
}

void append_as_text(std::string& out, const json::Node& node, std::string_view raw) {
  if (const auto text = node.as_string()) {
    append_json_string(out, *text);
  } else if (node.is_null()) {
    out += "\"\"";
  } else {
    append_json_string(out, raw);
  }
}

// The raw text of a member, for string columns that hold other values.
std::string_view raw_member(std::string_view row, std::string_view wanted) {
  BagCursor members{DynamicView(row)};
  std::string_view key;
  DynamicView value;
  while (members.next(key, value)) {
    std::string decoded;
    decode_json_string(key, decoded);
    if (decoded == wanted) return value.json();
  }
  return {};
}

constexpr const char* kColumns =
    "name:string number:long text:string InitiatingProcessVersionInfoProductVersion:string "
    "absent:bool";

std::string expected_row(const std::string& row) {
  const auto document = json::Document::parse(row, "row").value();
  const auto text_of = [&](const std::string& name) {
    std::string out = "\"" + name + "\":";
    append_as_text(out, document.root().find(name), raw_member(row, name));
    return out;
  };
  const auto number = document.root().find("number").as_int64();
  return "{" + text_of("name") + ",\"number\":" + (number ? std::to_string(*number) : "null") +
         "," + text_of("text") + "," + text_of("InitiatingProcessVersionInfoProductVersion") +
         ",\"absent\":null}";
}

struct Sample {
  std::string text;
  std::vector<std::string> rows;
};

Sample make_sample(std::uint32_t seed, std::size_t rows) {
  Random random(seed);
  Sample sample;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::string row = random_row(random);
    sample.text += row + (pick(random, 20) == 0 ? "\r\n" : "\n");
    if (pick(random, 30) == 0) sample.text += "\n";
    sample.rows.push_back(expected_row(row));
  }
  return sample;
}

bool holds_needle(const std::string& row) { return row.find("needle") != std::string::npos; }

}  // namespace

TEST_CASE(
    "ndjson reader agrees with a slow parser for every block size, batch size and number of "
    "workers") {
  const Folder folder;
  const Sample sample = make_sample(7, 3000);
  const std::string path = folder.write("random.ndjson", sample.text);
  const Schema schema = test::schema_of(kColumns);
  for (const std::size_t block_size :
       {std::size_t{100}, std::size_t{1000}, std::size_t{65536}, std::size_t{1} << 20}) {
    NdjsonOptions options;
    options.input.block_size = block_size;
    const auto reader = make_ndjson_reader(inputs_of({path}), schema, options);
    for (const int workers : {1, 2, 7}) {
      for (const std::size_t batch_rows : {std::size_t{1}, std::size_t{100}, kDefaultBatchRows}) {
        const auto result = run(*reader, request_all(schema, batch_rows), {.workers = workers});
        CHECK(result.rows == sample.rows);
        CHECK(result.bad_lines == 0);
        CHECK(result.rows_read == sample.rows.size());
      }
    }
  }
}

TEST_CASE("filters with and without needles give the rows that the slow parser gives") {
  const Folder folder;
  const Sample sample = make_sample(11, 4000);
  const std::string path = folder.write("random.ndjson", sample.text);
  const Schema schema = test::schema_of(kColumns);
  std::vector<std::string> expected;
  const auto text_column_holds = [](const std::string& row) {
    const std::size_t text = row.find("\"text\":");
    return holds_needle(row.substr(text, row.find("\"InitiatingProcess", text) - text));
  };
  std::copy_if(sample.rows.begin(), sample.rows.end(), std::back_inserter(expected),
               text_column_holds);
  REQUIRE(expected.size() > 100);
  const TextFilter filter(test::schema_of("text:string"), holds_needle);
  for (const std::size_t block_size :
       {std::size_t{500}, std::size_t{20000}, std::size_t{1} << 20}) {
    NdjsonOptions options;
    options.input.block_size = block_size;
    const auto reader = make_ndjson_reader(inputs_of({path}), schema, options);
    for (const bool with_needles : {false, true}) {
      ScanRequest request = request_all(schema, 64);
      request.filter = &filter;
      request.filter_columns = {2};
      if (with_needles)
        request.needles = {{{"needle"}, CaseMode::kSensitive},
                           {{"eedl", "zzz"}, CaseMode::kIgnoreAscii}};
      CHECK(run(*reader, request, {.workers = 2}).rows == expected);
    }
  }
}

TEST_CASE("a needle written with escapes is found all the same") {
  const Folder folder;
  std::string text;
  for (int i = 0; i < 500; ++i) text += "{\"text\":\"nothing here, C:\\\\users\"}\n";
  text += "{\"text\":\"n\\u0065edle\"}\n";
  const auto reader = make_ndjson_reader(inputs_of({folder.write("t.ndjson", text)}),
                                         test::schema_of("text:string"), {});
  const TextFilter filter(test::schema_of("text:string"), holds_needle);
  ScanRequest request = request_all(reader->schema());
  request.filter = &filter;
  request.filter_columns = {0};
  request.needles = {{{"needle"}, CaseMode::kSensitive}};
  const auto result = run(*reader, request);
  CHECK(result.rows == std::vector<std::string>{R"({"text":"needle"})"});
  CHECK(result.rows_parsed == 1);
  CHECK(result.rows_read == 501);
}

TEST_CASE("damaged rows never stop the reader") {
  Random random(5);
  std::string text;
  for (int i = 0; i < 4000; ++i) {
    std::string row = random_row(random);
    const std::size_t at = pick(random, row.size());
    switch (pick(random, 3)) {
      case 0:
        row.erase(at, 1 + pick(random, 5));
        break;
      case 1:
        row[at] = static_cast<char>(random());
        break;
      default:
        row.insert(at, 1, "\"\\{}[],:"[pick(random, 8)]);
    }
    text += row + "\n";
  }
  const Folder folder;
  NdjsonOptions options;
  options.input.block_size = 10000;
  const auto reader =
      make_ndjson_reader(inputs_of({folder.write("t.ndjson", text)}),
                         test::schema_of("text:string bag:dynamic number:long"), options);
  const auto one = run(*reader, ScanSettings{.workers = 1});
  const auto seven = run(*reader, ScanSettings{.workers = 7});
  CHECK(one.rows == seven.rows);
  CHECK(one.bad_lines == seven.bad_lines);
  CHECK(one.warnings == seven.warnings);
  CHECK(one.bad_lines > 100);
  CHECK(one.rows.size() > 1000);
}
