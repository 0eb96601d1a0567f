#include "common/output/chart/svg.h"

#include "common/base/unicode.h"
#include "common/output/chart/ticks.h"
#include "common/output/html_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace quarry::output {
namespace {

constexpr double kWidth = 960;

std::string open_svg(double height, std::string_view title) {
  return fmt::format(
      "<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\">"
      "<title>{}</title>",
      kWidth, height, html_escaped(title));
}

/// Names of files tell most at their ends; both ends stay.
std::string shortened(std::string_view label, std::size_t most) {
  const std::size_t length = unicode::code_point_count(label);
  if (length <= most) return std::string(label);
  const std::size_t head = most / 3;
  const std::size_t tail = most - head - 1;
  return fmt::format("{}…{}", label.substr(0, unicode::offset_of(label, head)),
                     label.substr(unicode::offset_of(label, length - tail)));
}

class BarDrawing {
 public:
  explicit BarDrawing(const BarChart& chart) : chart_(chart) {
    for (const BarChart::Bar& bar : chart.bars) largest_ = std::max(largest_, bar.value);
  }

  std::string draw() const {
    if (chart_.bars.empty()) return "";
    std::string svg = open_svg(kRow * static_cast<double>(chart_.bars.size()) + kGap, chart_.title);
    double top = kGap;
    for (const BarChart::Bar& bar : chart_.bars) {
      append_bar(svg, bar, top);
      top += kRow;
    }
    return svg + "</svg>\n";
  }

 private:
  static constexpr double kRow = 24;
  static constexpr double kGap = 4;
  static constexpr double kBarLeft = 400;
  static constexpr double kBarRoom = 450;  // what is left belongs to the amount
  static constexpr std::size_t kLabelLength = 52;

  void append_bar(std::string& svg, const BarChart::Bar& bar, double top) const {
    const double share = largest_ > 0 ? bar.value / largest_ : 0;
    // A bar that is not 0 is seen.
    const double length = bar.value > 0 ? std::max(share * kBarRoom, 1.0) : 0;
    svg += fmt::format(
        "<g><title>{}: {}</title>"
        "<text x=\"{:.0f}\" y=\"{:.0f}\" text-anchor=\"end\">{}</text>"
        "<rect class=\"bar\" x=\"{:.0f}\" y=\"{:.0f}\" width=\"{:.1f}\" height=\"{:.0f}\"/>"
        "<text x=\"{:.1f}\" y=\"{:.0f}\">{}</text></g>",
        html_escaped(bar.label), html_escaped(bar.amount), kBarLeft - 8, top + 15,
        html_escaped(shortened(bar.label, kLabelLength)), kBarLeft, top, length, kRow - kGap,
        kBarLeft + length + 6, top + 15, html_escaped(bar.amount));
  }

  const BarChart& chart_;
  double largest_ = 0;
};

class TimelineDrawing {
 public:
  explicit TimelineDrawing(const Timeline& chart)
      : chart_(chart), span_(chart.step.ticks * static_cast<std::int64_t>(chart.values.size())) {
    const double largest =
        chart.values.empty() ? 0 : *std::max_element(chart.values.begin(), chart.values.end());
    marks_ = number_ticks(largest, 4);
  }

  std::string draw() const {
    if (chart_.values.empty() || chart_.step.ticks <= 0) return "";
    std::string svg = open_svg(kHeight, chart_.title);
    append_levels(svg);
    append_times(svg);
    append_area(svg);
    return svg + "</svg>\n";
  }

 private:
  static constexpr double kHeight = 220;
  static constexpr double kTop = 24;
  static constexpr double kBottom = 190;
  static constexpr double kLeft = 56;
  static constexpr double kRight = kWidth - 12;

  double y_of(double value) const { return kBottom - value / marks_.back().at * (kBottom - kTop); }
  double x_of(double ticks) const {
    return kLeft + ticks / static_cast<double>(span_) * (kRight - kLeft);
  }

  void append_levels(std::string& svg) const {
    svg += fmt::format("<text x=\"{:.0f}\" y=\"14\" class=\"mark\">{}</text>", kLeft,
                       html_escaped(chart_.value_name));
    for (const Tick& mark : marks_) {
      svg += fmt::format(
          "<path class=\"grid\" d=\"M{:.0f} {:.1f}H{:.0f}\"/>"
          "<text class=\"mark\" x=\"{:.0f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>",
          kLeft, y_of(mark.at), kRight, kLeft - 8, y_of(mark.at) + 4, mark.text);
    }
  }

