// Text inside HTML and SVG, in elements and in quoted attributes.
#pragma once

#include <string>
#include <string_view>

namespace quarry::output {

/// & < > " ' become references; control characters and bytes that are no UTF-8 are shown as on a
/// terminal (\x1b), line ends as \n.
std::string html_escaped(std::string_view text);

/// From <!doctype html> into <body>: title, a policy that forbids everything but the page's own
/// style, and that style. `title` is plain text. The end tags that HTML lets a page leave out are
/// left out, so a page may be written piece by piece.
std::string html_page_start(std::string_view title);

}  // namespace quarry::output
