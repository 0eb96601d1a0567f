// taxii-pull report: an overview of what was pulled.
#include "common/cli/result_output.h"
#include "common/output/format.h"
#include "tools/taxii-pull/report/overview.h"
#include "tools/taxii-pull/state/stored_feeds.h"
#include "tools/taxii-pull/taxii_pull_app.h"

#include <fmt/format.h>

namespace quarry::taxii_pull {
namespace {

std::string format_of(const cli::Invocation& invocation) {
  if (invocation.options().is_given("format")) return invocation.text("format");
  const output::FormatDef* const by_name = output::find_format_of_file(invocation.output_file());
  return by_name == nullptr ? "table" : std::string(by_name->name);
}

}  // namespace

Result<int> report_command(cli::Invocation& invocation) {
  const std::string format = format_of(invocation);
  if (format != "table" && format != "html" && format != "markdown")
    return fail(ErrorCode::kUsage, fmt::format("the report has no form for --format {}", format),
                "table, markdown and html are its forms; 'export' gives rows");
  Overview overview(invocation.now());
  QUARRY_CHECK(for_each_feed(invocation, [&](StoredFeed& feed) {
    return feed.for_each_newest([&](stix::ObjectReader& object) -> Result<void> {
      overview.add(feed.store().checkpoint().source, object, feed.store().context());
      return ok();
    });
  }));
  const output::Report report = overview.report();
  const std::string text = format == "html"       ? output::to_html(report)
                           : format == "markdown" ? output::to_markdown(report)
                                                  : to_text(report);
  return cli::show_text(invocation, text);
}

}  // namespace quarry::taxii_pull
