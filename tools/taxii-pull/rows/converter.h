// STIX objects -> rows of the shape asked for.
#pragma once

#include "common/base/result.h"
#include "common/time/ticks.h"
#include "tools/taxii-pull/flatten/flattener.h"
#include "tools/taxii-pull/rows/confidence_limit.h"
#include "tools/taxii-pull/rows/indicator.h"
#include "tools/taxii-pull/rows/row.h"
#include "tools/taxii-pull/rows/row_output.h"
#include "tools/taxii-pull/stix/context.h"
#include "tools/taxii-pull/stix/object.h"
#include "tools/taxii-pull/stix/tlp.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace quarry::taxii_pull {

enum class Shape : std::uint8_t { kLegacy, kStix, kRaw };

struct RowOptions {
  Datetime now{};
  std::string source;  // the feed's name: SourceSystem
  Shape shape = Shape::kLegacy;
  bool objects = false;           // rows of ThreatIntelObjects for what is no indicator
  bool keep_conjunctions = true;  // rows that are not enough by themselves
  bool live_only = false;         // no rows of what is revoked or has expired
  bool refang = false;            // hxxp and [.] back into what they stand for
  std::optional<Timespan> default_ttl;
  std::optional<stix::Tlp> max_tlp;       // stricter objects are left out
  ConfidenceLimit* confidence = nullptr;  // outlives the converter; nullptr: no limit
};

struct RowCounts {
  std::uint64_t indicators = 0;
  std::uint64_t others = 0;  // objects that are none
  std::uint64_t rows = 0;
  std::uint64_t invalid_patterns = 0;
  std::uint64_t withheld = 0;  // by max_tlp
  std::uint64_t partial = 0;   // indicators with more in the pattern than the rows carry
};

class Converter {
 public:
  /// `context` outlives the converter and may grow between calls.
  Converter(RowOptions options, const stix::Context& context)
      : options_(std::move(options)), context_(context) {}

  /// Writes the rows of an object. `ids`, where given, collects their IndicatorIds.
  Result<void> write(stix::ObjectReader& object, RowOutput& out,
                     std::unordered_set<std::string>* ids = nullptr);
  /// Rows of an older version that the newer one no longer has (`kept`), as inactive.
  Result<void> withdraw(stix::ObjectReader& older, const std::unordered_set<std::string>& kept,
                        RowOutput& out);

  /// Rows from now on are that new: later than those that they take the place of.
  void set_now(Datetime now) { options_.now = now; }
  const RowCounts& counts() const { return counts_; }
  const RowOptions& options() const { return options_; }
  /// The first pattern that was none, for a message; "" where all were.
  const std::string& first_problem() const { return first_problem_; }

 private:
  using TakeRow = std::function<Result<void>(const RowTable& table, const std::string& id)>;
  Result<void> each_row(const Indicator& indicator, bool superseded, const TakeRow& take);
  flatten::Flattened flattened(const Indicator& indicator, std::optional<Datetime>& stop);
  void fill_legacy(const Indicator& indicator, bool active, Datetime expires);
  void fill_stix(const Indicator& indicator, bool active, Datetime expires);
  void set_observable(const Indicator& indicator, const flatten::FlatRow* row,
                      const flatten::Flattened& all, const std::string& id);
  Result<void> write_object(stix::ObjectReader& object, RowOutput& out);
  bool is_withheld(const Indicator& indicator);
  bool is_over(const Indicator& indicator) const;  // revoked or expired
  Datetime expiration(const Indicator& indicator, std::optional<Datetime> stop) const;

  RowOptions options_;
  const stix::Context& context_;
  RowCounts counts_;
  std::string first_problem_;
  Row legacy_{kLegacyColumns};
  Row stix_{static_cast<std::size_t>(StixColumn::kCount)};
  Row object_{static_cast<std::size_t>(ObjectColumn::kCount)};
};

/// The same row has the same id in every run: 32 hexadecimal digits.
std::string indicator_id(std::string_view source, std::string_view stix_id,
                         const flatten::FlatRow* row);
/// Of all that found no column: JSON.
std::string additional_information(const Indicator& indicator, const flatten::FlatRow* row,
                                   const flatten::Flattened& all);

}  // namespace quarry::taxii_pull
