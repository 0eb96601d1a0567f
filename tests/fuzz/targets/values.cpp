// Any bytes -> times, timespans, numbers, guids. What is printed must read as the same value.
#include "common/base/text.h"
#include "common/time/format.h"
#include "common/time/parse.h"
#include "common/value/decimal.h"
#include "common/value/dynamic.h"
#include "common/value/guid.h"
#include "common/value/json_number.h"
#include "tests/fuzz/byte_campaign.h"
#include "tests/fuzz/campaigns.h"

#include <fmt/format.h>

namespace quarry::fuzz {
namespace {

constexpr std::string_view kPieces[]{"0",  "9",  "1",   ".",    ":",   "-",
                                     "+",  "T",  "Z",   " ",    "e",   "E",
                                     "d",  "h",  "ms",  "tick", "00",  "99999999999999999999",
                                     "AM", "PM", "GMT", "Jan",  "/",   ",",
                                     "{",  "}",  "nan", "inf",  "\xff"};

class ValueCampaign final : public ByteCampaign {
 public:
  std::string_view name() const override { return "values"; }
  std::string_view summary() const override {
    return "any bytes to times, timespans, numbers, guids, JSON";
  }

 protected:
  std::vector<std::string> samples() const override {
    return {"2024-05-01T12:34:56.1234567Z",
            "2024-02-29",
            "2024-05-01 12:34",
            "2024-05-01T12:34:56+02:00",
            "Sat, 08 Nov 2014 15:55:55 GMT",
            "Saturday, 08-Nov-14 15:55:55 UTC",
            "5/1/2024 1:02:03 PM",
            "May 1, 2024",
            "20240501",
            "0001-01-01",
            "9999-12-31T23:59:59.9999999Z",
            "1.02:03:04.1234567",
            "-00:00:01",
            "1.5h",
            "10 minutes",
            "1tick",
            "100microseconds",
            "3",
            "12.50",
            "-1e10",
            "1e-30",
            "0.000000000000000000000000000000001",
            "9999999999999999999999999999999999",
            "9223372036854775807",
            "-9223372036854775808",
            "0x7fffffffffffffff",
            "1e308",
            "5e-324",
            "-0",
            "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
            "{3F2504E04F8911D39A0C0305E82C3301}",
            "{\"a\":[1,2.5,\"x\",null,true]}",
            ""};
  }
  std::vector<std::string_view> pieces() const override {
    return {std::begin(kPieces), std::end(kPieces)};
  }

  void try_text(const std::string& text, Recorder& recorder) override {
    const auto odd = [&](std::string_view what, std::string_view printed) {
      recorder.finding(fmt::format("{} is printed as '{}', which reads otherwise", what, printed));
    };
    if (const auto value = parse_datetime(text)) {
      std::string printed;
      append_datetime(printed, *value);
      if (parse_datetime(printed) != value) odd("a datetime", printed);
      recorder.count("datetimes");
    }
    if (const auto fast = parse_iso_datetime(text); fast && parse_datetime(text) != fast)
      recorder.finding("the fast path reads another datetime");
    if (const auto value = parse_timespan(text)) {
      std::string printed;
      append_timespan(printed, *value);
      if (parse_timespan(printed) != value) odd("a timespan", printed);
      recorder.count("timespans");
    }
    (void)parse_timespan_literal(text);
    if (const auto value = parse_decimal(text)) {
      std::string printed;
      append_decimal(printed, *value);
      const auto again = parse_decimal(printed);
      if (!again || compare(*again, *value) != 0) odd("a decimal", printed);
      (void)to_double(*value);
      (void)to_int64(*value);
      (void)round(*value, 3);
      recorder.count("decimals");
    }
    if (const auto value = parse_guid(text)) {
      std::string printed;
      append_guid(printed, *value);
      if (parse_guid(printed) != value) odd("a guid", printed);
      recorder.count("guids");
    }
    (void)text::parse_int64(text);
    if (const NumberShape shape = number_shape(text); shape != NumberShape::kNone) {
      const JsonNumber number = parse_json_number(text, shape);
      if (compare_numbers(number, number) != 0) recorder.finding("a number differs from itself");
      if (!is_valid_json(text)) recorder.finding("a number that is no JSON");
    }
    if (is_valid_json(text)) recorder.count("JSON");
  }
};

}  // namespace

Campaign& value_campaign() {
  static ValueCampaign campaign;
  return campaign;
}

}  // namespace quarry::fuzz
