// What `d.name` and `d[index]` become: hidden functions that look inside a dynamic value. Nothing
// is copied: results are views.
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

DynamicView member(DynamicView value, std::string_view name) { return value.member(name); }
/// KQL: negative indexes count from the end.
DynamicView element(DynamicView value, std::int64_t index) { return value.element(index); }

constexpr FunctionDef kMember{.name = "__member",
                              .overloads = rowwise<member>,
                              .naming = ResultNaming::kFirstArgument,
                              .hidden = true};
constexpr FunctionDef kElement{.name = "__element",
                               .overloads = rowwise<element, member>,
                               .naming = ResultNaming::kFirstArgument,
                               .hidden = true};

constexpr const FunctionDef* kScalars[]{&kMember, &kElement};

}  // namespace

extern constinit const FunctionTable kDynamicAccess{"dynamic", kScalars};

}  // namespace quarry::kql::functions
