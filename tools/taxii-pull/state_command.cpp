// taxii-pull state: how far each collection has been pulled, and a way to begin anew.
#include "common/base/private_file.h"
#include "common/cli/result_output.h"
#include "common/value/builder.h"
#include "tools/taxii-pull/state/known_feeds.h"
#include "tools/taxii-pull/taxii_pull_app.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace quarry::taxii_pull {
namespace {

constexpr std::size_t kTexts = 8;

const Schema& schema() {
  static const Schema made{{{"State", Type::kString},
                            {"Server", Type::kString},
                            {"Source", Type::kString},
                            {"ApiRoot", Type::kString},
                            {"Collection", Type::kString},
                            {"Filters", Type::kString},
                            {"Output", Type::kString},
                            {"Problem", Type::kString},
                            {"AddedAfter", Type::kDatetime},
                            {"Pulled", Type::kDatetime},
                            {"Objects", Type::kLong},
                            {"Bytes", Type::kLong}}};
  return made;
}

void append(ColumnBuilder<Type::kDatetime>& column, const std::optional<Datetime>& value) {
  if (value) {
    column.append(*value);
  } else {
    column.append_null();
  }
}

std::vector<Column> columns_of(const std::vector<Checkpoint>& feeds) {
  ColumnBuilder<Type::kString> texts[kTexts];
  ColumnBuilder<Type::kDatetime> resume, pulled;
  ColumnBuilder<Type::kLong> objects, bytes;
  for (const Checkpoint& feed : feeds) {
    std::string filters = feed.feed.filters;
    if (filters.ends_with('\n')) filters.pop_back();
    std::replace(filters.begin(), filters.end(), '\n', '&');
    const std::string values[kTexts]{feed.feed.folder(),
                                     feed.feed.server,
                                     feed.source,
                                     feed.feed.api_root,
                                     feed.feed.collection,
                                     filters,
                                     feed.output ? feed.output->path : "",
                                     feed.problem};
    for (std::size_t i = 0; i < kTexts; ++i) texts[i].append_copy(values[i]);
    append(resume, feed.resume);
    append(pulled, feed.pulled);
    objects.append(static_cast<std::int64_t>(feed.objects));
    bytes.append(static_cast<std::int64_t>(feed.log_size));
  }
  std::vector<Column> columns;
  for (ColumnBuilder<Type::kString>& column : texts) columns.push_back(column.finish());
  columns.push_back(resume.finish());
  columns.push_back(pulled.finish());
  columns.push_back(objects.finish());
  columns.push_back(bytes.finish());
  return columns;
}

/// Removes the folder of a state while nobody uses it.
Result<void> remove_state(const std::string& folder) {
  QUARRY_TRY(const LockedFile lock, LockedFile::open(folder + "/lock", LockedFile::Wait::kNever));
  std::error_code error;
  std::filesystem::remove_all(folder, error);
  if (error)
    return fail(Error(ErrorCode::kData, "cannot remove the state: " + error.message()).at(folder));
  return ok();
}

/// By any name of a state; by that of its folder also where its checkpoint cannot be read.
Result<int> reset(cli::Invocation& invocation, const std::string& states) {
  if (invocation.arguments().empty())
    return fail(ErrorCode::kUsage, "--reset wants to know what is to begin anew",
                "name servers or states, as 'taxii-pull state' lists them");
  const KnownFeeds known = known_feeds(states);
  for (const std::string& name : invocation.arguments()) {
    std::vector<std::string> folders;
    bool by_server = true;
    for (const Checkpoint& feed : known.feeds) {
      if (!is_called(feed, name)) continue;
      folders.push_back(states + "/" + feed.feed.folder());
      by_server = by_server && feed.feed.server == name;
    }
    // All of a server is one thing; what only happens to be called alike is not.
    if (folders.size() > 1 && !by_server)
      return fail(ErrorCode::kUsage,
                  fmt::format("'{}' means {} states; nothing was forgotten", name, folders.size()),
                  "name each as the column State of 'taxii-pull state' does");
    std::error_code error;
    const bool is_name = name.find('/') == std::string::npos && !name.starts_with('.');
    if (folders.empty() && is_name && std::filesystem::is_directory(states + "/" + name, error))
      folders.push_back(states + "/" + name);
    if (folders.empty())
      return fail(ErrorCode::kUsage, fmt::format("no state is called '{}'", name),
                  did_you_mean_state(known.feeds, name));
    for (const std::string& folder : folders) QUARRY_CHECK(remove_state(folder));
  }
  return 0;
}

}  // namespace

Result<int> state_command(cli::Invocation& invocation) {
  QUARRY_TRY(const std::string states, states_folder(invocation.environment()));
  if (invocation.flag("reset")) return reset(invocation, states);
  KnownFeeds known = known_feeds(states);
  for (const Error& error : known.errors)
    invocation.diagnostics().add(error, DiagnosticClass::kData);
  const auto& names = invocation.arguments();
  for (const std::string& name : names) {
    const auto is_it = [&name](const Checkpoint& feed) { return is_called(feed, name); };
    if (std::ranges::none_of(known.feeds, is_it))
      invocation.diagnostics().add(
          Error(ErrorCode::kData, fmt::format("no state is called '{}'", name),
                did_you_mean_state(known.feeds, name)),
          DiagnosticClass::kData);
  }
  if (!names.empty()) {
    std::erase_if(known.feeds, [&names](const Checkpoint& feed) {
      return std::ranges::none_of(
          names, [&feed](const std::string& name) { return is_called(feed, name); });
    });
  }
  return cli::show_rows(invocation, schema(), columns_of(known.feeds));
}

}  // namespace quarry::taxii_pull
