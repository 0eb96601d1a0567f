#include "common/kql/catalog.h"

#include "common/base/text.h"
#include "common/base/wildcard.h"
#include "common/io/input_set.h"
#include "common/kql/schemas/built_in.h"
#include "common/table/memory_reader.h"
#include "common/table/multi_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace quarry::kql {
namespace {

/// "logs/DeviceEvents.2026-11.ndjson.gz" -> "DeviceEvents"; of an archive's member the member's.
std::string_view base_name(const io::Input& input) {
  std::string_view name =
      input.member.empty() ? std::string_view(input.path) : std::string_view(input.member);
  if (const std::size_t slash = name.rfind('/'); slash != std::string_view::npos)
    name.remove_prefix(slash + 1);
  return name.substr(0, name.find('.'));
}

bool has_tag(const table::OpenedInput& input, std::string_view tag) {
  return std::any_of(input.tables.begin(), input.tables.end(),
                     [&](const table::FoundTable& table) { return table.tag == tag; });
}

bool has_untagged_rows(const table::OpenedInput& input) {
  return input.tables.empty() || has_tag(input, "");
}

constexpr std::string_view kEverything = "*";

/// Declared columns that an input spells with other capitals (operationName for OperationName:
/// diagnostic settings export so), as pairs of the declared and the input's name.
using Spelling = std::vector<std::pair<std::string, std::string>>;

Spelling spelling_of(const Schema& declared, const table::FoundTable& found) {
  Spelling spelling;
  const auto has = [&](std::string_view name) {
    return std::any_of(found.columns.begin(), found.columns.end(),
                       [&](const auto& column) { return column.name == name; });
  };
  for (const table::FoundColumn& column : found.columns) {
    if (declared.find(column.name)) continue;
    const auto meant = std::find_if(
        declared.columns.begin(), declared.columns.end(),
        [&](const ColumnSchema& each) { return text::iequals_ascii(each.name, column.name); });
    if (meant != declared.columns.end() && !has(meant->name))
      spelling.emplace_back(meant->name, column.name);
  }
  return spelling;
}

const std::string& declared_name(const Spelling& spelling, const std::string& found) {
  const auto entry = std::find_if(spelling.begin(), spelling.end(),
                                  [&](const auto& pair) { return pair.second == found; });
  return entry == spelling.end() ? found : entry->first;
}

/// The schema under the names by which the input's reader will find the columns.
Schema spelled(Schema schema, const Spelling& spelling) {
  for (const auto& [declared, found] : spelling) {
    for (ColumnSchema& column : schema.columns) {
      if (column.name == declared) column.name = found;
    }
  }
  return schema;
}

/// Exports of Defender have Timestamp, those of Sentinel TimeGenerated, and the catalogue's tables
/// often both. The one that the data lacks goes, so that its name means the other (see
/// Binder::find_column).
void keep_one_time_column(Schema& declared, const Schema& found) {
  const bool timestamp = found.find("Timestamp").has_value();
  const bool generated = found.find("TimeGenerated").has_value();
  if (timestamp == generated) return;
  std::erase_if(declared.columns, [&](const ColumnSchema& column) {
    return column.name == (timestamp ? "TimeGenerated" : "Timestamp");
  });
}

}  // namespace

Catalog::Catalog(CatalogOptions options, const CancelToken& cancel, Diagnostics& diagnostics)
    : options_(std::move(options)), cancel_(cancel), diagnostics_(diagnostics) {}

void Catalog::expand(const std::vector<std::string>& words, std::vector<io::Input>& inputs) {
  io::InputSet set = io::expand_inputs(words, cancel_);
  for (const Error& error : set.errors) {
    diagnostics_.add(error, DiagnosticClass::kData);
    ++failed_inputs_;
  }
  for (io::Input& input : set.inputs) inputs.push_back(std::move(input));
}

std::vector<table::OpenedInput> Catalog::open_all(const std::vector<io::Input>& inputs) {
  table::OpenedInputs opened = table::open_tables(inputs, options_.input, cancel_);
  for (const Error& error : opened.errors) {
    diagnostics_.add(error, DiagnosticClass::kData);
    ++failed_inputs_;
  }
  tell_passed_over(std::move(opened.passed_over));
  for (const table::OpenedInput& input : opened.inputs) {
    if (empty_input_.empty() && input.is_empty()) empty_input_ = input.input.name;
  }
  return std::move(opened.inputs);
}

