// Any bytes as an input: NDJSON, CSV, a JSON document, gzip. All rows and a filtered count, the
// same whatever the blocks, batches and threads.
#include "common/base/deflate.h"
#include "tests/fuzz/byte_campaign.h"
#include "tests/fuzz/campaigns.h"
#include "tests/fuzz/engine/compare.h"
#include "tests/fuzz/test_text.h"

namespace quarry::fuzz {
namespace {

constexpr std::string_view kNdjson =
    "{\"_type\":\"schema\",\"version\":1,\"columns\":[{\"name\":\"a\",\"type\":\"long\"},{\"name\":"
    "\"s\",\"type\":\"string\"}]}\n"
    "{\"a\":1,\"s\":\"x\\u00e9\\ud83d\\ude00\"}\n\n{\"a\":null,\"s\":\"\"}\r\n{\"s\":\"q\\\"\\\\/"
    "\",\"a\":-2.5e3,\"t\":\"2024-05-01T00:00:00Z\"}\n";
constexpr std::string_view kRecords =
    "{\"time\":\"2024-05-01T00:00:00.1234567Z\",\"category\":\"T\",\"properties\":{\"a\":1,\"d\":{"
    "\"k\":[1,{}]}}}\n"
    "{\"a\":12345678901234567890,\"b\":true,\"c\":[[],[1,2]],\"d\":{\"\":null}}\n{\"a\":1}\n{\"a\":"
    "2,\"a\":3}\n";
constexpr std::string_view kCsv =
    "a,s,\"odd \"\"name\"\"\"\n1,plain,\n,\"two\nlines, and "
    "\"\"quotes\"\"\",2024-05-01\n3,x\r\n4,\"{\"\"k\"\":1}\",z\n";
constexpr std::string_view kTsv = "a\ts\n1\tx\n2\t\n";
constexpr std::string_view kArray =
    "[{\"a\":1,\"s\":\"]}\"},\n {\"a\":2.5,\"d\":[{},[]]}, 7, null, {\"a\":\"\\\\\\\"\"}]";
constexpr std::string_view kWrapped =
    "{\"Schema\":[{\"Name\":\"a\",\"Type\":\"Int64\"}],\"Results\":[{\"a\":1},{\"a\":null}],"
    "\"records\":[{\"a\":3}],\"value\":[{\"b\":1}]}";
constexpr std::string_view kPieces[]{"{",
                                     "}",
                                     "[",
                                     "]",
                                     "\"",
                                     "\\",
                                     ",",
                                     ":",
                                     "\n",
                                     "\r\n",
                                     "\t",
                                     "\\u0041",
                                     "\\ud800",
                                     "null",
                                     "true",
                                     "1e999",
                                     "\xef\xbb\xbf",
                                     "\"\"",
                                     "\xff",
                                     "\xc3\xa9",
                                     "_type",
                                     "0",
                                     "-",
                                     " ",
                                     "{}\n",
                                     "[]\n"};

class ReaderCampaign final : public ByteCampaign {
 public:
  ReaderCampaign(std::string_view name, std::string_view file, std::vector<std::string> samples,
                 bool compressed = false)
      : name_(name), file_(file), samples_(std::move(samples)), compressed_(compressed) {}
  std::string_view name() const override { return name_; }
  std::string_view summary() const override { return "any bytes as an input file"; }

 protected:
  std::vector<std::string> samples() const override {
    if (!compressed_) return samples_;
    std::vector<std::string> all;
    for (const std::string& sample : samples_)
      all.push_back(deflate(DeflateEnvelope::kGzip, sample));
    all.push_back(all[0] + all[1]);
    return all;
  }
  std::vector<std::string_view> pieces() const override {
    return {std::begin(kPieces), std::end(kPieces)};
  }
  std::string print(const std::string& text) const override {
    const InputTable tables[]{{std::string(file_), {}, false, text}};
    return print_case(std::string(kQueries[0]), tables);
  }

  void try_text(const std::string& text, Recorder& recorder) override {
    const InputTable tables[]{{std::string(file_), {}, false, text}};
    write_files(tables, recorder.folder());
    const Shape shapes[]{{}, {.batch_rows = 2, .threads = 3, .block_bytes = 64}};
    for (const std::string_view query : kQueries) {
      Compared compared =
          compare_shapes(std::string(query), tables, recorder.folder(), shapes, true);
      if (compared.first.rows > 0) recorder.count("with rows");
      if (!compared.finding.empty()) recorder.finding(std::string(query) + "\n" + compared.finding);
    }
  }

 private:
  static constexpr std::string_view kQueries[]{
      "T",
      "T | where tostring(pack_all()) has 'quotes' or isnotnull(column_ifexists('a', 1)) | count",
      "T | count"};
  std::string_view name_;
  std::string_view file_;
  std::vector<std::string> samples_;
  bool compressed_;
};

}  // namespace

Campaign& ndjson_campaign() {
  static ReaderCampaign campaign("ndjson", "T.ndjson",
                                 {std::string(kNdjson), std::string(kRecords)});
  return campaign;
}

Campaign& csv_campaign() {
  static ReaderCampaign campaign("csv", "T.csv", {std::string(kCsv), std::string(kTsv)});
  return campaign;
}

Campaign& json_array_campaign() {
  static ReaderCampaign campaign("json", "T.json", {std::string(kArray), std::string(kWrapped)});
  return campaign;
}

Campaign& gzip_campaign() {
  static ReaderCampaign campaign("gzip", "T.ndjson.gz",
                                 {std::string(kNdjson), std::string(kRecords), std::string(kCsv)},
                                 true);
  return campaign;
}

}  // namespace quarry::fuzz
