#include "common/output/html_text.h"

#include "common/base/unicode.h"

#include <fmt/format.h>

namespace quarry::output {
namespace {

// Nothing but inline style may be loaded or run: the page may hold whatever a log held.
constexpr std::string_view kHead =
    R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
)";

constexpr std::string_view kStyle = R"(<style>
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #59636e; --rule: #d5dae0;
  --tint: #f3f5f7; --bar: #2f6fb3; --warn: #8a5a00; --warn-tint: #fff6e0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --paper: #14181d; --soft: #9aa5b1;
  --rule: #333b44; --tint: #1d232a; --bar: #6aa5e3; --warn: #e3b55a; --warn-tint: #2c2415; } }
body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: var(--ink);
  background: var(--paper); font: 15px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
p { margin: .25rem 0 .75rem; color: var(--soft); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .6rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--rule); overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 600; white-space: nowrap; }
td.n, th.n { text-align: right; white-space: nowrap; overflow-wrap: normal; }
tr.below > td { padding: 0 0 .5rem 2rem; background: var(--tint); }
summary { cursor: pointer; color: var(--soft); padding: .2rem 0; }
.notes { margin: 0 0 1rem; padding: .5rem .5rem .5rem 2rem; background: var(--warn-tint);
  border-left: 4px solid var(--warn); }
figure { margin: 1rem 0; }
figcaption { color: var(--soft); margin-bottom: .25rem; }
svg { width: 100%; height: auto; font: 13px system-ui, sans-serif; fill: var(--ink); }
svg .bar { fill: var(--bar); }
svg .area { fill: var(--bar); fill-opacity: .25; }
svg .line { fill: none; stroke: var(--bar); stroke-width: 1.5; }
svg .edge { stroke: var(--bar); stroke-opacity: .45; stroke-width: 1.5; fill: none; }
svg .node { fill: var(--bar); fill-opacity: .15; stroke: var(--rule); }
svg .grid { stroke: var(--rule); stroke-width: 1; }
svg .mark { fill: var(--soft); font-size: 12px; }
@media print { body { margin: 0; max-width: none; } }
</style>
)";

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : unicode::escape_for_terminal(text)) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string html_page_start(std::string_view title) {
  return fmt::format("{}<title>{}</title>\n{}</head>\n<body>\n", kHead, html_escaped(title),
                     kStyle);
}

}  // namespace quarry::output
