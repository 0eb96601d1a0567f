#include "common/kql/operators/plugins/unavailable.h"

#include <algorithm>
#include <iterator>

namespace quarry::kql::operators {
namespace {

struct Reason {
  std::string_view plugin;
  std::string_view why;
};

constexpr std::string_view kDatabase = "asks a database over the network, and queries here read files only: export the rows and name the file as a table";
constexpr std::string_view kCode = "runs code inside Kusto's cluster, and there is none here: write the rows out and run the script on them";
constexpr std::string_view kModel = "asks a language model of a cloud service, and queries here read files only";
constexpr std::string_view kHttp = "calls a web address, and queries here read files only: fetch it first and name the file as a table";
constexpr std::string_view kCluster = "runs on a Kusto cluster, and there is none here: write the query itself in its place";
constexpr std::string_view kStorage = "looks into the cloud storage of external tables, which are not here: `hq schema FILE` tells the columns of files";

constexpr Reason kReasons[]{
    {"ai_chat_completion", kModel},
    {"ai_chat_completion_prompt", kModel},
    {"ai_embed_text", kModel},
    {"ai_embeddings", kModel},
    {"azure_digital_twins_query_request", "asks the Azure Digital Twins service, and queries here read files only"},
    {"cosmosdb_sql_request", kDatabase},
    {"csharp", kCode},
    {"dax_request", kDatabase},
    {"execute_query", kCluster},
    {"execute_show_command", kCluster},
    {"external_datatable", "takes its rows from a client of a Kusto cluster: name a file as a table, or write datatable (…) [ … ]"},
    {"http_request", kHttp},
    {"http_request_post", kHttp},
    {"infer_storage_schema", kStorage},
    {"infer_storage_schema_with_suggestions", kStorage},
    {"mysql_request", kDatabase},
    {"postgresql_request", kDatabase},
    {"python", kCode},
    {"r", kCode},
    {"sql_request", kDatabase},
};

}  // namespace

std::string_view why_unavailable(std::string_view plugin) {
  const auto found = std::find_if(std::begin(kReasons), std::end(kReasons), [&](const Reason& reason) { return reason.plugin == plugin; });
  return found == std::end(kReasons) ? std::string_view() : found->why;
}

}  // namespace quarry::kql::operators
