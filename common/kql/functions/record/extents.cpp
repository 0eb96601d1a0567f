// extent_id() and extent_tags(): KQL: for rows that no data shard holds, the zero guid and nothing.
// Rows of files are such rows.
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

Guid extent_id() { return Guid{}; }
DynamicText extent_tags() { return {}; }

constexpr std::string_view kAliases[]{"extentid"};
constexpr FunctionDef kExtentId{
    .name = "extent_id",
    .aliases = kAliases,
    .summary = "The data shard that holds a row: for rows of files always the zero guid.",
    .example = {"print extent_id()", "00000000-0000-0000-0000-000000000000"},
    .overloads = rowwise<extent_id>};
constexpr FunctionDef kExtentTags{
    .name = "extent_tags",
    .summary = "The tags of the data shard that holds a row: for rows of files always null.",
    .example = {"print isnull(extent_tags())", "true"},
    .overloads = rowwise<extent_tags>};

constexpr const FunctionDef* kScalars[]{&kExtentId, &kExtentTags};

}  // namespace

extern constinit const FunctionTable kExtentFunctions{"record", kScalars};

}  // namespace quarry::kql::functions
