// _GetWatchlist('alias') of Sentinel, over a file that the user gives: the columns that the service
// adds, then those of the file.
#include "common/base/suggest.h"
#include "common/kql/bind/binder.h"
#include "common/kql/bind/expression_binder.h"
#include "common/value/builder.h"

#include <fmt/format.h>

namespace quarry::kql {
namespace {

/// Sentinel's own parsers (ASIM) ask whether someone has switched some of them off: nobody has
/// where there is no such list.
bool may_be_missing(std::string_view alias) { return alias.starts_with("ASim"); }

}  // namespace

PlanNodePtr Binder::bind_watchlist(const syntax::Call& call) {
  if (call.arguments.empty()) {
    error(call.name_span, "_GetWatchlist wants the alias of a watchlist",
          "_GetWatchlist('VIPUsers')");
    return nullptr;
  }
  const auto alias = constant(*call.arguments[0], Type::kString, "the alias of a watchlist");
  if (!alias)
    return checking() ? rows("watchlist", std::make_shared<std::vector<Batch>>(), Schema())
                      : nullptr;
  const std::string& name = alias->get<std::string>();
  const auto found = context_.tables.watchlist(name);
  if (!found) {
    context_.diagnostics.add(found.error(), DiagnosticClass::kData);
    return nullptr;
  }
  if (*found == nullptr && !may_be_missing(name)) {
    const auto near = nearest(name, context_.tables.watchlists());
    error(call.arguments[0]->span, fmt::format("no file is given for the watchlist '{}'", name),
          near ? fmt::format("did you mean '{}'?", *near)
               : fmt::format("give it: --watchlist {}=FILE", name));
    return nullptr;
  }
  PlanNodePtr table = *found != nullptr
                          ? scan(**found, call.span)
                          : rows("watchlist", std::make_shared<std::vector<Batch>>(), Schema());
  ExpressionBinder expressions(*this, RowScope::of(*table));
  std::vector<NamedValue> own;
  std::vector<ExpressionPtr> item;
  for (const BoundColumn& column : table->columns) {
    own.push_back({column.name, make_column(column), call.span, true});
    item.push_back(make_literal(Scalar::of(column.name), call.span));
    item.push_back(make_column(column));
  }
  // What the service adds, where the file does not have it: the search key is the first column.
  std::vector<NamedValue> values;
  const auto add = [&](std::string column, ExpressionPtr value) {
    if (find_column(table->columns, column) == nullptr)
      values.push_back({std::move(column), std::move(value), call.span, true});
  };
  const ExpressionPtr nothing = make_literal(Scalar::of(std::string()), call.span);
  add("_DTItemId", nothing);
  add("LastUpdatedTimeUTC", make_literal(Scalar::null(Type::kDatetime), call.span));
  add("SearchKey", own.empty()
                       ? nothing
                       : expressions.call("tostring", {own.front().value}, call.span, call.span));
  add("WatchlistItem", item.empty() ? make_literal(Scalar::null(Type::kDynamic), call.span)
                                    : expressions.call("bag_pack", item, call.span, call.span));
  values.insert(values.end(), own.begin(), own.end());
  const bool open = own.empty();  // only schemas count: the list's own columns are unknown
  PlanNodePtr result = project(std::move(table), values);
  result->open = open;
  return result;
}

PlanNodePtr Binder::bind_watchlist_aliases() {
  ColumnBuilder<Type::kString> aliases;
  for (const std::string& alias : context_.tables.watchlists()) aliases.append_copy(alias);
  auto batches = std::make_shared<std::vector<Batch>>();
  const std::size_t count = aliases.rows();
  if (count > 0) batches->push_back(Batch({aliases.finish()}, count));
  return rows("watchlists", std::move(batches), Schema{{{"WatchlistAlias", Type::kString}}});
}

}  // namespace quarry::kql
