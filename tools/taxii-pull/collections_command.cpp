// taxii-pull collections URL: what servers offer, and what of it may be read.
#include "common/cli/result_output.h"
#include "common/value/builder.h"
#include "tools/taxii-pull/servers/session.h"
#include "tools/taxii-pull/taxii_pull_app.h"

#include <fmt/format.h>

namespace quarry::taxii_pull {
namespace {

namespace taxii = services::taxii;

const Schema& schema() {
  static const Schema made{{{"Server", Type::kString},
                            {"ApiRoot", Type::kString},
                            {"Id", Type::kString},
                            {"Title", Type::kString},
                            {"Description", Type::kString},
                            {"Alias", Type::kString},
                            {"CanRead", Type::kBool},
                            {"CanWrite", Type::kBool},
                            {"Version", Type::kString}}};
  return made;
}

/// Rows of the answer, column by column.
class Listing {
 public:
  void add(const std::string& server, const std::string& root, const taxii::Collection& collection,
           taxii::Version version) {
    const std::string_view texts[]{server,
                                   root,
                                   collection.id,
                                   collection.title,
                                   collection.description,
                                   collection.alias,
                                   taxii::name_of(version)};
    for (std::size_t i = 0; i < std::size(texts); ++i) texts_[i].append_copy(texts[i]);
    can_read_.append(collection.can_read ? 1 : 0);
    can_write_.append(collection.can_write ? 1 : 0);
  }
  std::vector<Error> missing;  // API roots that did not answer

  std::vector<Column> finish() {
    std::vector<Column> columns;
    for (std::size_t i = 0; i < 6; ++i) columns.push_back(texts_[i].finish());
    columns.push_back(can_read_.finish());
    columns.push_back(can_write_.finish());
    columns.push_back(texts_[6].finish());
    return columns;
  }

 private:
  ColumnBuilder<Type::kString> texts_[7];
  ColumnBuilder<Type::kBool> can_read_;
  ColumnBuilder<Type::kBool> can_write_;
};

Result<void> list(const ServerSettings& settings, const std::string& label,
                  const config::RunContext& context, Listing& listing) {
  Session session(settings, context);
  std::vector<std::string> roots;
  if (settings.api_root.empty()) {
    QUARRY_TRY(const taxii::Server::Found found, session.server().look_at(settings.url));
    for (const taxii::ApiRoot& root : found.roots) roots.push_back(root.url);
    listing.missing.insert(listing.missing.end(), found.silent.begin(), found.silent.end());
  } else {
    QUARRY_TRY(const taxii::ApiRoot root, session.server().api_root(settings.api_root));
    roots.push_back(root.url);
  }
  for (const std::string& root : roots) {
    QUARRY_TRY(const std::vector<taxii::Collection> collections,
               session.server().collections(root));
    if (collections.empty())
      session.server().warn(fmt::format("the API root {} shows this account no collection", root));
    for (const taxii::Collection& collection : collections)
      listing.add(label, root, collection, session.server().version());
  }
  return ok();
}

}  // namespace

Result<int> collections_command(cli::Invocation& invocation) {
  const config::RunContext context = invocation.run_context();
  QUARRY_TRY(const std::vector<ChosenServer> servers,
             choose_servers(invocation, &invocation.cancel()));
  Listing listing;
  std::size_t answered = 0;
  std::optional<Error> first;
  for (const ChosenServer& server : servers) {
    const Result<void> done = server.settings
                                  ? list(*server.settings, server.label, context, listing)
                                  : fail(server.settings.error());
    if (done) {
      ++answered;
      continue;
    }
    if (servers.size() == 1) return fail(done.error());
    if (!first) first = done.error();
    invocation.diagnostics().add(error_of_server(server.label, done.error()));
  }
  for (const Error& missing : listing.missing) {
    if (!first) first = missing;
    invocation.diagnostics().add(missing);
  }
  QUARRY_TRY(const int status, cli::show_rows(invocation, schema(), listing.finish()));
  if (!first) return status;
  return exit_status(answered > 0 ? ErrorCode::kPartial : first->code());
}

}  // namespace quarry::taxii_pull
