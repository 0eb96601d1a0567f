#include "common/kql/operators/service_functions.h"

#include "common/kql/bind/expression_binder.h"
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/extended.h"
#include "common/kql/operators/nodes/join_node.h"
#include "common/kql/operators/operator.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <string>

namespace quarry::kql::operators {
namespace {

struct ServiceColumn {
  std::string_view name;
  Type type = Type::kString;
};

struct ServiceFunction {
  std::string_view name;
  std::span<const ServiceColumn> columns;  // added to the input's
  std::span<const std::string_view> keys;  // of the table; the input's first of these is looked up
  std::string_view without_table{};        // what gives the table where there is none of its name
};

constexpr ServiceColumn kFileProfile[]{
    {"SHA1", Type::kString},
    {"SHA256", Type::kString},
    {"MD5", Type::kString},
    {"FileSize", Type::kLong},
    {"GlobalPrevalence", Type::kLong},
    {"GlobalFirstSeen", Type::kDatetime},
    {"GlobalLastSeen", Type::kDatetime},
    {"Signer", Type::kString},
    {"Issuer", Type::kString},
    {"SignerHash", Type::kString},
    {"IsCertificateValid", Type::kBool},
    {"IsRootSignerMicrosoft", Type::kBool},
    {"SignatureState", Type::kString},
    {"IsExecutable", Type::kBool},
    {"ThreatName", Type::kString},
    {"Publisher", Type::kString},
    {"SoftwareName", Type::kString},
    {"ProfileAvailability", Type::kString},
};
constexpr ServiceColumn kDeviceFromIp[]{{"IP", Type::kString}, {"DeviceId", Type::kString}};
constexpr ServiceColumn kSeenBy[]{{"SeenBy", Type::kString}};

constexpr std::string_view kFileKeys[]{"SHA1", "SHA256"};
constexpr std::string_view kIpKeys[]{"IP"};
constexpr std::string_view kDeviceKeys[]{"DeviceId"};

/// The device that was last seen with an address, at a time or now.
constexpr std::string_view kAddressesOfDevices =
    "DeviceNetworkInfo | where isnull(__at) or Timestamp <= __at "
    "| mv-expand __address = todynamic(tostring(IPAddresses)) "
    "| project IP = tostring(__address.IPAddress), DeviceId, Timestamp "
    "| summarize arg_max(Timestamp, DeviceId) by IP";

constexpr ServiceFunction kFunctions[]{
    {.name = "FileProfile", .columns = kFileProfile, .keys = kFileKeys},
    {.name = "DeviceFromIP",
     .columns = kDeviceFromIp,
     .keys = kIpKeys,
     .without_table = kAddressesOfDevices},
    {.name = "SeenBy", .columns = kSeenBy, .keys = kDeviceKeys},
};

/// Name of the parameter that the texts above read.
constexpr std::string_view kAt = "__at";
constexpr std::string_view kKey = "__key";

const ServiceFunction* find_function(std::string_view name) {
  const auto found = std::find_if(std::begin(kFunctions), std::end(kFunctions),
                                  [&](const ServiceFunction& each) { return each.name == name; });
  return found == std::end(kFunctions) ? nullptr : found;
}

std::string_view conversion_to(Type type) {
  if (type == Type::kLong) return "tolong";
  if (type == Type::kDatetime) return "todatetime";
  return type == Type::kBool ? "tobool" : "tostring";
}

/// A table of the function's columns with one row for each key, in small letters as __key.
std::string answers_text(const ServiceFunction& function, std::string_view table) {
  std::string text = fmt::format("{} | project ", table);
  std::string columns;
  for (const ServiceColumn& column : function.columns) {
    columns += fmt::format("{}{}", columns.empty() ? "" : ", ", column.name);
    text += fmt::format("{} = {}(column_ifexists('{}', '')), ", column.name,
                        conversion_to(column.type), column.name);
  }
  std::string keys;
  for (std::size_t i = 0; i < function.keys.size(); ++i) {
    text += fmt::format("__key{} = tolower(tostring(column_ifexists('{}', ''))){}", i,
                        function.keys[i], i + 1 < function.keys.size() ? ", " : "");
    keys += fmt::format("{}__key{}", i == 0 ? "" : ", ", i);
  }
  return text + fmt::format(
                    " | mv-expand {0} = pack_array({1}) to typeof(string) | where isnotempty({0}) "
                    "| summarize take_any({2}) by {0} | project {0}, {2}",
                    kKey, keys, columns);
}

/// The texts, parsed once.
const syntax::Expression& answers_of(const std::string& text) {
  static std::map<std::string, syntax::Ast> parsed;
  const auto [at, is_new] = parsed.try_emplace(text);
  if (is_new) {
    Diagnostics none;
    syntax::parse(text, operator_syntax_table(), none, at->second);
  }
  return *static_cast<const syntax::ExpressionStatement*>(at->second.statements.front())->value;
}

/// What is looked up, as text in small letters; null after an error.
ExpressionPtr bind_key(Binder& binder, const syntax::Call& call, const ServiceFunction& function,
                       const PlanNode& input) {
  ExpressionPtr key;
  if (!call.arguments.empty()) {
    key = binder.bind_as(*call.arguments[0], RowScope::of(input), Type::kString,
                         fmt::format("the key of {}", function.name));
  } else {
    for (const std::string_view name : function.keys) {
      const BoundColumn* const column = binder.find_column(input.columns, name);
      if (column != nullptr && key == nullptr) key = make_column(*column, call.span);
    }
    if (key == nullptr && input.open) key = make_literal(Scalar::of(std::string()), call.span);
    if (key == nullptr) {
      binder.error(call.span,
                   fmt::format("{} looks up the column {}, which the table does not have",
                               function.name, function.keys.front()),
                   fmt::format("invoke {}(Column)", function.name));
      return nullptr;
    }
  }
  if (key->type == Type::kUnknown) return nullptr;
  ExpressionBinder expressions(binder, RowScope::of(input));
  key = expressions.call("tostring", {key}, call.span, call.span);
  return expressions.call("tolower", {key}, call.span, call.span);
}

/// The second argument of DeviceFromIP(): the time at which an address was in use.
std::optional<LetValue> bind_time(Binder& binder, const syntax::Call& call) {
  LetValue at;
  at.kind = LetValue::Kind::kScalar;
  at.scalar = make_literal(Scalar::null(Type::kDatetime), call.span);
  if (call.arguments.size() < 2 || call.name != "DeviceFromIP") return at;
  at.scalar = binder.bind_as(*call.arguments[1], RowScope::none(), Type::kDatetime,
                             "the time of DeviceFromIP");
  if (at.scalar->type == Type::kUnknown) return std::nullopt;
  return at;
}

PlanNodePtr columns_alone(Binder& binder, const syntax::Call& call, const ServiceFunction& function,
                          PlanNodePtr input) {
  std::vector<NamedValue> values;
  for (const ServiceColumn& column : function.columns) {
    const Scalar null =
        column.type == Type::kString ? Scalar::of(std::string()) : Scalar::null(column.type);
    values.push_back({std::string(column.name), make_literal(null, call.span), call.span, false});
  }
  return extended(binder, std::move(input), values);
}

PlanNodePtr looked_up(const PlanNode& answers_shape, PlanNodePtr input, PlanNodePtr answers,
                      ExpressionPtr key) {
  auto join = std::make_unique<JoinNode>();
  join->join = JoinKind::kLeftOuter;
  join->open = input->open;
  join->columns = input->columns;
  UniqueNames names(input->columns);
  for (BoundColumn column : answers_shape.columns) {
    if (column.name == kKey) {
      join->right_keys.push_back(make_column(column));
      continue;
    }
    column.name = names.make(column.name);
    join->columns.push_back(std::move(column));
  }
  join->left_keys.push_back(std::move(key));
  join->inputs.push_back(std::move(input));
  join->inputs.push_back(std::move(answers));
  return join;
}

}  // namespace

bool is_service_function(std::string_view name) { return find_function(name) != nullptr; }

PlanNodePtr bind_service_function(Binder& binder, const syntax::Call& call, PlanNodePtr input) {
  const ServiceFunction& function = *find_function(call.name);
  const ExpressionPtr key = bind_key(binder, call, function, *input);
  for (std::size_t i = 1; i < call.arguments.size();
       ++i) {  // the limit of FileProfile: all are looked up
    if (binder.bind(*call.arguments[i], RowScope::of(*input))->type == Type::kUnknown)
      return nullptr;
  }
  if (key == nullptr) return nullptr;
  syntax::Name table;
  table.name = std::string(function.name);
  const bool given = binder.has_table(table);
  if (!given && function.without_table.empty()) {
    if (binder.checking()) return columns_alone(binder, call, function, std::move(input));
    binder.error(
        call.span,
        fmt::format("{} asks the service, which is not reached from here", function.name),
        fmt::format("give its answers as a table with the column {0} (--table {1}=FILE), or "
                    "write it: let {1} = (T: (*)) {{ T | lookup … }}",
                    function.keys.front(), function.name));
    return nullptr;
  }
  auto at = bind_time(binder, call);
  if (!at) return nullptr;
  const std::string text = answers_text(function, given ? function.name : function.without_table);
  PlanNodePtr answers = binder.bind_table_with(std::string(kAt), std::move(*at), answers_of(text));
  if (answers == nullptr) return nullptr;
  const PlanNode& shape = *answers;
  return looked_up(shape, std::move(input), std::move(answers), key);
}

}  // namespace quarry::kql::operators
