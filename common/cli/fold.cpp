#include "common/cli/fold.h"

#include "common/base/text.h"
#include "common/base/unicode.h"

#include <utility>

namespace quarry::cli {
namespace {

/// Collects words into lines.
class Folder {
 public:
  Folder(std::size_t indent, std::size_t width) : indent_(indent), width_(width) {}

  void add(std::string_view word) {
    const std::size_t needed = unicode::display_width(word);
    if (used_ > 0 && indent_ + used_ + 1 + needed > width_) end_line();
    if (used_ == 0) {
      out_.append(indent_, ' ');
    } else {
      out_ += ' ';
      ++used_;
    }
    out_ += word;
    used_ += needed;
  }
  void end_line() {
    if (used_ > 0) out_ += '\n';
    used_ = 0;
  }
  void empty_line() {
    end_line();
    out_ += '\n';
  }
  std::string finish() && {
    end_line();
    return std::move(out_);
  }

 private:
  std::size_t indent_;
  std::size_t width_;
  std::size_t used_ = 0;
  std::string out_;
};

}  // namespace

std::string cut_to_width(std::string_view text, std::size_t width) {
  if (unicode::display_width(text) <= width) return std::string(text);
  std::string kept;
  std::size_t used = 0;
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t start = offset;
    used += unicode::display_width(unicode::decode(text, offset));
    if (used + 1 > width) break;
    kept += text.substr(start, offset - start);
  }
  return kept + "…";
}

std::string fold(std::string_view text, std::size_t indent, std::size_t width) {
  Folder folder(indent, width);
  bool first = true;
  for (const std::string_view line : text::split(text, '\n')) {
    if (line.empty() && !first) folder.empty_line();
    first = false;
    for (const std::string_view word : text::split(line, ' ')) {
      if (!word.empty()) folder.add(word);
    }
  }
  return std::move(folder).finish();
}

std::string two_columns(std::string_view left, std::string_view right, std::size_t indent,
                        std::size_t column, std::size_t width) {
  std::string out(indent, ' ');
  out += left;
  const std::string body = fold(right, column, width);
  const std::size_t used = indent + unicode::display_width(left);
  if (body.empty()) return out + "\n";
  if (used + 2 > column) return out + "\n" + body;
  out.append(column - used, ' ');
  return out + body.substr(column);
}

}  // namespace quarry::cli
