// Functions that ask for more than the values of their arguments: for the columns of the row, for a
// table, for the query's settings. The binder puts something else in their place (kql/bind:
// bind_special, materialize); here is what the user reads about them.
#include "common/kql/functions/function.h"

namespace quarry::kql::functions {
namespace {

constexpr std::string_view kColumnIfExistsAliases[]{"columnifexists"};
constexpr Param kColumnIfExistsParams[]{
    {"column_name", "A constant text."},
    {"default", "What stands in its place where there is no such column."}};
constexpr FunctionDef kColumnIfExists{
    .name = "column_ifexists",
    .aliases = kColumnIfExistsAliases,
    .summary = "The column of this name where there is one, else a default.",
    .params = kColumnIfExistsParams,
    .example = {R"(print x = 1 | project column_ifexists("y", 2))", "2"}};

constexpr Param kIsColumnExistsParams[]{{"column_name", "A constant text."}};
constexpr FunctionDef kIsColumnExists{
    .name = "iscolumnexists",
    .summary = "Whether there is a column of this name; column_ifexists is its successor.",
    .params = kIsColumnExistsParams,
    .example = {R"(print x = 1 | project iscolumnexists("y"))", "false"}};

constexpr Param kPackAllParams[]{
    {"ignore_null_empty", "true: leave nulls and empty texts out.", true}};
constexpr FunctionDef kPackAll{
    .name = "pack_all",
    .summary = "All columns of the row in one bag.",
    .params = kPackAllParams,
    .example = {R"(print x = 1, y = "a" | project pack_all())", R"({"x":1,"y":"a"})"}};

constexpr Param kPackColumnsParams[]{{"column", "Columns of the row.", false, true}};
constexpr FunctionDef kPackColumns{
    .name = "bag_pack_columns",
    .summary = "Columns of the row in one bag, under their names.",
    .params = kPackColumnsParams,
    .example = {R"(print x = 1, y = "a" | project bag_pack_columns(y))", R"({"y":"a"})"}};

constexpr Param kToscalarParams[]{{"table", "A tabular expression; it is run before the query."}};
constexpr FunctionDef kToscalar{
    .name = "toscalar",
    .summary = "The first column of the first row of a table, as a constant.",
    .params = kToscalarParams,
    .example = {"print toscalar(range x from 3 to 5 step 1)", "3"}};

constexpr Param kMaterializeParams[]{
    {"table", "A tabular expression; it is run once, however often the result is used."}};
constexpr FunctionDef kMaterialize{
    .name = "materialize",
    .summary = "Keeps the rows of a table for the rest of the query.",
    .params = kMaterializeParams,
    .example = {"let T = materialize(range x from 1 to 3 step 1); T | union T | count", "6"}};

constexpr FunctionDef kIngestionTime{.name = "ingestion_time",
                                     .summary =
                                         "When the row arrived, where the export tells: the column "
                                         "_IngestionTime or _TimeReceived; else null.",
                                     .example = {"print isnull(ingestion_time())", "true"}};

constexpr Param kColumnNamesParams[]{{"table", "A tabular expression; it is not run."}};
constexpr FunctionDef kColumnNamesOf{
    .name = "column_names_of",
    .summary = "The names of the columns of a table, as an array.",
    .params = kColumnNamesParams,
    .example = {"let T = datatable(A:string, B:int)[]; print column_names_of(T)", R"(["A","B"])"}};

constexpr Param kBinAutoParams[]{{"value", "A number, datetime or timespan."}};
constexpr FunctionDef kBinAuto{
    .name = "bin_auto",
    .summary =
        "bin_at() with the size and the fixed point that the query sets: query_bin_auto_size, "
        "query_bin_auto_at.",
    .params = kBinAutoParams,
    .example = {"set query_bin_auto_size = 1h; print bin_auto(90m)", "01:00:00"},
    .naming = ResultNaming::kFirstArgument};

constexpr Param kAssertParams[]{{"condition", "A constant bool."}, {"message", "A constant text."}};
constexpr FunctionDef kAssert{
    .name = "assert",
    .summary = "Refuses the query with a message where a constant condition is false; else true.",
    .params = kAssertParams,
    .example = {R"(print assert(1 < 2, "never"))", "true"}};

constexpr const FunctionDef* kScalars[]{
    &kColumnIfExists, &kIsColumnExists, &kPackAll,       &kPackColumns, &kToscalar,
    &kMaterialize,    &kIngestionTime,  &kColumnNamesOf, &kBinAuto,     &kAssert};

}  // namespace

extern constinit const FunctionTable kBoundByBinder{"record", kScalars};

}  // namespace quarry::kql::functions
