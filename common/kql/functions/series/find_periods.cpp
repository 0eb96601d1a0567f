// series_periods_detect() and series_periods_validate(): which periods a series has, and whether it
// has given ones.
#include "common/kql/functions/series/periods.h"
#include "common/kql/functions/series/result_writer.h"
#include "common/kql/functions/series/series.h"

#include <algorithm>

namespace quarry::kql::functions {
namespace {

constexpr std::int64_t kMaxPeriods = 1'000;

void write(JsonRow& row, std::span<const double> periods, std::span<const double> scores) {
  ResultWriter writer(row.out(), ResultWriter::As::kColumns);
  writer.add("periods", periods);
  writer.add("scores", scores);
  writer.finish();
}

/// KQL: both arrays have as many elements as periods are asked for; those not found are 0.
void series_periods_detect(JsonRow& row) {
  const auto values = read_finite(row[0]);
  const auto least = number_of(row[1]);
  const auto most = number_of(row[2]);
  const std::int64_t wanted = row.integer(3);
  if (!values || !least || !most || wanted < 0) return;
  const auto count = static_cast<std::size_t>(std::min(wanted, kMaxPeriods));
  std::vector<double> periods(count);
  std::vector<double> scores(count);
  const std::vector<Period> found = PeriodFinder(*values).find(*least, *most, count);
  for (std::size_t i = 0; i < found.size(); ++i) {
    periods[i] = static_cast<double>(found[i].length);
    scores[i] = found[i].score;
  }
  write(row, periods, scores);
}

void series_periods_validate(JsonRow& row) {
  const auto values = read_finite(row[0]);
  if (!values) return;
  const PeriodFinder finder(*values);
  std::vector<double> periods;
  std::vector<double> scores;
  for (std::size_t i = 1; i < row.size(); ++i) {
    periods.push_back(number_of(row[i]).value_or(0));
    scores.push_back(finder.score(periods.back()));
  }
  write(row, periods, scores);
}

constexpr Param kDetectParams[]{
    {"series", "An array of numbers without gaps, evenly spaced."},
    {"min_period", "The shortest period to look for; none shorter than 4 is found."},
    {"max_period", "The longest period to look for; none longer than half of the series is found."},
    {"num_periods", "How many to give."}};
constexpr Param kValidateParams[]{{"series", "An array of numbers without gaps, evenly spaced."},
                                  {"period", "A length in elements."},
                                  {"more", "Further lengths.", true, true}};
constexpr ResultColumn kColumns[]{{"periods", Type::kDynamic}, {"scores", Type::kDynamic}};
constexpr FunctionDef kDetect{
    .name = "series_periods_detect",
    .summary = "Finds the periods of a series, best first, and scores them from 0 to 1.",
    .params = kDetectParams,
    .example = {"print (p, s) = series_periods_detect(dynamic([1, 2, 3, 4, 3, 2, 1, 2, 3, 4, 3, 2, "
                "1, 2, 3, 4, 3, 2]), 0, 10, 1) | project p",
                "[6.0]"},
    .resolve = resolve_json<series_periods_detect, "dnnl">,
    .shape = ResultShape::kColumns,
    .columns = kColumns};
constexpr FunctionDef kValidate{
    .name = "series_periods_validate",
    .summary = "Scores from 0 to 1 whether a series has given periods.",
    .params = kValidateParams,
    .example =
        {"print (p, s) = series_periods_validate(dynamic([1, 5, 2, 7, 1, 5, 2, 7]), 3) | project s",
         "[0.0]"},
    .resolve = resolve_json<series_periods_validate, "dn*">,
    .shape = ResultShape::kColumns,
    .columns = kColumns};

constexpr const FunctionDef* kScalars[]{&kDetect, &kValidate};

}  // namespace

extern constinit const FunctionTable kSeriesPeriods{"series", kScalars};

}  // namespace quarry::kql::functions
