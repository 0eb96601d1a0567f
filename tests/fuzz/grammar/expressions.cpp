#include "tests/fuzz/grammar/expressions.h"

#include "tests/fuzz/grammar/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace quarry::fuzz {

std::string written_name(const std::string& name) {
  const bool plain = !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) == 0 &&
                     std::all_of(name.begin(), name.end(),
                                 [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
  if (plain) return name;
  std::string out = "['";
  for (const char c : name) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "']";
}

Type ExpressionMaker::a_type() {
  if (!scope_.columns.empty() && random_.percent(60)) return random_.pick(scope_.columns).type;
  return random_.pick(kAllTypes);
}

std::string ExpressionMaker::column(Type type) {
  std::vector<const ColumnSchema*> fitting;
  for (const ColumnSchema& column : scope_.columns) {
    if (column.type == type || type == Type::kUnknown) fitting.push_back(&column);
  }
  if (fitting.empty()) return {};
  return random_.pick(fitting)->name;
}

const Signature* ExpressionMaker::choose(Place place, Type type) {
  const std::vector<std::uint32_t>& fitting = catalogue().giving(place, type);
  return fitting.empty() ? nullptr : &catalogue().signatures[random_.pick(fitting)];
}

std::string ExpressionMaker::of(Type type, int depth) {
  if (random_.percent(2)) type = random_.pick(kAllTypes);  // ill-typed, perhaps
  if (type == Type::kUnknown) type = a_type();
  if (depth <= 0 || random_.percent(25)) {
    const std::string name = random_.percent(80) ? column(type) : "";
    return name.empty() ? literal(random_, type) : name;
  }
  if (random_.percent(3) && type == Type::kBool) {
    constexpr Type kBounded[]{Type::kLong, Type::kReal, Type::kDatetime, Type::kTimespan};
    const Type bounds = random_.pick(kBounded);
    return fmt::format("{} {}between ({} .. {})", of(bounds, depth - 1),
                       random_.percent(50) ? "!" : "", literal(random_, bounds),
                       literal(random_, bounds));
  }
  if (random_.percent(4)) {
    const std::string from = column(Type::kDynamic);
    if (!from.empty()) {
      const std::string path =
          from +
          std::string(random_.pick({".a", ".k", ".deep.n", "[0]", "[-1]", "['é']", ".b[1]"}));
      return type == Type::kDynamic ? path : fmt::format("to{}({})", name_of(type), path);
    }
  }
  const Place place = scope_.serialized && random_.percent(15) ? Place::kWindow : Place::kScalar;
  const Signature* signature = choose(place, type);
  if (signature == nullptr) signature = choose(Place::kScalar, type);
  return signature == nullptr ? literal(random_, type) : call(*signature, depth);
}

std::string ExpressionMaker::aggregate(int depth) {
  for (int attempt = 0; attempt < 8; ++attempt) {
    const Type type = random_.percent(10) ? Type::kUnknown : random_.pick(kAllTypes);
    if (const Signature* const signature = choose(Place::kAggregate, type))
      return call(*signature, depth);
  }
  return "count()";
}

std::string ExpressionMaker::argument(const Signature& signature, std::size_t index, int depth) {
  const Function& function = catalogue().functions[signature.function];
  const Type type = signature.params[index];
  const bool constant = index < 32 && (signature.constants >> index & 1) != 0;
  if (index < function.example_arguments.size() && random_.percent(constant ? 60 : 12))
    return function.example_arguments[index];
  return constant ? literal(random_, type) : of(type, depth - 1);
}

std::string ExpressionMaker::call(const Signature& signature, int depth) {
  const Function& function = catalogue().functions[signature.function];
  used_.insert(signature.function);
  std::vector<std::string> arguments;
  if (signature.form == Form::kWritten) {
    arguments = function.example_arguments;
  } else {
    for (std::size_t i = 0; i < signature.params.size(); ++i)
      arguments.push_back(argument(signature, i, depth));
  }
  if (signature.form == Form::kInfix && arguments.size() == 2)
    return fmt::format("({} {} {})", arguments[0], function.name, arguments[1]);
  if (signature.form == Form::kList && !arguments.empty()) {
    const std::string left = arguments[0];
    arguments.erase(arguments.begin());
    if (arguments.empty()) arguments.push_back(literal(random_, signature.params[0]));
    return fmt::format("({} {} ({}))", left, function.name, fmt::join(arguments, ", "));
  }
  return fmt::format("{}({})", function.name, fmt::join(arguments, ", "));
}

}  // namespace quarry::fuzz
