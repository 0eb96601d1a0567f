#include "common/output/report.h"

#include <doctest/doctest.h>

#include <sys/resource.h>

#include <cstdint>

namespace quarry::output {
namespace {

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

const std::string kEvil = "<script>alert('1')</script>&\"\x1b[31m";

Report evil_report() {
  ReportTable inner{.columns = {{kEvil, false}}, .rows = {{{kEvil}, {}}}};
  ReportTable table{.columns = {{"Count", true}, {kEvil, false}},
                    .rows = {{{"1", kEvil}, {{kEvil, {inner}}}}}};
  BarChart bars{.title = kEvil, .bars = {{kEvil, 1, kEvil}}};
  Timeline load{.title = kEvil,
                .value_name = kEvil,
                .start = {kUnixEpochTicks},
                .step = {kTicksPerSecond},
                .values = {0, 1, 2}};
  return {.title = kEvil,
          .blocks = {Notes{{kEvil}}, Paragraph{kEvil}},
          .sections = {{kEvil, {table, Chart(bars), Chart(load)}}}};
}

TEST_CASE("an HTML report escapes every text and allows nothing but its own style") {
  const std::string page = to_html(evil_report());
  CHECK(!holds(page, "<script"));
  CHECK(!holds(page, "\x1b"));
  CHECK(holds(page, "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;\\x1b[31m"));
  CHECK(holds(page, "default-src 'none'; style-src 'unsafe-inline'"));
  CHECK(!holds(page, "src="));
  CHECK(!holds(page, "href="));
}

TEST_CASE("an HTML report shows numbers on the right and what is below a row folded away") {
  const std::string page =
      to_html({.title = "T",
               .blocks = {},
               .sections = {
                   {"S",
                    {ReportTable{.columns = {{"Count", true}, {"Path", false}},
                                 .rows = {{{"3", "C:\\a"}, {{"Scans", {Paragraph{"none"}}}}}}}}}}});
  CHECK(holds(page, "<tr><th class=\"n\">Count</th><th>Path</th></tr>"));
  CHECK(holds(page,
              "<tr><td class=\"n\">3</td><td>C:\\a</td></tr>\n<tr class=\"below\">"
              "<td colspan=\"2\"><details><summary>Scans</summary>\n<h3>Scans</h3>\n"
              "<p>none</p>\n</details>"));
}

TEST_CASE("nothing in a text is read as Markdown, HTML or a control sequence") {
  CHECK(markdown_escaped("a|b<i>*_`\\[x](y)~&amp;") ==
        "a\\|b&lt;i>\\*\\_\\`\\\\\\[x\\](y)\\~&amp;amp;");
  CHECK(markdown_escaped("\x1b]8;;x\x07") == "\\\\x1b\\]8;;x\\\\x07");
  CHECK(markdown_escaped("a\r\nb") == "a<br>b");
  CHECK(markdown_escaped("# x") == "\\# x");
  CHECK(markdown_escaped("12. x") == "12\\. x");
  CHECK(markdown_escaped("1.5") == "1.5");
  CHECK(markdown_escaped("https://x.test/a") == "https\\://x.test/a");
}

TEST_CASE("a Markdown report has a table for each table, and what is below a row after it") {
  ReportTable table{
      .columns = {{"Count", true}, {"Path", false}},
      .rows = {{{"3", "C:\\a|b"}, {{"Scans", {Paragraph{"none"}}}}}, {{"1", "d"}, {}}}};
  const std::string text =
      to_markdown({.title = "T", .blocks = {Notes{{"n"}}}, .sections = {{"S", {table}}}});
  CHECK(text ==
        "# T\n\n- n\n\n## S\n\n| Count | Path |\n| ---: | --- |\n| 3 | C:\\\\a\\|b |\n| 1 | d |\n"
        "\n**C:\\\\a\\|b: Scans**\n\nnone\n");
}

/// The most memory that the process has held so far.
std::int64_t peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return std::int64_t{usage.ru_maxrss} * 1024;
}

TEST_CASE("a report nested deep is written without copies of what lies below") {
  constexpr std::int64_t kText = 1'000'000;
  constexpr int kDepth = 400;
  Section section{.title = "S", .blocks = {Paragraph{std::string(kText, 'x')}}};
  for (int i = 0; i < kDepth; ++i) {
    ReportTable table{.columns = {{"Path", false}}, .rows = {}};
    table.rows.push_back({.cells = {"p"}, .below = {}});
    table.rows[0].below.push_back(std::move(section));
    section = Section{.title = "S", .blocks = {}};
    section.blocks.emplace_back(std::move(table));
  }
  Report report{.title = "T", .blocks = {}, .sections = {}};
  report.sections.push_back(std::move(section));
  const std::int64_t before = peak_memory();
  CHECK(to_markdown(report).size() > kText);
  CHECK(to_html(report).size() > kText);
  CHECK(peak_memory() - before < kDepth * kText / 4);
}

}  // namespace
}  // namespace quarry::output
