#include "common/services/taxii/collections.h"

#include "common/net/url.h"

namespace quarry::services::taxii {
namespace {

std::string text_of(json::Node node) {
  if (const auto text = node.as_string()) return std::string(*text);
  if (const auto number = node.as_int64()) return std::to_string(*number);
  return {};
}

std::vector<std::string> texts_of(json::Node list) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < list.size() && list.is_array(); ++i)
    texts.push_back(text_of(list[i]));
  return texts;
}

}  // namespace

bool is_discovery(json::Node root) {
  return root.find("api_roots").is_array() || root.find("default").as_string().has_value();
}

bool is_api_root(json::Node root) { return root.find("versions").is_array(); }

Discovery parse_discovery(json::Node root) {
  return {.title = text_of(root.find("title")),
          .description = text_of(root.find("description")),
          .default_root = text_of(root.find("default")),
          .api_roots = texts_of(root.find("api_roots"))};
}

ApiRoot parse_api_root(json::Node root, std::string url) {
  return {.url = std::move(url),
          .title = text_of(root.find("title")),
          .versions = texts_of(root.find("versions"))};
}

Collection parse_collection(json::Node node) {
  return {.id = text_of(node.find("id")),
          .alias = text_of(node.find("alias")),
          .title = text_of(node.find("title")),
          .description = text_of(node.find("description")),
          .can_read = node.find("can_read").as_bool().value_or(true),
          .can_write = node.find("can_write").as_bool().value_or(false),
          .media_types = texts_of(node.find("media_types"))};
}

std::string collection_url(const std::string& root, const std::string& id) {
  return root + "collections/" + net::percent_encode(id) + "/";
}

}  // namespace quarry::services::taxii
