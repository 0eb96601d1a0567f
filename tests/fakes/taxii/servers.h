// TAXII servers as they are met: one cloud has an API root for each way of behaving, below
// /taxii/KIND/. README.md lists the kinds.
#pragma once

#include "tests/fakes/cloud.h"
#include "tests/fakes/taxii/made_objects.h"

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::fakes::taxii {

class Servers {
 public:
  /// Adds the routes. `count`: how many objects each collection holds.
  Servers(Cloud& cloud, std::size_t count, std::string secret);

  /// What "analyst" signs in with; a bearer token and an API key, too.
  const std::string& secret() const { return secret_; }
  const std::vector<MadeObject>& objects() const { return objects_; }

 private:
  struct Chain {  // of a server that remembers what it gave
    std::vector<const MadeObject*> left;
    std::string query;
    int uses = 0;
  };
  using Page = std::vector<const MadeObject*>;

  Reply answer(const Request& request, const Captures& at, std::string_view resource);
  std::optional<Reply> refuse(const Request& request, std::string_view kind,
                              std::string_view resource);
  std::optional<Reply> refuse_filters(const Request& request, std::string_view kind);
  Reply give_token(const Request& request);
  bool use_token(std::string_view authorization);
  Reply discovery() const;
  Reply collections(std::string_view kind) const;
  Reply content(const Request& request, std::string_view kind, std::string_view resource);
  Reply pages(const Request& request, std::string_view kind, std::string_view resource, Page all);
  Reply remembered(const Request& request, std::string_view kind, std::string_view resource,
                   Page all);
  Reply ranges(const Request& request, std::string_view kind, std::string_view resource, Page all);
  Page fitting(const Request& request, std::string_view kind) const;

  Cloud& cloud_;
  std::string secret_;
  std::vector<MadeObject> objects_;
  std::mutex mutex_;
  std::map<std::string, Chain> chains_;  // by token
  std::string token_;                    // of "oauth": the latest
  int token_uses_ = 0;
};

/// The body of a page. `more` and `next` are left out where they say nothing (TAXII 2.0).
std::string envelope(const std::vector<const MadeObject*>& page, std::string_view resource,
                     std::optional<bool> more, const std::string& next_json);
/// With the dates of the page in headers.
Reply taxii_reply(std::string body, const std::vector<const MadeObject*>& page);
Reply refusal(int status, std::string_view why);

}  // namespace quarry::fakes::taxii
