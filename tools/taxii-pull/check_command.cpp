// taxii-pull check: asks a server what pulling relies on, and tells what it does unlike the
// standard.
#include "common/cli/result_output.h"
#include "common/net/url.h"
#include "common/services/taxii/dates.h"
#include "common/services/taxii/page_fetch.h"
#include "common/services/taxii/problem.h"
#include "common/value/builder.h"
#include "tools/taxii-pull/servers/session.h"
#include "tools/taxii-pull/taxii_pull_app.h"

#include <fmt/format.h>

#include <set>

namespace quarry::taxii_pull {
namespace {

namespace taxii = services::taxii;

const Schema& schema() {
  static const Schema made{{{"Server", Type::kString},
                            {"Subject", Type::kString},
                            {"Check", Type::kString},
                            {"Verdict", Type::kString},
                            {"Detail", Type::kString}}};
  return made;
}

/// "ok", "note" (pulling copes with it) or "bad" (pulling suffers).
class Findings {
 public:
  void add(std::string_view verdict, std::string_view check, std::string_view detail = {}) {
    const std::string_view cells[]{server, subject, check, verdict, detail};
    for (std::size_t i = 0; i < std::size(cells); ++i) columns_[i].append_copy(cells[i]);
    bad_ |= verdict == "bad";
  }
  std::vector<Column> finish() {
    std::vector<Column> columns;
    for (auto& column : columns_) columns.push_back(column.finish());
    return columns;
  }
  bool has_bad() const { return bad_; }

  std::string server;
  std::string subject;

 private:
  ColumnBuilder<Type::kString> columns_[5];
  bool bad_ = false;
};

/// Ids of a page, in their order.
class PageIds : public taxii::ObjectSink {
 public:
  Result<void> begin() override {
    objects.clear();
    return ok();
  }
  Result<void> take(std::string_view json) override {
    objects.emplace_back(json);
    return ok();
  }
  Result<std::size_t> seal() override { return objects.size(); }
  Result<void> publish(std::optional<Datetime>) override { return ok(); }
  std::vector<std::string> objects;
};

class Examination {
 public:
  Examination(Session& session, Findings& findings) : session_(session), findings_(findings) {}

  void root(const std::string& url);
  /// Some root or its collections.
  bool has_answered() const { return answered_; }

 private:
  void collection(const std::string& root, const taxii::Collection& collection);
  void paging(const std::string& url);
  void dates(const std::string& url);
  void slash(const std::string& url);
  taxii::PageEnd page(const std::string& url, const net::Parameters& parameters, PageIds& ids);

