#include "tools/taxii-pull/report/overview.h"

#include "common/base/text.h"
#include "common/time/format.h"
#include "tools/taxii-pull/flatten/flattener.h"
#include "tools/taxii-pull/pattern/parser.h"
#include "tools/taxii-pull/rows/indicator.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

namespace quarry::taxii_pull {
namespace {

constexpr std::size_t kMostRows = 15;

std::string confidence_band(const std::optional<std::int64_t>& confidence) {
  if (!confidence) return "not given";
  const std::int64_t band = std::clamp<std::int64_t>(*confidence, 0, 99) / 20 * 20;
  return fmt::format("{:2} to {}", band, band == 80 ? 100 : band + 19);
}

std::string age_band(Datetime now, const std::optional<Datetime>& modified) {
  if (!modified) return "not given";
  const std::int64_t days = (now.ticks - modified->ticks) / kTicksPerDay;
  if (days < 7) return "1. below 7 days";
  if (days < 30) return "2. below 30 days";
  if (days < 90) return "3. below 90 days";
  return days < 365 ? "4. below a year" : "5. a year and more";
}

/// The largest first; what does not fit is one row.
output::Section section(std::string title, std::string column,
                        const std::map<std::string, std::uint64_t>& counts, bool by_name) {
  std::vector<std::pair<std::string, std::uint64_t>> sorted(counts.begin(), counts.end());
  if (!by_name) {
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
  }
  output::ReportTable table{.columns = {{std::move(column), false}, {"Indicators", true}},
                            .rows = {}};
  output::BarChart chart{.title = title, .bars = {}};
  std::uint64_t rest = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i >= kMostRows) {
      rest += sorted[i].second;
      continue;
    }
    const std::string amount = text::with_thousands(sorted[i].second);
    table.rows.push_back({{sorted[i].first, amount}, {}});
    chart.bars.push_back({sorted[i].first, static_cast<double>(sorted[i].second), amount});
  }
  if (rest > 0) table.rows.push_back({{"others", text::with_thousands(rest)}, {}});
  output::Section made{.title = std::move(title), .blocks = {}};
  if (table.rows.empty()) {
    made.blocks.emplace_back(output::Paragraph{"none"});
    return made;
  }
  made.blocks.emplace_back(output::Chart(std::move(chart)));
  made.blocks.emplace_back(std::move(table));
  return made;
}

}  // namespace

void Overview::add_indicator(Source& source, stix::ObjectReader& object,
                             const stix::Context& context) {
  const Indicator indicator = read_indicator(object, context);
  ++source.indicators;
  const bool expired = indicator.valid_until && *indicator.valid_until <= now_;
  ++(indicator.revoked ? source.revoked : expired ? source.expired : source.live);
  if (indicator.revoked || expired) return;
  if (indicator.confidence) {
    ++source.confidence_count;
    source.confidence_sum +=
        static_cast<std::uint64_t>(std::max<std::int64_t>(0, *indicator.confidence));
  }
  ++threats_[indicator.threat_type.empty() ? "not given" : indicator.threat_type];
  ++confidence_[confidence_band(indicator.confidence)];
  ++age_[age_band(now_, indicator.modified)];
  ++levels_[indicator.tlp ? std::string(stix::exact_name(*indicator.tlp)) : "not marked"];
  if (indicator.pattern_type != "stix") {
    ++observables_["pattern of type " + indicator.pattern_type];
    return;
  }
  const auto parsed = pattern::parse(indicator.pattern, pattern::Spec::kAny);
  const auto* const pattern = std::get_if<pattern::Pattern>(&parsed);
  if (pattern == nullptr) {
    ++observables_["invalid pattern"];
    return;
  }
  const flatten::Flattened flat = flatten::flatten(*pattern);
  if (flat.rows.empty()) ++observables_["no row"];
  for (const flatten::FlatRow& row : flat.rows) ++observables_[row.key];
}

void Overview::add(const std::string& name, stix::ObjectReader& object,
                   const stix::Context& context) {
  Source& source = sources_[name];
  ++source.objects;
  ++objects_[std::string(object.type())];
  if (object.type() == "indicator") add_indicator(source, object, context);
}

output::Report Overview::report() const {
  output::ReportTable table{.columns = {{"Source", false},
                                        {"Objects", true},
                                        {"Indicators", true},
                                        {"Live", true},
                                        {"Expired", true},
                                        {"Revoked", true},
                                        {"Confidence", true}},
                            .rows = {}};
  for (const auto& [name, source] : sources_) {
    const std::string confidence =
        source.confidence_count == 0
            ? ""
            : std::to_string(source.confidence_sum / source.confidence_count);
    table.rows.push_back(
        {{name, text::with_thousands(source.objects), text::with_thousands(source.indicators),
          text::with_thousands(source.live), text::with_thousands(source.expired),
          text::with_thousands(source.revoked), confidence},
         {}});
  }
  output::Report report{.title = "Threat intelligence", .blocks = {}, .sections = {}};
  report.blocks.emplace_back(output::Paragraph{
      "The newest version of each object, as of " + to_string(now_).substr(0, 19) +
      "Z. What follows the sources counts live indicators."});
  report.sections.push_back({"Sources", {std::move(table)}});
  report.sections.push_back(section("Observables", "Observable", observables_, false));
  report.sections.push_back(section("Threat types", "ThreatType", threats_, false));
  report.sections.push_back(section("Confidence", "Score", confidence_, true));
  report.sections.push_back(section("Age", "Last modified", age_, true));
  report.sections.push_back(section("Markings", "Level", levels_, false));
  report.sections.push_back(section("Objects by type", "Type", objects_, false));
  return report;
}

}  // namespace quarry::taxii_pull
