#include "tools/taxii-pull/row_options.h"

#include <fmt/format.h>

#include <array>
#include <span>

namespace quarry::taxii_pull {
namespace {

using config::OptionDef;
using config::OptionKind;

std::span<const std::string_view> shapes() {
  static constexpr std::array<std::string_view, 2> kWords{"legacy", "stix"};
  return kWords;
}
std::span<const std::string_view> conjunctions() {
  static constexpr std::array<std::string_view, 2> kWords{"keep", "drop"};
  return kWords;
}
std::span<const std::string_view> levels() {
  static constexpr std::array<std::string_view, 6> kWords{"white", "clear",        "green",
                                                          "amber", "amber+strict", "red"};
  return kWords;
}

constexpr OptionDef kRows[]{
    {.name = "shape",
     .metavar = "SHAPE",
     .help = "Rows of ThreatIntelligenceIndicator (legacy) or of ThreatIntelIndicators, which hold "
             "the object in Data (stix)",
     .kind = OptionKind::kChoice,
     .key = "shape",
     .default_text = "legacy",
     .choices = shapes},
    {.name = "objects",
     .help = "Rows of ThreatIntelObjects too, for what is no indicator",
     .key = "objects"},
    {.name = "raw", .help = "STIX objects as they came, one a line, instead of rows"},
    {.name = "source",
     .metavar = "NAME",
     .help = "The feed's name, for SourceSystem",
     .kind = OptionKind::kValue},
    {.name = "conjunctions",
     .metavar = "WHAT",
     .help = "keep rows that their pattern does not take alone, marked as such, or drop them",
     .kind = OptionKind::kChoice,
     .key = "conjunctions",
     .default_text = "keep",
     .choices = conjunctions},
    {.name = "default-ttl",
     .metavar = "DURATION",
     .help = "Indicators without valid_until expire so long after valid_from (90d)",
     .kind = OptionKind::kValue,
     .key = "default_ttl"},
    {.name = "max-tlp",
     .metavar = "LEVEL",
     .help = "Leave out objects that are marked stricter",
     .kind = OptionKind::kChoice,
     .key = "max_tlp",
     .choices = levels},
    {.name = "refang",
     .help = "Turn hxxp, [.] and [:] back in columns; ObservableValue keeps them",
     .key = "refang"},
};

constexpr OptionDef kTime[]{
    {.name = "now",
     .metavar = "INSTANT",
     .help = "The time of this run, so that results repeat",
     .kind = OptionKind::kValue},
};

}  // namespace

constinit const config::OptionTable kRowOptions{"Rows", kRows};
constinit const config::OptionTable kTimeOptions{"Time", kTime};

Result<RowOptions> read_row_options(const cli::Invocation& invocation, std::string source) {
  RowOptions options;
  options.now = invocation.now();
  options.source =
      invocation.text("source").empty() ? std::move(source) : invocation.text("source");
  options.shape = invocation.text("shape") == "stix" ? Shape::kStix : Shape::kLegacy;
  if (invocation.flag("raw")) options.shape = Shape::kRaw;
  options.objects = invocation.flag("objects");
  options.keep_conjunctions = invocation.text("conjunctions") == "keep";
  options.refang = invocation.flag("refang");
  options.max_tlp = stix::parse_tlp(invocation.text("max-tlp"));
  QUARRY_TRY(options.default_ttl, invocation.options().duration("default-ttl"));
  return options;
}

Result<std::unique_ptr<RowTarget>> RowTarget::open(const cli::Invocation& invocation,
                                                   const RowOptions& options) {
  const std::string format = invocation.format();
  const bool lines = format == "ndjson";
  if (!lines && options.shape == Shape::kRaw && invocation.options().is_given("format")) {
    return fail(ErrorCode::kUsage, fmt::format("--raw is NDJSON, --format {} is not", format));
  }
  if (!lines && options.objects) {
    return fail(ErrorCode::kUsage,
                fmt::format("--objects writes rows of two tables, --format {} holds one", format),
                "--format ndjson holds both");
  }
  QUARRY_TRY(const output::FormatOptions looks, cli::format_options(invocation));
  const bool as_lines = lines || options.shape == Shape::kRaw;
  QUARRY_TRY(auto output, cli::ResultOutput::open(invocation, looks, as_lines ? "ndjson" : format));
  std::unique_ptr<RowTarget> target(new RowTarget(std::move(output)));
  const RowTable& table = options.shape == Shape::kStix ? stix_table() : legacy_table();
  if (as_lines && !looks.typed) {
    target->rows_ = std::make_unique<NdjsonRows>(
        [&sink = target->output_->bytes()](std::string_view bytes) { return sink.write(bytes); });
    return target;
  }
  QUARRY_TRY(target->rows_, BatchRows::begin(table, target->output_->rows()));
  return target;
}

Result<void> RowTarget::finish() {
  QUARRY_CHECK(rows_->finish());
  QUARRY_CHECK(output_->finish());
  return output_->commit();
}

}  // namespace quarry::taxii_pull
