#include "tools/consent-audit/audit/block_rows.h"

#include "common/io/line_splitter.h"

namespace quarry::consent_audit {
namespace {

constexpr std::size_t kRemembered = 4;

}  // namespace

void BlockRows::clear() { *this = BlockRows(); }

void BlockRows::read(RowReader& reader, std::string_view text, std::uint64_t line,
                     std::uint64_t byte) {
  if (text.front() != '{') {
    bad.push_back({line, byte, "not an object"});
    return;
  }
  const ObjectResult result = reader.read(text, [&](AuditRow&& row) {
    if (row.truncated && truncated++ == 0) first_truncated = line;
    rows.push_back({std::move(row), {.input = 0, .line = line}});
  });
  row_count += result.rows;
  others += result.others;
  sign_ins += result.sign_ins;
  unrecognised += result.unrecognised;
  if (result.is_page && !result.goes_on) ++last_pages;
  if (result.goes_on && open_pages.size() < kRemembered) open_pages.push_back(line);
  if (result.malformed != nullptr)
    bad.push_back({line, byte + result.offset, std::string(result.malformed)});
  if (result.unrecognised > 0 && foreign.size() < kRemembered) foreign.push_back(line);
}

void read_lines(RowReader& reader, std::string_view text, std::vector<table::LineRef>& scratch,
                BlockRows& out) {
  table::split_rows(text, scratch);
  std::uint64_t line = 0;
  std::size_t counted = 0;
  for (const table::LineRef& ref : scratch) {
    const std::uint64_t passed = io::count_newlines(text.substr(counted, ref.begin - counted));
    line += passed;
    const std::size_t newline =
        passed == 0 && counted == 0 ? std::string_view::npos : text.rfind('\n', ref.begin);
    const std::size_t start = newline == std::string_view::npos ? 0 : newline + 1;
    out.read(reader, ref.in(text), line, ref.begin - start + 1);
    counted = ref.begin;
  }
}

}  // namespace quarry::consent_audit
