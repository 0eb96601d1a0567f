// Functions, plugins and operators that need the cluster around Kusto, or services behind it, or
// whose meaning nobody tells.
#include "common/kql/functions/language.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace quarry::kql {
namespace {

constexpr std::string_view kService = "it asks another service, and hq opens no network connection";
constexpr std::string_view kCode = "it runs code in a sandbox of the cluster";
constexpr std::string_view kModel = "it asks a language model, and hq opens no network connection";
constexpr std::string_view kCluster =
    "it tells about the cluster that runs a query, and there is none";
constexpr std::string_view kUser = "it tells who asks the cluster, and there is none";
constexpr std::string_view kStorage =
    "it tells about the storage of a cluster; rows here come from files";
constexpr std::string_view kUnpublished =
    "Kusto's parser knows the name, but what it does is published nowhere";
constexpr std::string_view kCatalogue =
    "it names something that is stored in a cluster; use a let, or --table NAME=FILE";

struct Never {
  std::string_view name;
  std::string_view reason;
};
constexpr Never kNever[]{
    {"ai_chat_completion", kModel},
    {"ai_chat_completion_prompt", kModel},
    {"ai_embed_text", kModel},
    {"ai_embeddings", kModel},
    {"assert-schema", kUnpublished},
    {"azure_digital_twins_query_request", kService},
    {"cosmosdb_sql_request", kService},
    {"csharp", kCode},
    {"current_cluster_endpoint", kCluster},
    {"current_cursor", kStorage},
    {"current_database", kCluster},
    {"current_node_id", kCluster},
    {"current_principal", kUser},
    {"current_principal_details", kUser},
    {"current_principal_is_member_of", kUser},
    {"cursor_after", kStorage},
    {"cursor_before_or_at", kStorage},
    {"cursor_current", kStorage},
    {"dax_request", kService},
    {"entity_group", kCatalogue},
    {"estimate_rows_count", kStorage},
    {"execute-and-cache", kCluster},
    {"execute_query", kCluster},
    {"execute_show_command", kCluster},
    {"extent_id", kStorage},
    {"extent_tags", kStorage},
    {"extentid", kStorage},
    {"external_datatable", kCatalogue},
    {"external_table", kCatalogue},
    {"funnel_analysis", kUnpublished},
    {"hll_isvalid", kUnpublished},
    {"http_request", kService},
    {"http_request_post", kService},
    {"identity_v3", kUnpublished},
    {"infer_storage_schema", kStorage},
    {"infer_storage_schema_with_suggestions", kStorage},
    {"materialized_view", kCatalogue},
    {"mysql_request", kService},
    {"partitionby", kUnpublished},
    {"passthrough", kUnpublished},
    {"postgresql_request", kService},
    {"python", kCode},
    {"r", kCode},
    {"row_id", kUnpublished},
    {"rowstore_ordinal_range", kStorage},
    {"sql_request", kService},
    {"stored_query_result", kCatalogue},
    {"tdigest_isvalid", kUnpublished},
};

}  // namespace

std::string_view never_here(std::string_view name) {
  const auto* const found = std::find_if(std::begin(kNever), std::end(kNever),
                                         [&](const Never& each) { return each.name == name; });
  return found == std::end(kNever) ? std::string_view() : found->reason;
}

std::span<const std::string_view> names_never_here() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> result;
    for (const Never& each : kNever) result.push_back(each.name);
    std::sort(result.begin(), result.end());
    return result;
  }();
  return names;
}

}  // namespace quarry::kql
