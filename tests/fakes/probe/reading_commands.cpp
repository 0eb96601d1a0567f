// What only reads: who we are, a list of many pages, a file behind a link.
#include "common/auth/connect.h"
#include "common/auth/whoami.h"
#include "common/io/sink.h"
#include "common/journal/chain.h"
#include "common/json/document.h"
#include "common/net/download.h"
#include "common/net/paging.h"
#include "common/net/url.h"
#include "tests/fakes/probe/probe.h"

#include <fmt/format.h>

#include <unistd.h>

#include <array>
#include <string>

namespace quarry::probe {
namespace {

constexpr std::array<std::string_view, 2> kRead{"Thing.Read.All", "Thing.ReadWrite.All"};
constexpr std::array<std::string_view, 1> kWrite{"Thing.ReadWrite.All"};
constexpr std::array<auth::Need, 2> kNeeds{
    {{"list", auth::Service::kGraph, kRead}, {"lock", auth::Service::kGraph, kWrite}}};

}  // namespace

Result<void> print(std::string_view text) {
  io::Sink sink(STDOUT_FILENO, "stdout");
  QUARRY_CHECK(sink.write(text));
  return sink.finish();
}

Result<int> whoami_command(cli::Invocation& invocation) {
  const std::string format = invocation.format();
  const auth::WhoAmIAnswer answer =
      auth::whoami(invocation.run_context(), kNeeds, format != "ndjson" && format != "json");
  QUARRY_CHECK(print(answer.text));
  for (const Error& error : answer.errors) invocation.diagnostics().add(error);
  return answer.exit_status;
}

Result<int> list_command(cli::Invocation& invocation) {
  QUARRY_TRY(const auto session, auth::connect_one(invocation.run_context()));
  QUARRY_TRY(const auth::Endpoint graph, session->need(auth::Service::kGraph));
  const net::Request request{.url = graph.url + "/v1.0/things?$top=5", .scope = graph.scope};
  std::string rows;
  QUARRY_CHECK(net::for_each_page(session->http(), request, {}, "list things",
                                  [&rows](const net::Response& page) -> Result<std::size_t> {
                                    QUARRY_TRY(const json::Document document,
                                               json::Document::parse(page.body, "things"));
                                    const json::Node list = document.root().find("value");
                                    for (std::size_t i = 0; i < list.size(); ++i)
                                      rows += list[i].to_json() + "\n";
                                    return list.size();
                                  }));
  QUARRY_CHECK(print(rows));
  return 0;
}

Result<int> content_command(cli::Invocation& invocation) {
  QUARRY_TRY(const auto session, auth::connect_one(invocation.run_context()));
  QUARRY_TRY(const auth::Endpoint graph, session->need(auth::Service::kGraph));
  const std::string thing = net::percent_encode(invocation.arguments()[0]);
  QUARRY_TRY(const net::Downloaded done,
             net::download(session->http(),
                           {.url = fmt::format("{}/v1.0/things/{}/content", graph.url, thing),
                            .scope = graph.scope},
                           invocation.arguments()[1], {}, "download the thing"));
  QUARRY_CHECK(print(fmt::format("{} bytes\n", done.size)));
  return 0;
}

Result<int> verify_command(cli::Invocation& invocation) {
  QUARRY_TRY(const std::size_t records, journal::verify_file(invocation.arguments()[0]));
  QUARRY_CHECK(print(fmt::format("{} records, unbroken\n", records)));
  return 0;
}

}  // namespace quarry::probe