  void append_times(std::string& svg) const {
    for (const Tick& mark : time_ticks(chart_.start, {span_}, 8)) {
      svg += fmt::format(
          "<path class=\"grid\" d=\"M{0:.1f} {1:.0f}V{2:.0f}\"/>"
          "<text class=\"mark\" x=\"{0:.1f}\" y=\"{3:.0f}\" text-anchor=\"middle\">{4}</text>",
          x_of(mark.at), kBottom, kBottom + 5, kBottom + 20, mark.text);
    }
  }

  void append_area(std::string& svg) const {
    std::string steps;
    double at = 0;
    for (const double value : chart_.values) {
      steps += fmt::format("{}{:.1f} {:.1f}", at == 0 ? "M" : "L", x_of(at), y_of(value));
      at += static_cast<double>(chart_.step.ticks);
      steps += fmt::format("H{:.1f}", x_of(at));
    }
    svg +=
        fmt::format("<path class=\"area\" d=\"{}V{:.1f}H{:.1f}Z\"/><path class=\"line\" d=\"{}\"/>",
                    steps, kBottom, kLeft, steps);
  }

  const Timeline& chart_;
  std::int64_t span_;
  std::vector<Tick> marks_;
};

/// Nodes stand below each other in their layer, in the middle of the height; edges are curves, so
/// that those that run side by side can be told apart.
class GraphDrawing {
 public:
  explicit GraphDrawing(const LayeredGraph& graph) : graph_(graph) {
    for (const LayeredGraph::Layer& layer : graph.layers)
      rows_ = std::max(rows_, layer.nodes.size());
  }

  std::string draw() const {
    if (rows_ == 0) return "";
    std::string svg = open_svg(kTop + static_cast<double>(rows_) * kRow, graph_.title);
    for (const LayeredGraph::Edge& edge : graph_.edges) append_edge(svg, edge);
    for (std::size_t layer = 0; layer < graph_.layers.size(); ++layer) append_layer(svg, layer);
    return svg + "</svg>\n";
  }

 private:
  static constexpr double kTop = 28;
  static constexpr double kRow = 26;
  static constexpr double kBox = 20;
  static constexpr double kBoxWidth = 240;
  static constexpr std::size_t kLabelLength = 34;

  double left_of(std::size_t layer) const {
    const std::size_t gaps = std::max<std::size_t>(graph_.layers.size(), 2) - 1;
    return static_cast<double>(layer) * (kWidth - kBoxWidth) / static_cast<double>(gaps);
  }
  double top_of(std::size_t layer, std::size_t node) const {
    const double missing = static_cast<double>(rows_ - graph_.layers[layer].nodes.size());
    return kTop + (missing / 2 + static_cast<double>(node)) * kRow;
  }

  void append_edge(std::string& svg, const LayeredGraph::Edge& edge) const {
    const double x1 = left_of(edge.layer) + kBoxWidth;
    const double x2 = left_of(edge.layer + 1);
    const double y1 = top_of(edge.layer, edge.from) + kBox / 2;
    const double y2 = top_of(edge.layer + 1, edge.to) + kBox / 2;
    const double middle = (x1 + x2) / 2;
    svg += fmt::format(
        "<path class=\"edge\" d=\"M{:.0f} {:.1f}C{:.0f} {:.1f} {:.0f} {:.1f} {:.0f} {:.1f}\"/>", x1,
        y1, middle, y1, middle, y2, x2, y2);
  }

  void append_layer(std::string& svg, std::size_t number) const {
    const LayeredGraph::Layer& layer = graph_.layers[number];
    const double left = left_of(number);
    svg += fmt::format("<text class=\"mark\" x=\"{:.0f}\" y=\"14\">{}</text>", left,
                       html_escaped(layer.name));
    for (std::size_t node = 0; node < layer.nodes.size(); ++node) {
      const double top = top_of(number, node);
      svg += fmt::format(
          "<g><title>{}</title><rect class=\"node\" x=\"{:.0f}\" y=\"{:.1f}\" width=\"{:.0f}\" "
          "height=\"{:.0f}\" rx=\"3\"/><text x=\"{:.0f}\" y=\"{:.1f}\">{}</text></g>",
          html_escaped(layer.nodes[node]), left, top, kBoxWidth, kBox, left + 6, top + 14,
          html_escaped(shortened(layer.nodes[node], kLabelLength)));
    }
  }

  const LayeredGraph& graph_;
  std::size_t rows_ = 0;
};

}  // namespace

std::string to_svg(const Chart& chart) {
  if (const auto* const graph = std::get_if<LayeredGraph>(&chart))
    return GraphDrawing(*graph).draw();
  if (const auto* const bars = std::get_if<BarChart>(&chart)) return BarDrawing(*bars).draw();
  return TimelineDrawing(std::get<Timeline>(chart)).draw();
}

}  // namespace quarry::output
