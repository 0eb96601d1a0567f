#include "common/kql/operators/plugins/plugin.h"

#include "common/base/suggest.h"
#include "common/kql/operators/plugins/tables.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql::operators {
namespace {

#define QUARRY_POINTER(name) &name,
const PluginDef* const kPlugins[]{QUARRY_PLUGINS(QUARRY_POINTER)};
#undef QUARRY_POINTER

}  // namespace

std::span<const PluginDef* const> all_plugins() { return kPlugins; }

const PluginDef* find_plugin(std::string_view name) {
  const auto found = std::find_if(std::begin(kPlugins), std::end(kPlugins),
                                  [&](const PluginDef* plugin) { return plugin->name == name; });
  return found == std::end(kPlugins) ? nullptr : *found;
}

PluginCall::PluginCall(Binder& binder, const syntax::OperatorNode& node, const syntax::Call& call,
                       const PluginDef& plugin, const OutputSchema* output)
    : binder_(binder),
      node_(node),
      call_(call),
      params_(plugin.params),
      output_(output),
      arguments_(plugin.params.size()) {
  const std::span<const Param> params = plugin.params;
  // Arguments without a name go to the parameters in their order; one that repeats takes all the
  // rest.
  const auto repeated =
      std::find_if(params.begin(), params.end(), [](const Param& param) { return param.repeats; });
  const auto last = static_cast<std::size_t>(repeated - params.begin());
  std::size_t next = 0;
  for (const syntax::Expression* argument : call.arguments) {
    std::size_t at = std::min(next, last);
    if (argument->kind == syntax::ExpressionKind::kNamed) {
      const auto& named = static_cast<const syntax::Named&>(*argument);
      const std::string& name = named.names.front()->name;
      const auto param = std::find_if(params.begin(), params.end(),
                                      [&](const Param& each) { return each.name == name; });
      if (param == params.end() && plugin.named_rest) {
        rest_.push_back(argument);
        arguments_[last] = argument;
        continue;
      }
      if (param == params.end()) {
        std::vector<std::string_view> names;
        for (const Param& each : params) names.push_back(each.name);
        binder.error(named.names.front()->span,
                     fmt::format("{} has no argument '{}'", call.name, name),
                     did_you_mean(name, names));
        sound_ = false;
        continue;
      }
      at = static_cast<std::size_t>(param - params.begin());
      argument = named.value;
    } else if (next++; at >= params.size()) {
      binder.error(argument->span,
                   fmt::format("{} takes at most {} arguments", call.name, params.size()));
      sound_ = false;
      return;
    }
    if (params[at].repeats) rest_.push_back(argument);
    arguments_[at] = argument;
  }
  for (std::size_t i = 0; i < params.size(); ++i) {
    if (params[i].optional || params[i].repeats || arguments_[i] != nullptr) continue;
    binder.error(call.name_span,
                 fmt::format("{} needs its argument '{}'", call.name, params[i].name));
    sound_ = false;
    return;
  }
}

const syntax::Expression* PluginCall::argument(std::string_view param) const {
  const auto found = std::find_if(params_.begin(), params_.end(),
                                  [&](const Param& each) { return each.name == param; });
  return found == params_.end() ? nullptr
                                : arguments_[static_cast<std::size_t>(found - params_.begin())];
}

std::vector<const syntax::Expression*> PluginCall::rest() const { return rest_; }

bool PluginCall::may_give_results() const { return binder_.may_give_results(node_); }

const BoundColumn* PluginCall::column(std::string_view param, const PlanNode& input) const {
  const syntax::Expression* const written = argument(param);
  if (written->kind == syntax::ExpressionKind::kName)
    return binder_.column(input, static_cast<const syntax::Name&>(*written));
  binder_.error(written->span,
                fmt::format("{} wants a column of its input for '{}'", call_.name, param));
  return nullptr;
}

std::optional<Scalar> PluginCall::constant(std::string_view param, Type type) const {
  const syntax::Expression* const written = argument(param);
  if (written == nullptr) return std::nullopt;
  return binder_.constant(*written, type,
                          fmt::format("the argument '{}' of {}", param, call_.name));
}

std::string PluginCall::choice(std::string_view param,
                               std::initializer_list<std::string_view> choices) const {
  const auto value = constant(param, Type::kString);
  if (!value || value->is_null()) return std::string(*choices.begin());
  const auto& text = value->get<std::string>();
  if (std::find(choices.begin(), choices.end(), text) != choices.end()) return text;
  std::string known;
  for (const std::string_view each : choices)
    known += (known.empty() ? "" : ", ") + std::string(each);
  binder_.error(argument(param)->span, fmt::format("unknown value '{}' of '{}'", text, param),
                "one of: " + known);
  return std::string(*choices.begin());
}

std::string text_of(const Scalar& value) {
  if (value.type() == Type::kString) return value.get<std::string>();
  const std::string literal = to_literal(value);
  const std::size_t open = literal.find('(');  // datetime(2024-05-01) -> 2024-05-01
  return open != std::string::npos && literal.ends_with(')')
             ? literal.substr(open + 1, literal.size() - open - 2)
             : literal;
}

bool is_cancelled(const PluginCall& call) {
  const CancelToken* const cancel = call.binder().run_context().cancel;
  return cancel != nullptr && cancel->cancelled();
}

std::optional<PluginRows> rows_of(Binder& binder, PlanNodePtr input, SourceSpan span) {
  PluginRows rows;
  std::vector<Type> types;
  for (const BoundColumn& column : input->columns) {
    rows.schema.columns.push_back({column.name, column.type});
    types.push_back(column.type);
  }
  if (binder.checking()) {
    rows.all = concatenate({}, types);
    return rows;
  }
  const auto batches = binder.run_now(std::move(input), span);
  if (batches == nullptr) return std::nullopt;
  rows.all = concatenate(*batches, types);
  return rows;
}

PlanNodePtr table_of(Binder& binder, std::string_view label, const Schema& schema, Batch batch) {
  auto batches = std::make_shared<std::vector<Batch>>();
  if (batch.rows() > 0) batches->push_back(std::move(batch));
  return binder.rows(std::string(label), std::move(batches), schema);
}

}  // namespace quarry::kql::operators