  Session& session_;
  Findings& findings_;
  bool answered_ = false;
};

taxii::PageEnd Examination::page(const std::string& url, const net::Parameters& parameters,
                                 PageIds& ids) {
  net::Request request =
      session_.server().request(net::with_parameters(url, parameters), taxii::Content::kStix);
  request.repeat = net::Repeat::kLookUp;
  return taxii::PageFetch(session_.server().http(), std::move(request), ids, "get objects").wait();
}

std::string problem_text(const taxii::PageEnd& end) {
  if (end.error) return end.error->message();
  return taxii::problem_of(end.head, "get objects").message();
}

void Examination::slash(const std::string& url) {
  net::Request request =
      session_.server().request(url.substr(0, url.size() - 1), taxii::Content::kResource);
  request.max_redirects = 0;
  const auto answer = session_.server().http().call(std::move(request));
  if (answer && !answer->is_success())
    findings_.add("note", "address without a slash at its end",
                  fmt::format("HTTP {}; pulling always asks with one", answer->status));
}

/// A page of two, the next one, and the same once more: does the token name a place or a turn?
void Examination::paging(const std::string& url) {
  PageIds first, second, again;
  const taxii::PageEnd begin = page(url, {{"limit", "2"}}, first);
  if (begin.kind != taxii::PageEnd::Kind::kComplete) {
    findings_.add("bad", "limit=2", problem_text(begin));
    return;
  }
  if (begin.objects > 2)
    findings_.add("note", "limit", fmt::format("{} objects came for limit=2", begin.objects));
  findings_.add(begin.last ? "ok" : "note", "dates of a page in headers",
                begin.last ? "" : "the manifest or the server's clock must do");
  if (!begin.more) {
    findings_.add("ok", "paging", "all on one page");
    return;
  }
  if (begin.next.empty()) {
    findings_.add(begin.last ? "note" : "bad", "more without next",
                  begin.last ? "goes on by date" : "nothing leads on");
    return;
  }
  const net::Parameters next{{"limit", "2"}, {"next", begin.next}};
  const taxii::PageEnd middle = page(url, next, second);
  const taxii::PageEnd repeated = page(url, next, again);
  if (middle.kind != taxii::PageEnd::Kind::kComplete) {
    findings_.add("bad", "next", problem_text(middle));
    return;
  }
  const bool same =
      repeated.kind == taxii::PageEnd::Kind::kComplete && second.objects == again.objects;
  findings_.add(same ? "ok" : "note", "asking again with the same next",
                same ? "gives the same page"
                     : "gives another page or none: a broken answer makes the chain begin anew");
  if (begin.last && middle.first && middle.first->at < begin.last->at)
    findings_.add("note", "order of pages", "not by date_added: a broken pull begins anew");
}

void Examination::dates(const std::string& url) {
  PageIds ids;
  const net::Parameters future{{"added_after", "2999-01-01T00:00:00.000000Z"}};
  const taxii::PageEnd end = page(url, future, ids);
  if (end.kind != taxii::PageEnd::Kind::kComplete) {
    findings_.add("bad", "added_after", problem_text(end));
  } else if (end.objects > 0) {
    findings_.add("bad", "added_after", "is ignored: every pull reads everything again");
  } else {
    findings_.add("ok", "added_after");
  }
}

void Examination::collection(const std::string& root, const taxii::Collection& collection) {
  findings_.subject = collection.title.empty() ? collection.id : collection.title;
  if (!collection.can_read) {
    findings_.add("note", "can_read", "this account may not read it");
    return;
  }
  const std::string url = taxii::collection_url(root, collection.id);
  if (session_.server().version() == taxii::Version::k20) {
    findings_.add("note", "version", "TAXII 2.0: pages are ranges of positions");
    return;
  }
  paging(url + "objects/");
  dates(url + "objects/");
  PageIds entries;
  const taxii::PageEnd manifest = page(url + "manifest/", {{"limit", "1"}}, entries);
  const bool has_manifest = manifest.kind == taxii::PageEnd::Kind::kComplete;
  findings_.add(has_manifest ? "ok" : "note", "manifest",
                has_manifest ? "" : problem_text(manifest) + "; --verify has nothing to go by");
}

void Examination::root(const std::string& url) {
  findings_.subject = url;
  const Result<taxii::ApiRoot> root = session_.server().api_root(url);
  answered_ = answered_ || root;
  if (root) {
    findings_.add("ok", "API root", root->title);
  } else {
    findings_.add("bad", "API root", root.error().message());
  }
  slash(url);
  const auto collections = session_.server().collections(url);
  if (!collections) {
    findings_.add("bad", "collections", collections.error().message());
    return;
  }
  answered_ = true;
  findings_.add(
      collections->empty() ? "note" : "ok", "collections",
      collections->empty() ? "this account is shown none" : std::to_string(collections->size()));
  for (const taxii::Collection& each : *collections) collection(url, each);
}

Result<void> examine(const ServerSettings& settings, const config::RunContext& context,
                     Findings& findings) {
  config::RunContext hearing = context;
  hearing.warn = [&findings](const std::string& text) {
    findings.add("note", "unlike the standard", text);
  };
  findings.subject = "server";
  Session session(settings, hearing);
  std::vector<std::string> roots;
  if (settings.api_root.empty()) {
    QUARRY_TRY(const taxii::Server::Found found, session.server().look_at(settings.url));
    for (const taxii::ApiRoot& root : found.roots) roots.push_back(root.url);
    for (const Error& silent : found.silent) findings.add("bad", "API root", silent.message());
    findings.add("ok", "discovery", found.discovery ? found.discovery->title : "an API root");
  } else {
    QUARRY_TRY(std::string root, taxii::with_slash(settings.api_root));
    roots.push_back(std::move(root));
  }
  Examination examination(session, findings);
  for (const std::string& root : roots) examination.root(root);
  findings.subject = "server";
  if (!examination.has_answered()) return ok();
  findings.add("ok", "version", taxii::name_of(session.server().version()));
  return ok();
}

}  // namespace

Result<int> check_command(cli::Invocation& invocation) {
  const config::RunContext context = invocation.run_context();
  QUARRY_TRY(const std::vector<ChosenServer> servers,
             choose_servers(invocation, &invocation.cancel()));
  Findings findings;
  for (const ChosenServer& server : servers) {
    findings.server = server.label;
    findings.subject = "server";
    const Result<void> done = server.settings ? examine(*server.settings, context, findings)
                                              : fail(server.settings.error());
    if (done) continue;
    if (servers.size() == 1) return fail(done.error());
    const std::string& file = done.error().file();
    findings.add("bad", "answer", (file.empty() ? "" : file + ": ") + done.error().message());
  }
  QUARRY_TRY(const int status, cli::show_rows(invocation, schema(), findings.finish()));
  return status == 0 && findings.has_bad() ? 1 : status;
}

}  // namespace quarry::taxii_pull
