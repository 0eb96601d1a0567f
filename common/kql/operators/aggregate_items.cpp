#include "common/kql/operators/aggregate_items.h"

#include <fmt/format.h>

namespace quarry::kql::operators {

void AggregateItemBinder::bind(const syntax::Expression& item, std::vector<NamedValue>& values) {
  const std::size_t before = collector_.calls.size();
  const auto* const named = item.kind == syntax::ExpressionKind::kNamed
                                ? static_cast<const syntax::Named*>(&item)
                                : nullptr;
  const syntax::Expression& written = named != nullptr ? *named->value : item;
  if (auto several = binder_.result_columns(written, scope_)) {  // series_stats(make_list(x))
    if (named != nullptr) binder_.give_names(*named, *several, MoreColumns::kAdd);
    values.insert(values.end(), several->begin(), several->end());
    return;
  }
  const ExpressionPtr value = binder_.bind(written, scope_);
  const bool is_call = collector_.calls.size() == before + 1 &&
                       value->kind == Expression::Kind::kColumn &&
                       value->column == collector_.calls.back().results.front().id;
  if (is_call) return add_results(collector_.calls.back(), named, item.span, values);
  if (named != nullptr && named->names.size() > 1)
    binder_.error(named->names[1]->span,
                  "only an aggregate that gives several columns can have several names here");
  std::string name =
      named != nullptr ? named->names.front()->name : binder_.implicit_name(written, value);
  if (name.empty()) name = next_name();
  values.push_back({std::move(name), value, item.span, named != nullptr});
}

void AggregateItemBinder::add_results(const CollectedAggregate& call, const syntax::Named* named,
                                      SourceSpan span, std::vector<NamedValue>& values) {
  if (named != nullptr && named->names.size() > call.results.size()) {
    binder_.error(named->names[call.results.size()]->span,
                  fmt::format("{} gives {} column{} here", call.name, call.results.size(),
                              call.results.size() == 1 ? "" : "s"));
  }
  for (std::size_t i = 0; i < call.results.size(); ++i) {
    const bool given = named != nullptr && i < named->names.size();
    std::string name = given ? named->names[i]->name : call.result_names[i];
    if (name.empty()) name = next_name();
    values.push_back({std::move(name), make_column(call.results[i], span), span, given});
  }
}

std::string AggregateItemBinder::next_name() { return fmt::format("Column{}", unnamed_++); }

int count_unnamed(const std::vector<NamedValue>& keys) {
  int count = 0;
  for (const NamedValue& key : keys) count += key.name.starts_with("Column") ? 1 : 0;
  return count;
}

}  // namespace quarry::kql::operators
