// min(), max(), minif() and maxif() over every type that has an order.
#include "common/kql/functions/aggregate_inl.h"
#include "common/value/compare.h"

namespace quarry::kql::functions {
namespace {

enum class Side : std::uint8_t { kLeast, kGreatest };

template <class V, Side kSide>
struct Extreme {
  V value{};
  bool any = false;

  void add(V candidate) {
    if (any && !better(candidate)) return;
    if constexpr (std::same_as<V, double>)
      value = candidate + 0.0;  // -0.0 and 0.0 are equal: always show 0.0
    else
      value = candidate;
    any = true;
  }
  void merge(const Extreme& later) {
    if (later.any) add(later.value);
  }
  std::optional<V> result() const { return any ? std::optional(value) : std::nullopt; }

 private:
  bool better(const V& candidate) const {
    const int order = compare_cells(candidate, value);
    return kSide == Side::kLeast ? order < 0 : order > 0;
  }
};

/// Texts outlive their batch, so the best so far is owned. KQL: the extreme of no text is "".
template <Side kSide>
struct ExtremeText {
  std::string text;
  bool any = false;

  void add(std::string_view candidate) {
    if (any) {
      const int order = candidate.compare(text);
      if (kSide == Side::kLeast ? order >= 0 : order <= 0) return;
    }
    text = candidate;
    any = true;
  }
  void merge(const ExtremeText& later) {
    if (later.any) add(later.text);
  }
  void save(StateWriter& out) const {
    out.put(any);
    out.put_text(text);
  }
  void load(StateReader& in) {
    any = in.take<bool>();
    text = in.take_text();
  }
  std::string result() const { return text; }
};

template <Side kSide>
struct ExtremeDynamic {
  std::string json;
  bool any = false;

  void add(DynamicView candidate) {
    if (candidate.is_null()) return;
    if (any) {
      const int order = compare_dynamic(candidate.json(), json);
      // 1 and 1.0 are equal, but only one can be shown: the choice must not depend on the order of
      // arrival.
      if (order == 0 ? candidate.json() >= json : (kSide == Side::kLeast ? order > 0 : order < 0))
        return;
    }
    json = candidate.json();
    any = true;
  }
  void merge(const ExtremeDynamic& later) {
    if (later.any) add(DynamicView(later.json));
  }
  void save(StateWriter& out) const {
    out.put(any);
    out.put_text(json);
  }
  void load(StateReader& in) {
    any = in.take<bool>();
    json = in.take_text();
  }
  DynamicText result() const { return {json}; }
};

template <Side kSide>
constexpr auto& kOverloads =
    aggregates<Extreme<std::int64_t, kSide>, Extreme<std::int32_t, kSide>, Extreme<double, kSide>,
               Extreme<Datetime, kSide>, Extreme<Timespan, kSide>, ExtremeText<kSide>,
               Extreme<Decimal, kSide>, Extreme<bool, kSide>, Extreme<Guid, kSide>,
               ExtremeDynamic<kSide>>;

constexpr Param kParams[]{{"expr", "Values of any type that has an order; nulls are left out."}};
constexpr AggregateDef kMin{.name = "min",
                            .predicate_form = "minif",
                            .summary = "Returns the least value of a group.",
                            .params = kParams,
                            .example = {"range x from 3 to 7 step 1 | summarize min(x)", "3"},
                            .overloads = kOverloads<Side::kLeast>};
constexpr AggregateDef kMax{.name = "max",
                            .predicate_form = "maxif",
                            .summary = "Returns the greatest value of a group.",
                            .params = kParams,
                            .example = {"range x from 3 to 7 step 1 | summarize max(x)", "7"},
                            .overloads = kOverloads<Side::kGreatest>};

constexpr const AggregateDef* kDefs[]{&kMin, &kMax};

}  // namespace

extern constinit const FunctionTable kMinMaxAggregates{.family = "aggregate", .aggregates = kDefs};

}  // namespace quarry::kql::functions
