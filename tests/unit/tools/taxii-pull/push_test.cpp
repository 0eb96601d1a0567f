#include "common/base/unicode.h"
#include "tools/taxii-pull/push/upload.h"
#include "tools/taxii-pull/rows/converter.h"

#include <doctest/doctest.h>

namespace quarry::taxii_pull {
namespace {

TEST_CASE("a long title for Defender ends between characters") {
  std::string name = "a";
  for (int i = 0; i < 150; ++i) name += "é";
  const std::string json =
      R"({"type":"indicator","id":"indicator--1","created":"2024-01-01T00:00:00Z",)"
      R"("modified":"2024-01-01T00:00:00Z","name":")" +
      name + R"(","pattern":"[url:value = 'http://a.example/']","pattern_type":"stix"})";
  std::string body;
  const auto upload =
      make_defender_upload({.source = "feed", .take = [&body](UploadBatch batch) -> Result<void> {
                              body = batch.body;
                              return ok();
                            }});
  stix::ObjectReader reader;
  REQUIRE(reader.read(json));
  const stix::Context context;
  Converter converter({}, context);
  REQUIRE(converter.write(reader, *upload));
  REQUIRE(upload->finish());
  CHECK(unicode::is_valid(body));
  CHECK(body.find(R"("title":")" + name.substr(0, 199) + "\"") != std::string::npos);
}

}  // namespace
}  // namespace quarry::taxii_pull
