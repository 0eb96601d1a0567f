// What has been pulled, in numbers: what Sentinel's workbook about threat intelligence shows.
#pragma once

#include "common/output/report.h"
#include "common/time/ticks.h"
#include "tools/taxii-pull/stix/context.h"
#include "tools/taxii-pull/stix/object.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace quarry::taxii_pull {

class Overview {
 public:
  explicit Overview(Datetime now) : now_(now) {}
  void add(const std::string& source, stix::ObjectReader& object, const stix::Context& context);
  output::Report report() const;

 private:
  using Counts = std::map<std::string, std::uint64_t>;
  struct Source {
    std::uint64_t objects = 0;
    std::uint64_t indicators = 0;
    std::uint64_t live = 0;
    std::uint64_t expired = 0;
    std::uint64_t revoked = 0;
    std::uint64_t confidence_sum = 0;
    std::uint64_t confidence_count = 0;
  };
  void add_indicator(Source& source, stix::ObjectReader& object, const stix::Context& context);

  Datetime now_;
  std::map<std::string, Source> sources_;
  Counts objects_;      // by type
  Counts observables_;  // of live indicators, by key
  Counts threats_;
  Counts confidence_;
  Counts age_;
  Counts levels_;
};

/// Aligned columns for a terminal.
std::string to_text(const output::Report& report);

}  // namespace quarry::taxii_pull
