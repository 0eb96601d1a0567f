#include "tests/fuzz/grammar/signatures.h"

#include "common/kql/functions/tables.h"
#include "common/kql/syntax/infix_operators.h"
#include "tests/fuzz/engine/run.h"
#include "tests/fuzz/grammar/values.h"
#include "tests/fuzz/random.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

namespace quarry::fuzz {
namespace {

using kql::AggregateDef;
using kql::FunctionDef;
using kql::FunctionTable;

constexpr std::size_t kTrials = 120;         // of types that a resolver may take
constexpr std::size_t kMostSignatures = 16;  // of one function

constexpr const FunctionTable* kTables[]{
#define QUARRY_FUZZ_TABLE(name) &kql::functions::name,
    QUARRY_FUNCTION_TABLES(QUARRY_FUZZ_TABLE)
#undef QUARRY_FUZZ_TABLE
};

bool is_list_operator(std::string_view name) {
  return name.ends_with("in") || name.ends_with("in~") || name == "has_any" || name == "has_all";
}

/// Hidden functions are what operators between operands are bound to; some are the binder's own.
Form form_of(const FunctionDef& def) {
  if (!def.hidden) return Form::kCall;
  return is_list_operator(def.name) ? Form::kList : Form::kInfix;
}

bool is_written_infix(std::string_view name) {
  if (std::none_of(name.begin(), name.end(), [](unsigned char c) { return std::isalpha(c); }))
    return true;
  const std::string_view word = name.substr(name.starts_with('!') ? 1 : 0);
  return name == "and" || name == "or" ||
         kql::syntax::is_infix_word(word.substr(0, word.find_first_of(" ~")));
}

Scalar constant_of(Type type) {
  switch (type) {
    case Type::kBool:
      return Scalar::of(true);
    case Type::kInt:
      return Scalar::of(std::int32_t{1});
    case Type::kLong:
      return Scalar::of(std::int64_t{1});
    case Type::kReal:
      return Scalar::of(1.0);
    case Type::kString:
      return Scalar::of(std::string("a"));
    case Type::kDynamic:
      return Scalar::dynamic("[1]");
    default:
      return Scalar::null(type);
  }
}

struct Arity {
  std::size_t least = 0;
  std::size_t most = 0;
};

Arity arity_of(std::span<const kql::Param> params) {
  Arity arity;
  for (const kql::Param& param : params) {
    ++arity.most;
    if (!param.optional) ++arity.least;
    if (param.repeats) arity.most += 2;
  }
  return arity;
}

class Collector {
 public:
  Catalogue collect() {
    for (const FunctionTable* const table : kTables) {
      for (const FunctionDef* const def : table->scalars) add_scalar(*def);
      for (const AggregateDef* const def : table->aggregates) add_aggregate(*def);
    }
    for (std::uint32_t i = 0; i < made_.signatures.size(); ++i) {
      const Signature& signature = made_.signatures[i];
      const Place place = made_.functions[signature.function].place;
      made_.by_result[static_cast<std::size_t>(place)][static_cast<std::size_t>(signature.result)]
          .push_back(i);
    }
    return std::move(made_);
  }

 private:
  std::uint32_t begin(std::string_view name, const kql::Example& example) {
    made_.functions.push_back({std::string(name), Place::kScalar, true,
                               arguments_in(example.query, name), std::string(example.query)});
    return static_cast<std::uint32_t>(made_.functions.size() - 1);
  }

  void note_kernel(std::uint32_t function, const kql::ScalarKernel& kernel) {
    if (!kernel.constant_foldable && kernel.reads == kql::Reads::kRow)
      made_.functions[function].repeatable = false;
    if (kernel.reads != kql::Reads::kRow) made_.functions[function].place = Place::kWindow;
  }

  void add(Signature signature) { made_.signatures.push_back(std::move(signature)); }

  void add_scalar(const FunctionDef& def) {
    if (def.hidden && !is_written_infix(def.name)) return;
    const std::uint32_t function = begin(def.name, def.example);
    const Form form = form_of(def);
    for (const kql::Overload& overload : def.overloads) {
      note_kernel(function, overload.kernel);
      add({function,
           form,
           {overload.params.begin(), overload.params.begin() + overload.count},
           overload.constant_params,
           overload.kernel.result});
    }
    if (def.resolve != nullptr) {
      for (Signature& signature : try_types(def.name, def.params, [&](auto arguments) {
             return resolved(def.resolve(arguments), function, form);
           }))
        add(std::move(signature));
    }
    if (form == Form::kCall) add_written(function);
  }

  void add_aggregate(const AggregateDef& def) {
    const std::uint32_t function = begin(def.name, def.example);
    made_.functions[function].place = Place::kAggregate;
    std::vector<Signature> found;
    for (const kql::AggregateOverload& overload : def.overloads)
      found.push_back({function,
                       Form::kCall,
                       {overload.params.begin(), overload.params.begin() + overload.count},
                       overload.constant_params,
                       overload.kernel.result});
    if (def.resolve != nullptr) {
      std::vector<Signature> tried = try_types(def.name, def.params, [&](auto arguments) {
        return resolved(def.resolve(arguments), function, Form::kCall);
      });
      found.insert(found.end(), tried.begin(), tried.end());
    }
    for (const Signature& signature : found) {
      if (!def.predicate_form.empty()) add_predicate_form(def, signature);
      add(signature);
    }
    add_written(function);
  }