/// A folder may hold hundreds of other files: a line for each would hide what matters.
void Catalog::tell_passed_over(std::vector<std::string> names) {
  constexpr std::size_t kMostLines = 3;
  const auto tell = [this](std::string message, std::string file) {
    diagnostics_.add({.level = Level::kWarning,
                      .kind = DiagnosticClass::kData,
                      .message = std::move(message),
                      .hint = "name the file itself to read it as a table",
                      .where = std::nullopt,
                      .file = std::move(file)});
  };
  constexpr std::string_view kWhy = "neither JSON nor named .csv or .tsv";
  if (names.size() <= kMostLines) {
    for (std::string& name : names) tell(fmt::format("passed over: {}", kWhy), std::move(name));
    return;
  }
  tell(fmt::format("passed over, as {} more files: {}", names.size() - 1, kWhy),
       std::move(names.front()));
}

Result<const TableInfo*> Catalog::watchlist(std::string_view alias) {
  std::string name = fmt::format("watchlist {}", alias);
  if (const auto known = entries_.find(name); known != entries_.end()) return &known->second.info;
  std::vector<std::pair<table::OpenedInput, table::RowsWanted>> parts;
  bool given = options_.schemas_only;
  for (const auto& named : options_.watchlists) {
    if (!text::iequals_ascii(named.table, alias)) continue;
    given = true;
    for (const table::OpenedInput& input : open_named(named.path))
      parts.emplace_back(input, table::RowsWanted::everything());
  }
  if (!given) return nullptr;
  // Nobody is on a list that could not be read: that is no answer.
  if (parts.empty() && !options_.schemas_only && failed_inputs_ == 0) {
    diagnostics_.add(
        Error(ErrorCode::kData, fmt::format("nothing can be read for the watchlist '{}'", alias),
              "--watchlist ALIAS=FILE names a file of rows: CSV, TSV or JSON"),
        DiagnosticClass::kData);
    ++failed_inputs_;
  }
  Entry entry = make_entry(name, parts);
  return remember(std::move(name), std::move(entry));
}

std::vector<std::string> Catalog::watchlists() {
  std::vector<std::string> aliases;
  for (const auto& named : options_.watchlists) aliases.push_back(named.table);
  return aliases;
}

/// Streams can be read only once, so --sample all is no way out there and need not be told.
bool Catalog::may_miss_columns() const {
  return std::any_of(opened_.begin(), opened_.end(), [](const table::OpenedInput& input) {
    return !input.sampled_all && input.input.kind != io::InputKind::kStream;
  });
}

void Catalog::want_every_column(const std::vector<std::string>& texts) {
  if (wanted_rows_ && wanted_rows_->empty()) return;
  if (!wanted_rows_)
    wanted_rows_ = texts;
  else if (texts.empty())
    wanted_rows_->clear();
  else
    wanted_rows_->insert(wanted_rows_->end(), texts.begin(), texts.end());
}

/// Looks at every row of what was sampled in part. A stream can be read only once: there the sample
/// has to do.
void Catalog::sample_all(std::vector<table::OpenedInput>& opened) {
  table::InputOptions options = options_.input;
  options.sample_all = true;
  options.sample_only = *wanted_rows_;
  for (table::OpenedInput& input : opened) {
    if (input.sampled_all || input.input.kind == io::InputKind::kStream) continue;
    auto again = table::open_table(input.input, options, cancel_);
    if (again && *again) input = std::move(**again);
  }
}

void Catalog::open_inputs() {
  if (inputs_opened_) return;
  inputs_opened_ = true;
  std::vector<io::Input> inputs;
  if (!options_.inputs.empty()) expand(options_.inputs, inputs);
  opened_ = open_all(inputs);
}

bool Catalog::reads(const std::string& path) const {
  const auto is_it = [&path](const table::OpenedInput& opened) {
    std::error_code none;
    return std::filesystem::equivalent(opened.input.path, path, none);
  };
  return std::any_of(opened_.begin(), opened_.end(), is_it) ||
         std::any_of(named_.begin(), named_.end(), [&](const auto& named) {
           return std::any_of(named.second.begin(), named.second.end(), is_it);
         });
}

const std::vector<table::OpenedInput>& Catalog::open_named(const std::string& path) {
  const auto known = named_.find(path);
  if (known != named_.end()) return known->second;
  std::vector<io::Input> inputs;
  expand({path}, inputs);
  return named_[path] = open_all(inputs);
}

std::optional<Schema> Catalog::declared_schema(std::string_view name, bool& open) const {
  const BuiltInTable* const built_in = find_built_in(name);
  open = built_in != nullptr && built_in->open;  // whatever columns a --schema file lists
  for (const table::SchemaLine& schema : options_.schemas) {
    if (schema.table == name) return schema.schema;
  }
  if (built_in != nullptr) return built_in->schema();
  for (const table::SchemaLine& schema : options_.schemas) {
    if (schema.table.empty()) return schema.schema;
  }
  return std::nullopt;
}

