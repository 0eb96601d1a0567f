// Which tables there are: names to schemas and readers. Knows the inputs of the command line,
// --table, --schema and the built-in schemas, and decides which input's rows belong to which table.
//
// A row's table is, first that applies: --table Name=path; the record's `_type` or `category`; the
// file's base name up to the first dot, if the catalogue or the query knows it. Inputs with none of
// these are anonymous: when the query names exactly one table that no input claims, they are that
// table. What a query names is known only after it was bound once, hence settle().
#pragma once

#include "common/base/cancel.h"
#include "common/base/diagnostics.h"
#include "common/kql/bind/table_lookup.h"
#include "common/kql/external_fetcher.h"
#include "common/kql/plan/table_source.h"
#include "common/table/open_table.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace quarry::kql {

struct CatalogOptions {
  struct NamedInput {
    std::string table;
    std::string path;  // file, folder, pattern, or "-"
  };
  std::vector<NamedInput> tables;      // --table
  std::vector<NamedInput> watchlists;  // --watchlist
  std::vector<std::string> inputs;     // FILE…
  table::InputOptions input;
  std::vector<table::SchemaLine>
      schemas;                // of --schema files; an empty table name applies to anonymous inputs
  bool schemas_only = false;  // check: tables need no rows, the built-in schemas are enough
  ExternalFetcher* fetcher = nullptr;  // of externaldata's addresses on the web; null: none is read
};

class Catalog final : public TableLookup, public plan::TableSource {
 public:
  /// Expands the inputs; missing ones are reported to `diagnostics` and counted, the others stay.
  /// References outlive the catalogue.
  Catalog(CatalogOptions options, const CancelToken& cancel, Diagnostics& diagnostics);

  Result<const TableInfo*> find(std::string_view name) override;
  void optional_tables(bool optional) override { optional_ = optional; }
  bool knows(std::string_view name) override;
  std::vector<std::string> match(std::string_view wildcard) override;
  Result<const TableInfo*> everything() override;
  Result<const TableInfo*> external(const ExternalTable& wanted) override;
  Result<const TableInfo*> watchlist(std::string_view alias) override;
  std::vector<std::string> watchlists() override;
  void want_every_column(const std::vector<std::string>& texts) override;
  bool may_miss_columns() const override;
  std::string empty_input() const override { return empty_input_; }
  std::vector<std::string> names() override;
  Result<std::shared_ptr<const table::Reader>> reader(const std::string& table) override;

  /// After the query was bound for the first time: an Error where anonymous inputs cannot be given
  /// to one table, or a named table has no rows anywhere. Table schemas may change: bind again.
  Result<void> settle();

  /// Is this file among the inputs that were opened?
  bool reads(const std::string& path) const;
  /// Every input failed: there is no answer, not even an empty one.
  bool nothing_was_read() const;
  std::uint64_t failed_inputs() const { return failed_inputs_; }
  std::uint64_t input_count() const { return opened_.size(); }

 private:
  struct Entry {
    TableInfo info;
    std::shared_ptr<const table::Reader> reader;
    bool anonymous = false;      // made of the anonymous inputs
    bool only_optional = false;  // no input has it, and so far nobody needed one
  };

  void tell_passed_over(std::vector<std::string> names);
  void expand(const std::vector<std::string>& words, std::vector<io::Input>& inputs);
  void open_inputs();
  const std::vector<table::OpenedInput>& open_named(const std::string& path);
  void sample_all(std::vector<table::OpenedInput>& opened);
  std::vector<table::OpenedInput> open_all(const std::vector<io::Input>& inputs);
  bool is_anonymous(const table::OpenedInput& input) const;
  std::optional<Schema> declared_schema(std::string_view name, bool& open) const;
  Result<const TableInfo*> no_table() const;
  Result<const TableInfo*> remember(std::string name, Entry entry);
  Entry make_entry(
      std::string_view name,
      const std::vector<std::pair<table::OpenedInput, table::RowsWanted>>& parts) const;
  std::optional<Entry> claimed(std::string_view name);
  std::vector<std::pair<table::OpenedInput, table::RowsWanted>> anonymous_parts() const;

  CatalogOptions options_;
  const CancelToken& cancel_;
  Diagnostics& diagnostics_;
  std::vector<table::OpenedInput> opened_;                        // of `inputs`
  std::map<std::string, std::vector<table::OpenedInput>> named_;  // of --table, by path
  bool inputs_opened_ = false;
  bool optional_ = false;  // see optional_tables()
  // The texts whose rows are to be looked at for columns; empty: all rows. None: the sample does.
  std::optional<std::vector<std::string>> wanted_rows_;
  std::map<std::string, Entry, std::less<>> entries_;
  std::set<std::string, std::less<>> asked_;      // names that find() was asked for
  std::set<std::string, std::less<>> unclaimed_;  // those that no input claims
  std::map<std::string, Entry>
      externals_;  // tables of externaldata, by what they ask for: a query is bound twice
  std::uint64_t failed_inputs_ = 0;
  std::string empty_input_;  // the first
};

}  // namespace quarry::kql