  void add_predicate_form(const AggregateDef& def, Signature signature) {
    if (predicate_of_ != &def) {
      predicate_of_ = &def;
      predicate_function_ = begin(def.predicate_form, {});
      made_.functions[predicate_function_].place = Place::kAggregate;
    }
    signature.function = predicate_function_;
    const std::size_t at = std::min<std::size_t>(def.values, signature.params.size());
    signature.params.insert(signature.params.begin() + static_cast<std::ptrdiff_t>(at),
                            Type::kBool);
    add(std::move(signature));
  }

  std::optional<Signature> resolved(Result<kql::ResolvedScalar> answer, std::uint32_t function,
                                    Form form) {
    if (!answer) return std::nullopt;
    note_kernel(function, answer->kernel);
    return Signature{function, form, answer->argument_types, 0, answer->kernel.result};
  }
  static std::optional<Signature> resolved(Result<kql::ResolvedAggregate> answer,
                                           std::uint32_t function, Form form) {
    if (!answer) return std::nullopt;
    return Signature{function, form, answer->argument_types, 0, answer->kernel.result};
  }

  /// Asks a resolver for types that nobody wrote down. Arguments are tried as constants too.
  template <class Ask>
  std::vector<Signature> try_types(std::string_view name, std::span<const kql::Param> params,
                                   const Ask& ask) {
    Random random(std::hash<std::string_view>{}(name));
    const Arity arity = arity_of(params);
    std::vector<Signature> found;
    std::set<std::string> seen;
    for (std::size_t trial = 0; trial < kTrials && seen.size() < kMostSignatures; ++trial) {
      const auto count = static_cast<std::size_t>(random.between(
          static_cast<std::int64_t>(arity.least), static_cast<std::int64_t>(arity.most)));
      const bool constant = trial % 2 == 1;
      const bool same = random.percent(40);
      std::vector<Scalar> values(count);
      std::vector<kql::Argument> arguments(count);
      for (std::size_t i = 0; i < count; ++i) {
        arguments[i].type = same && i > 0 ? arguments[0].type : random.pick(kAllTypes);
        values[i] = constant_of(arguments[i].type);
        if (constant && i > 0) arguments[i].constant = &values[i];
      }
      std::optional<Signature> signature = ask(std::span<const kql::Argument>(arguments));
      if (!signature) continue;
      std::string key = fmt::format("{}", name_of(signature->result));
      signature->params.clear();
      for (const kql::Argument& argument : arguments) {
        key += fmt::format(" {}", name_of(argument.type));
        signature->params.push_back(argument.type);
      }
      if (constant) signature->constants = ~std::uint32_t{1};
      if (seen.insert(key).second) found.push_back(std::move(*signature));
    }
    return found;
  }

  /// The example's call where it stands for itself: `print x = f(1, "a")`.
  void add_written(std::uint32_t function) {
    const Function& known = made_.functions[function];
    if (known.example.empty()) return;
    const std::string call =
        fmt::format("{}({})", known.name, fmt::join(known.example_arguments, ", "));
    Checked checked = check_query(
        (known.place == Place::kAggregate ? "print 1 | summarize x = " : "print x = ") + call, {});
    if (!checked.accepted) checked = check_query("print a = 1, s = 'a' | project x = " + call, {});
    if (!checked.accepted || checked.schema.columns.empty()) return;
    add({function, Form::kWritten, {}, 0, checked.schema.columns[0].type});
  }

  Catalogue made_;
  const AggregateDef* predicate_of_ = nullptr;
  std::uint32_t predicate_function_ = 0;
};

}  // namespace

std::vector<std::string> arguments_in(std::string_view query, std::string_view name) {
  const std::string opening = fmt::format("{}(", name);
  std::size_t at = query.find(opening);
  while (at != std::string_view::npos && at > 0 &&
         (std::isalnum(static_cast<unsigned char>(query[at - 1])) || query[at - 1] == '_'))
    at = query.find(opening, at + 1);
  std::vector<std::string> arguments;
  if (at == std::string_view::npos) return arguments;
  std::string current;
  int depth = 0;
  char quote = '\0';
  for (at += opening.size(); at < query.size(); ++at) {
    const char c = query[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if ((c == ')' || c == ']' || c == '}') && depth-- == 0) {
      if (!current.empty()) arguments.push_back(current);
      return arguments;
    } else if (c == ',' && depth == 0) {
      arguments.push_back(current);
      current.clear();
      continue;
    }
    if (current.empty() && c == ' ') continue;
    current += c;
  }
  return {};
}

const Catalogue& catalogue() {
  static const Catalogue made = Collector().collect();
  return made;
}

}  // namespace quarry::fuzz
