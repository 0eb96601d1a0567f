// tostring, tobool, toint, tolong, toreal, todecimal, todatetime, totimespan, toguid: a value as
// another type, null where it does not fit.
#include "common/kql/functions/batch_inl.h"
#include "common/kql/functions/convert/cast.h"
#include "common/kql/functions/function.h"

namespace quarry::kql::functions {
namespace {

template <Type To>
Column run(KernelCall& call) {
  return cast_column(call.args[0], To);
}

template <Type To>
Result<ResolvedScalar> resolve(std::span<const Argument> arguments) {
  const Type from = arguments[0].type == Type::kUnknown ? To : arguments[0].type;
  return ResolvedScalar{{from}, ScalarKernel{To, &run<To>}};
}

constexpr Param kValue[]{{"value", "Any scalar."}};

constexpr std::string_view kBoolAliases[]{"toboolean"};
constexpr std::string_view kRealAliases[]{"todouble"};
constexpr std::string_view kTimespanAliases[]{"totime"};

constexpr FunctionDef kToString{.name = "tostring",
                                .summary = "The value as text; a null becomes the empty text.",
                                .params = kValue,
                                .example = {"print tostring(1d)", "1.00:00:00"},
                                .resolve = &resolve<Type::kString>,
                                .naming = ResultNaming::kFirstArgument};
constexpr FunctionDef kToBool{
    .name = "tobool",
    .aliases = kBoolAliases,
    .summary = "Reads a bool: true and false in any case, and numbers (0 is false).",
    .params = kValue,
    .example = {"print tobool(\"TRUE\")", "true"},
    .resolve = &resolve<Type::kBool>,
    .naming = ResultNaming::kFirstArgument};
constexpr FunctionDef kToInt{
    .name = "toint",
    .summary = "Reads a 32-bit integer; null where the value is none or does not fit.",
    .params = kValue,
    .example = {"print toint(\"123\")", "123"},
    .resolve = &resolve<Type::kInt>,
    .naming = ResultNaming::kFirstArgument};
constexpr FunctionDef kToLong{
    .name = "tolong",
    .summary = "Reads a 64-bit integer; null where the value is none or does not fit.",
    .params = kValue,
    .example = {"print tolong(\"0xa0\")", "160"},
    .resolve = &resolve<Type::kLong>,
    .naming = ResultNaming::kFirstArgument};
constexpr FunctionDef kToReal{.name = "toreal",
                              .aliases = kRealAliases,
                              .summary = "Reads a floating-point number; null where it is none.",
                              .params = kValue,
                              .example = {"print toreal(\"3.25\")", "3.25"},
                              .resolve = &resolve<Type::kReal>,
                              .naming = ResultNaming::kFirstArgument};
constexpr FunctionDef kToDecimal{.name = "todecimal",
                                 .summary = "Reads an exact decimal number; null where it is none.",
                                 .params = kValue,
                                 .example = {"print todecimal(\"123.45678\")", "123.45678"},
                                 .resolve = &resolve<Type::kDecimal>,
                                 .naming = ResultNaming::kFirstArgument};
constexpr FunctionDef kToDatetime{
    .name = "todatetime",
    .summary = "Reads a point in time; null where it is none.",
    .params = kValue,
    .example = {"print todatetime(\"2024-05-01 12:00\")", "2024-05-01T12:00:00.0000000Z"},
    .resolve = &resolve<Type::kDatetime>,
    .naming = ResultNaming::kFirstArgument};
constexpr FunctionDef kToTimespan{.name = "totimespan",
                                  .aliases = kTimespanAliases,
                                  .summary = "Reads a length of time; null where it is none.",
                                  .params = kValue,
                                  .example = {"print totimespan(\"0.00:03:00\")", "00:03:00"},
                                  .resolve = &resolve<Type::kTimespan>,
                                  .naming = ResultNaming::kFirstArgument};
constexpr FunctionDef kToGuid{
    .name = "toguid",
    .summary = "Reads a GUID, with or without dashes; null where it is none.",
    .params = kValue,
    .example = {"print toguid(\"0123456789abcdef0123456789abcdef\")",
                "01234567-89ab-cdef-0123-456789abcdef"},
    .resolve = &resolve<Type::kGuid>,
    .naming = ResultNaming::kFirstArgument};
constexpr FunctionDef kToDynamic{.name = "__to_dynamic",
                                 .summary = "The value inside a dynamic; a text stays a text.",
                                 .params = kValue,
                                 .resolve = &resolve<Type::kDynamic>,
                                 .hidden = true};

constexpr const FunctionDef* kScalars[]{&kToString, &kToBool,    &kToInt,      &kToLong,
                                        &kToReal,   &kToDecimal, &kToDatetime, &kToTimespan,
                                        &kToGuid,   &kToDynamic};

}  // namespace

extern constinit const FunctionTable kCasts{"convert", kScalars};

}  // namespace quarry::kql::functions