Catalog::Entry Catalog::make_entry(
    std::string_view name,
    const std::vector<std::pair<table::OpenedInput, table::RowsWanted>>& parts) const {
  Entry entry;
  entry.info.name = std::string(name);
  auto declared = declared_schema(name, entry.info.open);
  // What all inputs showed decides a type, so that their order does not matter.
  Schema typed;
  table::FoundTable sampled;
  std::vector<Spelling> spellings;
  for (const auto& [input, rows] : parts) {
    if (input.schema_line)
      typed = typed.columns.empty() ? input.schema_line->schema
                                    : table::with_found_columns(typed, input.schema_line->schema);
    const table::FoundTable seen = input.found(rows);
    spellings.push_back(declared ? spelling_of(*declared, seen) : Spelling());
    for (const table::FoundColumn& column : seen.columns)
      sampled.note(declared_name(spellings.back(), column.name), column.seen);
  }
  const Schema found = table::with_found_columns(typed, sampled.schema());
  if (declared) keep_one_time_column(*declared, found);
  entry.info.schema =
      declared && typed.columns.empty() ? table::with_found_columns(*declared, found) : found;
  // Neighbours that want rows by the same rule share a reader, which reads thousands of small files
  // in one pass.
  std::vector<std::shared_ptr<const table::Reader>> readers;
  for (std::size_t i = 0; i < parts.size();) {
    std::vector<table::OpenedInput> group;
    const table::RowsWanted& rows = parts[i].second;
    const Spelling& spelling = spellings[i];
    for (; i < parts.size() && parts[i].second == rows && spellings[i] == spelling; ++i)
      group.push_back(parts[i].first);
    readers.push_back(
        table::make_reader(group, spelled(entry.info.schema, spelling), rows, options_.input));
  }
  if (!readers.empty())
    entry.reader = table::make_multi_reader(entry.info.schema, std::move(readers));
  return entry;
}

Result<const TableInfo*> Catalog::remember(std::string name, Entry entry) {
  const auto [at, added] = entries_.insert_or_assign(std::move(name), std::move(entry));
  static_cast<void>(added);
  return &at->second.info;
}

bool Catalog::is_anonymous(const table::OpenedInput& input) const {
  const std::string_view base = base_name(input.input);
  return has_untagged_rows(input) && find_built_in(base) == nullptr && !asked_.contains(base);
}

std::vector<std::pair<table::OpenedInput, table::RowsWanted>> Catalog::anonymous_parts() const {
  std::vector<std::pair<table::OpenedInput, table::RowsWanted>> parts;
  for (const table::OpenedInput& input : opened_) {
    if (is_anonymous(input)) parts.emplace_back(input, table::RowsWanted::only_untagged());
  }
  return parts;
}

/// The table that --table, tags or file names give this name; nullopt where none does.
std::optional<Catalog::Entry> Catalog::claimed(std::string_view name) {
  std::vector<std::string> paths;
  for (const auto& named : options_.tables) {
    if (named.table == name) paths.push_back(named.path);
  }
  std::vector<std::pair<table::OpenedInput, table::RowsWanted>> parts;
  if (!paths.empty()) {
    for (const std::string& path : paths) {
      for (const table::OpenedInput& input : open_named(path))
        parts.emplace_back(input, table::RowsWanted::everything());
    }
    return make_entry(name, parts);
  }
  open_inputs();
  for (const table::OpenedInput& input : opened_) {
    const bool by_name = has_untagged_rows(input) && base_name(input.input) == name;
    const bool by_tag = has_tag(input, name);
    if (!by_name && !by_tag) continue;
    parts.emplace_back(input, table::RowsWanted{.all = false,
                                                .untagged = by_name,
                                                .tag = by_tag ? std::string(name) : std::string()});
  }
  if (parts.empty()) return std::nullopt;
  return make_entry(name, parts);
}

/// Where no input could be read, that is the fault (3), and not the query's words (2).
Result<const TableInfo*> Catalog::no_table() const {
  if (nothing_was_read()) return fail(ErrorCode::kData, "");  // each was reported
  return nullptr;
}

bool Catalog::nothing_was_read() const {
  return failed_inputs_ > 0 && opened_.empty() &&
         std::all_of(named_.begin(), named_.end(),
                     [](const auto& named) { return named.second.empty(); });
}

Result<const TableInfo*> Catalog::find(std::string_view name) {
  asked_.insert(std::string(name));
  if (const auto known = entries_.find(name); known != entries_.end()) {
    if (!optional_ && known->second.only_optional) unclaimed_.insert(std::string(name));
    return &known->second.info;
  }
  if (auto entry = claimed(name)) return remember(std::string(name), std::move(*entry));
  const auto parts = anonymous_parts();
  bool open = false;
  const auto declared = declared_schema(name, open);
  if (parts.empty() && (!declared || nothing_was_read())) return no_table();
  const bool only_optional = optional_ && parts.empty();
  if (!only_optional) unclaimed_.insert(std::string(name));
  Entry entry = make_entry(name, parts);
  entry.only_optional = only_optional;
  entry.anonymous = !parts.empty();
  return remember(std::string(name), std::move(entry));
}

