// Implicit conversions and the choice between overloads.
#pragma once

#include "common/kql/bound/expression.h"
#include "common/kql/functions/registry.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace quarry::kql {

/// What it costs to use a value of type `from` where `to` is wanted; nullopt where KQL has no
/// implicit conversion. int -> long -> real -> decimal; dynamic -> any scalar (by the cast
/// function), at the highest cost.
std::optional<int> conversion_cost(Type from, Type to);

/// The type that both sides of a comparison, or all branches of a choice, are converted to; nullopt
/// where there is none.
std::optional<Type> common_type(Type a, Type b);

/// The overload that needs the cheapest conversions; nullptr where none fits. The first wins among
/// equals.
const Overload* choose_overload(std::span<const Overload> overloads,
                                std::span<const Argument> arguments);
const AggregateOverload* choose_overload(std::span<const AggregateOverload> overloads,
                                         std::span<const Argument> arguments);

/// The expression as the wanted type: itself, a folded literal, or a call of the cast function.
/// Precondition: conversion_cost is not nullopt.
ExpressionPtr convert(const ExpressionPtr& expression, Type wanted, const RunContext& run);

/// A call of a kernel; evaluated at once when all arguments are literals and the function always
/// gives the same answer.
ExpressionPtr call_or_fold(std::string name, const ScalarKernel& kernel,
                           std::vector<ExpressionPtr> arguments, SourceSpan span,
                           const RunContext& run);

/// How many arguments the parameters ask for ("1 to 3 arguments"); empty where so many are right.
std::string wrong_arity(std::span<const Param> params, std::size_t given);

/// "(string, long)" for messages.
std::string type_list(std::span<const Argument> arguments);

}  // namespace quarry::kql
