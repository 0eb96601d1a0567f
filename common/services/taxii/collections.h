// What a TAXII server tells about itself: discovery, API roots, collections.
#pragma once

#include "common/base/result.h"
#include "common/json/document.h"

#include <string>
#include <vector>

namespace quarry::services::taxii {

struct Discovery {
  std::string title;
  std::string description;
  std::string default_root;            // as written: may be relative, may name another host
  std::vector<std::string> api_roots;  // likewise
};

struct ApiRoot {
  std::string url;  // ends in a slash
  std::string title;
  std::vector<std::string> versions;
};

struct Collection {
  std::string id;
  std::string alias;
  std::string title;
  std::string description;
  bool can_read = true;
  bool can_write = false;
  std::vector<std::string> media_types;
};

bool is_discovery(json::Node root);
bool is_api_root(json::Node root);
Discovery parse_discovery(json::Node root);
ApiRoot parse_api_root(json::Node root, std::string url);
Collection parse_collection(json::Node node);

/// Any string may be an id: it is percent-encoded.
std::string collection_url(const std::string& root, const std::string& id);

}  // namespace quarry::services::taxii
