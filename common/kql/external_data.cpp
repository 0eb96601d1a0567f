// externaldata: the formats of Kusto's ingestion that are text, in local files or copies of what
// lies on the web.
#include "common/base/text.h"
#include "common/kql/catalog.h"
#include "common/table/csv_reader.h"
#include "common/table/text_reader.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql {
namespace {

enum class Kind : std::uint8_t { kSeparated, kJson, kLines };

struct ExternalFormat {
  std::string_view name;
  Kind kind;
  char separator = '\0';
};
constexpr ExternalFormat kFormats[]{{"csv", Kind::kSeparated, ','},
                                    {"tsv", Kind::kSeparated, '\t'},
                                    {"tsve", Kind::kSeparated, '\t'},
                                    {"psv", Kind::kSeparated, '|'},
                                    {"scsv", Kind::kSeparated, ';'},
                                    {"sohsv", Kind::kSeparated, '\x01'},
                                    {"json", Kind::kJson},
                                    {"multijson", Kind::kJson},
                                    {"singlejson", Kind::kJson},
                                    {"txt", Kind::kLines}};

/// "list.csv.gz?token" -> "csv"; what is no format's name counts as csv, as in Kusto.
std::string ending_of(std::string source) {
  source.resize(std::min(source.find_first_of("?;#"), source.size()));
  source = text::lower_ascii(source);
  for (const char* const packing : {".gz", ".zip", ".zst"}) {
    if (source.ends_with(packing)) source.resize(source.rfind('.'));
  }
  const std::string ending = source.substr(std::min(source.rfind('.'), source.size() - 1) + 1);
  if (ending == "ndjson" || ending == "jsonl") return "json";
  const bool known =
      std::any_of(std::begin(kFormats), std::end(kFormats),
                  [&](const ExternalFormat& format) { return format.name == ending; });
  return known ? ending : "csv";
}

Result<ExternalFormat> format_of(const ExternalTable& wanted) {
  const std::string name =
      wanted.format.empty() ? ending_of(wanted.sources.empty() ? std::string() : wanted.sources[0])
                            : text::lower_ascii(wanted.format);
  std::string known;
  for (const ExternalFormat& format : kFormats) {
    if (format.name == name) return format;
    known += (known.empty() ? "" : ", ") + std::string(format.name);
  }
  return fail(ErrorCode::kUsage, fmt::format("externaldata cannot read the format '{}'", name),
              "formats: " + known);
}

std::string key_of(const ExternalTable& wanted) {
  std::string key = wanted.format + (wanted.skip_first ? "\n+" : "\n");
  for (const std::string& source : wanted.sources) key += source + '\n';
  for (const ColumnSchema& column : wanted.schema.columns)
    key += fmt::format("{}:{}\n", column.name, name_of(column.type));
  return key;
}

/// The path that an address means: of what lies on the web that of a copy.
Result<std::string> path_of(const std::string& source, ExternalFetcher* fetcher) {
  if (source.starts_with("file://")) return source.substr(7);
  if (source.find("://") == std::string::npos) return source;
  if (fetcher != nullptr) return fetcher->fetch(source);
  return fail(ErrorCode::kUsage,
              fmt::format("{} is not fetched: a query reads local files only",
                          source.substr(0, source.find_first_of("?;#"))),
              "--allow-external fetches it; or download it, and write its path in the query");
}

}  // namespace

Result<const TableInfo*> Catalog::external(const ExternalTable& wanted) {
  const std::string key = key_of(wanted);
  if (const auto known = externals_.find(key); known != externals_.end())
    return remember(known->second.info.name, known->second);
  Entry entry;
  entry.info.schema = wanted.schema;
  entry.info.name = fmt::format("externaldata {}", externals_.size() + 1);
  if (options_.schemas_only) return remember(entry.info.name, std::move(entry));
  QUARRY_TRY(const ExternalFormat format, format_of(wanted));
  std::vector<std::string> paths;
  for (const std::string& source : wanted.sources) {
    Result<std::string> path = path_of(source, options_.fetcher);
    if (!path && path.error().code() == ErrorCode::kUsage) return fail(path.error());
    if (path) {
      paths.push_back(std::move(*path));
    } else if (cancel_.cancelled()) {
      return fail(path.error());
    } else {  // as an input that is not there
      diagnostics_.add(path.error(), DiagnosticClass::kData);
      ++failed_inputs_;
    }
  }
  std::vector<io::Input> inputs;
  expand(paths, inputs);
  table::InputOptions options = options_.input;
  options.follow = false;
  if (format.kind == Kind::kLines) {
    entry.reader =
        table::make_text_reader(std::move(inputs), wanted.schema, options, wanted.skip_first);
  } else if (format.kind == Kind::kSeparated) {
    table::CsvOptions csv{.separator = format.separator,
                          .header = {},
                          .skip_first = wanted.skip_first,
                          .any_width = true,
                          .input = options};
    for (const ColumnSchema& column : wanted.schema.columns) csv.header.push_back(column.name);
    entry.reader = table::make_csv_reader(std::move(inputs), wanted.schema, std::move(csv));
  } else {
    for (io::Input& input : inputs) input.found = false;  // named by the query
    entry.reader = table::make_reader(open_all(inputs), wanted.schema,
                                      table::RowsWanted::everything(), options);
  }
  externals_[key] = entry;
  return remember(entry.info.name, std::move(entry));
}

}  // namespace quarry::kql