bool Catalog::knows(std::string_view name) {
  if (name.empty()) return false;
  if (find_built_in(name) != nullptr) return true;
  if (std::any_of(options_.schemas.begin(), options_.schemas.end(),
                  [&](const table::SchemaLine& schema) { return schema.table == name; }))
    return true;
  if (std::any_of(options_.tables.begin(), options_.tables.end(),
                  [&](const auto& named) { return named.table == name; }))
    return true;
  open_inputs();
  return std::any_of(opened_.begin(), opened_.end(), [&](const table::OpenedInput& input) {
    return has_tag(input, name) || (has_untagged_rows(input) && base_name(input.input) == name);
  });
}

std::vector<std::string> Catalog::match(std::string_view wildcard) {
  std::set<std::string> found;
  const auto consider = [&](std::string_view name) {
    if (!name.empty() && fits_wildcard(wildcard, name)) found.insert(std::string(name));
  };
  for (const auto& named : options_.tables) consider(named.table);
  open_inputs();
  for (const table::OpenedInput& input : opened_) {
    if (has_untagged_rows(input)) consider(base_name(input.input));
    for (const table::FoundTable& table : input.tables) consider(table.tag);
  }
  if (options_.schemas_only) {
    for (const std::string_view name : built_in_names()) consider(name);
    for (const table::SchemaLine& schema : options_.schemas) consider(schema.table);
  }
  return {found.begin(), found.end()};
}

Result<const TableInfo*> Catalog::everything() {
  if (const auto known = entries_.find(kEverything); known != entries_.end())
    return &known->second.info;
  open_inputs();
  std::vector<std::pair<table::OpenedInput, table::RowsWanted>> parts;
  for (const table::OpenedInput& input : opened_)
    parts.emplace_back(input, table::RowsWanted::everything());
  for (const auto& named : options_.tables) {
    for (const table::OpenedInput& input : open_named(named.path))
      parts.emplace_back(input, table::RowsWanted::everything());
  }
  if (parts.empty()) return no_table();
  // One known table gives its declared types.
  std::string_view base = base_name(parts.front().first.input);
  for (const auto& [input, rows] : parts) {
    if (base_name(input.input) != base) base = {};
  }
  Entry entry = make_entry(options_.tables.size() == 1 && options_.inputs.empty()
                               ? std::string_view(options_.tables[0].table)
                               : base,
                           parts);
  entry.info.name = kEverything;
  return remember(std::string(kEverything), std::move(entry));
}

std::vector<std::string> Catalog::names() {
  std::set<std::string> all;
  for (const std::string_view name : built_in_names()) all.insert(std::string(name));
  for (const auto& named : options_.tables) all.insert(named.table);
  for (const table::SchemaLine& schema : options_.schemas) all.insert(schema.table);
  for (const table::OpenedInput& input : opened_) {
    all.insert(std::string(base_name(input.input)));
    for (const table::FoundTable& table : input.tables) all.insert(table.tag);
  }
  all.erase("");
  return {all.begin(), all.end()};
}

Result<void> Catalog::settle() {
  if (options_.schemas_only) return {};
  // Names are complete now: a file whose base name the query has asked for is no longer anonymous.
  const bool has_anonymous = !anonymous_parts().empty();
  if (unclaimed_.size() > 1 && has_anonymous) {
    std::string list;
    for (const std::string& name : unclaimed_) list += (list.empty() ? "" : ", ") + name;
    return fail(ErrorCode::kQuery, "cannot tell which input holds which of these tables: " + list,
                fmt::format("name them: --table {}=FILE", *unclaimed_.begin()));
  }
  if (!unclaimed_.empty() && !has_anonymous && failed_inputs_ == 0) {
    return fail(ErrorCode::kQuery, "no input holds the table " + *unclaimed_.begin(),
                fmt::format("give its file: --table {}=FILE", *unclaimed_.begin()));
  }
  if (wanted_rows_) {
    sample_all(opened_);
    for (auto& [path, opened] : named_) sample_all(opened);
  }
  entries_.clear();
  unclaimed_.clear();
  return {};
}

Result<std::shared_ptr<const table::Reader>> Catalog::reader(const std::string& name) {
  if (entries_.find(name) == entries_.end()) {
    if (name == kEverything)
      QUARRY_CHECK(everything());
    else
      QUARRY_CHECK(find(name));
  }
  Entry& entry = entries_[name];
  if (entry.reader == nullptr) entry.reader = table::make_memory_reader(entry.info.schema, {});
  return entry.reader;
}

}  // namespace quarry::kql
