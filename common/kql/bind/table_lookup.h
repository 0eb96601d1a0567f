// How the binder learns about tables. Implemented by the catalogue.
#pragma once

#include "common/base/result.h"
#include "common/value/type.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql {

struct TableInfo {
  std::string name;  // as ScanNode::table will name it
  Schema schema;
  bool open = false;  // may hold columns that are not listed: an unknown name is a dynamic column
                      // that is always null
};

/// What `externaldata (columns) [sources] with (…)` asks for.
struct ExternalTable {
  Schema schema;                     // CSV and its like: the fields in order; JSON: by name
  std::vector<std::string> sources;  // paths, file:// addresses; https where that is allowed
  std::string format;                // csv, tsv, json, txt …; empty: by the sources' endings
  bool skip_first = false;           // ignoreFirstRecord
};

class TableLookup {
 public:
  virtual ~TableLookup() = default;
  /// The table of exactly this name; nullptr where there is none. An Error where its inputs cannot
  /// be looked at.
  virtual Result<const TableInfo*> find(std::string_view name) = 0;
  /// Until optional_tables(false): a table without rows is empty, where no input could be meant by
  /// it, and no error (union isfuzzy=true, and what the parsers of Sentinel read in there).
  virtual void optional_tables(bool optional) = 0;
  /// True where find() would give a table without taking anonymous inputs for it.
  virtual bool knows(std::string_view name) = 0;
  /// Names that match a wildcard (`Device*`), of tables that have rows here (all known ones when
  /// nothing is read), sorted.
  virtual std::vector<std::string> match(std::string_view wildcard) = 0;
  /// All rows of all inputs: what a query that starts with an operator reads. nullptr where there
  /// is no input.
  virtual Result<const TableInfo*> everything() = 0;
  /// The table of an externaldata operator. A kUsage Error where a source or format cannot be read
  /// here; a source that is not there is reported and left out, as an input is.
  virtual Result<const TableInfo*> external(const ExternalTable& wanted) = 0;
  /// The file given for a watchlist of Sentinel (--watchlist ALIAS=FILE); nullptr where none is.
  /// While only schemas count, no alias is missing: then the table has no column.
  virtual Result<const TableInfo*> watchlist(std::string_view alias) = 0;
  virtual std::vector<std::string> watchlists() = 0;
  /// The query looks into every column (search, where *): none may be missed for having come late
  /// in an input. Rows that hold none of the texts, whatever their case, do not matter; without
  /// texts all do. Heeded when the query is bound again.
  virtual void want_every_column(const std::vector<std::string>& texts) = 0;
  /// True where a column may be missing because an input was sampled in part.
  virtual bool may_miss_columns() const = 0;
  /// The input without a byte, so without columns ("stdin"); "" where each holds something.
  virtual std::string empty_input() const = 0;
  /// For suggestions.
  virtual std::vector<std::string> names() = 0;
};

}  // namespace quarry::kql
