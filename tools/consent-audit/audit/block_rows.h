// The audit rows of one block of input, read by a worker on its own.
#pragma once

#include "common/table/block_lines.h"
#include "tools/consent-audit/audit/audit_input.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::consent_audit {

/// Lines count from 0 at the start of the block until the block is put in its place.
struct BlockRows {
  struct BadLine {
    std::uint64_t line = 0;
    std::uint64_t byte = 1;  // in the line, from 1
    std::string why;
  };
  std::vector<PlacedRow> rows;
  std::vector<BadLine> bad;
  std::vector<std::uint64_t> foreign;  // lines with objects that are no audit rows; the first few
  std::uint64_t row_count = 0;
  std::uint64_t others = 0;
  std::uint64_t sign_ins = 0;
  std::uint64_t unrecognised = 0;
  std::uint64_t last_pages = 0;
  std::vector<std::uint64_t> open_pages;  // lines of pages that go on; the first few
  std::uint64_t truncated = 0;
  std::uint64_t first_truncated = 0;  // its line

  void clear();
  /// One object that stands on this line.
  void read(RowReader& reader, std::string_view text, std::uint64_t line, std::uint64_t byte);
};

/// The lines of a text that ends in padding.
void read_lines(RowReader& reader, std::string_view text, std::vector<table::LineRef>& scratch,
                BlockRows& out);

}  // namespace quarry::consent_audit
