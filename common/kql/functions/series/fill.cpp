// series_fill_const/forward/backward/linear: what stands in a series for "no value" (null, or a
// number given as placeholder) is filled. The other elements stay as they are written.
#include "common/kql/functions/series/series.h"

#include <algorithm>
#include <cmath>

namespace quarry::kql::functions {
namespace {

enum class Way : std::uint8_t { kForward, kBackward };

/// Tells which elements are to be filled. KQL: a placeholder of null means null, whatever its type.
class Gaps {
 public:
  Gaps(const JsonRow& row, std::size_t argument) {
    if (argument < row.size()) placeholder_ = number_of(row[argument]);
  }
  bool is_gap(const DynamicView& element) const {
    if (!placeholder_) return element.is_null();
    const auto number = number_of(element);
    return number &&
           (*number == *placeholder_ || (std::isnan(*number) && std::isnan(*placeholder_)));
  }

 private:
  std::optional<double> placeholder_;
};

void fill_const(JsonRow& row) {
  if (!row.is_array(0)) return;
  const Gaps gaps(row, 2);
  std::vector<DynamicView> elements = elements_of(row[0]);
  const DynamicView constant = row.size() > 1 ? row[1] : DynamicView("0");
  for (DynamicView& element : elements) {
    if (gaps.is_gap(element)) element = constant;
  }
  row.write_array(elements);
}

template <Way kWay>
void fill_from_neighbour(JsonRow& row) {
  if (!row.is_array(0)) return;
  const Gaps gaps(row, 1);
  std::vector<DynamicView> elements = elements_of(row[0]);
  const auto fill = [&](auto first, auto end) {
    std::optional<DynamicView> last;
    for (; first != end; ++first) {
      if (!gaps.is_gap(*first))
        last = *first;
      else if (last)
        *first = *last;
    }
  };
  if (kWay == Way::kForward)
    fill(elements.begin(), elements.end());
  else
    fill(elements.rbegin(), elements.rend());
  row.write_array(elements);
}

/// Where the numbers are that a line can be drawn between.
std::vector<std::size_t> anchors_of(const std::vector<DynamicView>& elements, const Gaps& gaps) {
  std::vector<std::size_t> anchors;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (!gaps.is_gap(elements[i]) && number_of(elements[i])) anchors.push_back(i);
  }
  return anchors;
}

/// A series of gaps only takes the constant. KQL: in a series of integers the line's values are cut
/// to integers.
void fill_linear(JsonRow& row) {
  if (!row.is_array(0)) return;
  const Gaps gaps(row, 1);
  const std::vector<DynamicView> elements = elements_of(row[0]);
  const bool edges = row.size() <= 2 || row[2].as_bool().value_or(true);
  const std::vector<std::size_t> anchors = anchors_of(elements, gaps);
  const DynamicView constant = row.size() > 3 ? row[3] : DynamicView("0.0");
  const bool integer = std::all_of(anchors.begin(), anchors.end(), [&](std::size_t at) {
    return elements[at].as_long().has_value();
  });
  std::string& out = row.out();
  out += '[';
  auto right = anchors.begin();  // the first anchor that is not before i
  for (std::size_t i = 0; i < elements.size(); ++i) {
    append_separator(out);
    if (right != anchors.end() && *right < i) ++right;
    if (!gaps.is_gap(elements[i])) {
      append_value(out, elements[i]);
    } else if (anchors.empty()) {
      append_value(out, constant);
    } else if (right == anchors.begin() || right == anchors.end()) {
      append_value(out, !edges
                            ? elements[i]
                            : elements[right == anchors.end() ? anchors.back() : anchors.front()]);
    } else {
      const std::size_t left = *(right - 1);
      const double from = *number_of(elements[left]);
      const double value = from + (*number_of(elements[*right]) - from) *
                                      static_cast<double>(i - left) /
                                      static_cast<double>(*right - left);
      if (integer && std::fabs(value) < 0x1p63)
        append_number(out, static_cast<std::int64_t>(value));
      else
        append_number(out, value);
    }
  }
  out += ']';
}

constexpr Param kPlaceholder{"missing_value_placeholder",
                             "The number that stands for no value; null if left out.", true};
constexpr Param kConstParams[]{{"series", "An array."},
                               {"constant_value", "What to fill in; 0 if left out.", true},
                               kPlaceholder};
constexpr Param kNeighbourParams[]{{"series", "An array."}, kPlaceholder};
constexpr Param kLinearParams[]{
    {"series", "An array."},
    kPlaceholder,
    {"fill_edges", "false: leave gaps at both ends; true takes the nearest number.", true},
    {"constant_value", "What fills a series without any number; 0 if left out.", true}};
constexpr FunctionDef kFillConst{
    .name = "series_fill_const",
    .summary = "Fills gaps with a constant.",
    .params = kConstParams,
    .example = {"print series_fill_const(dynamic([1, null, 3]), -1)", "[1,-1,3]"},
    .resolve = resolve_json<fill_const, "dnn">,
    .naming = ResultNaming::kFirstArgument};
constexpr FunctionDef kFillForward{
    .name = "series_fill_forward",
    .summary = "Fills gaps with the value before them.",
    .params = kNeighbourParams,
    .example = {"print series_fill_forward(dynamic([null, 1, null, 3]))", "[null,1,1,3]"},
    .resolve = resolve_json<fill_from_neighbour<Way::kForward>, "dn">,
    .naming = ResultNaming::kFirstArgument};
constexpr FunctionDef kFillBackward{
    .name = "series_fill_backward",
    .summary = "Fills gaps with the value behind them.",
    .params = kNeighbourParams,
    .example = {"print series_fill_backward(dynamic([1, null, 3, null]))", "[1,3,3,null]"},
    .resolve = resolve_json<fill_from_neighbour<Way::kBackward>, "dn">,
    .naming = ResultNaming::kFirstArgument};
constexpr FunctionDef kFillLinear{
    .name = "series_fill_linear",
    .summary = "Fills gaps along the line between the numbers around them.",
    .params = kLinearParams,
    .example = {"print series_fill_linear(dynamic([1.0, null, 2.0]))", "[1.0,1.5,2.0]"},
    .resolve = resolve_json<fill_linear, "dnbn">,
    .naming = ResultNaming::kFirstArgument};

constexpr const FunctionDef* kScalars[]{&kFillConst, &kFillForward, &kFillBackward, &kFillLinear};

}  // namespace

extern constinit const FunctionTable kSeriesFill{"series", kScalars};

}  // namespace quarry::kql::functions
