// What a chart shows, without saying how it is drawn. Sources of numbers fill these, drawers
// (svg.h) read them.
#pragma once

#include "common/time/ticks.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace quarry::output {

/// Amounts of named things, the largest first as a rule: horizontal bars from 0.
struct BarChart {
  struct Bar {
    std::string label;
    double value = 0;    // not negative, finite
    std::string amount;  // the value as people read it: "1.8 s"
  };
  std::string title;
  std::vector<Bar> bars;
};

/// A level over time: one value for each step of equal length, drawn as an area from 0.
struct Timeline {
  std::string title;
  std::string value_name;      // "scans at a time"
  Datetime start{};            // of the first step
  Timespan step{};             // positive
  std::vector<double> values;  // not negative, finite
};

/// What leads to what: things in layers, the first layer left, edges between neighbours.
struct LayeredGraph {
  struct Layer {
    std::string name;                // "Permissions"
    std::vector<std::string> nodes;  // labels
  };
  struct Edge {
    std::size_t layer = 0;  // of the left end
    std::size_t from = 0;   // node in that layer
    std::size_t to = 0;     // node in the next one
  };
  std::string title;
  std::vector<Layer> layers;
  std::vector<Edge> edges;
};

using Chart = std::variant<BarChart, Timeline, LayeredGraph>;

}  // namespace quarry::output
