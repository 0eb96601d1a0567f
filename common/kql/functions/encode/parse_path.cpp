// parse_path(): the parts of a file path of Windows or Unix, with or without a scheme, as a bag.
#include "common/base/text.h"
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

bool is_slash(char c) { return c == '/' || c == '\\'; }

struct Path {
  std::string_view scheme, root, directory, directory_name, file, extension, stream;
};

/// "file:///C:/…": the scheme and its slashes go.
void take_scheme(std::string_view& text, Path& path) {
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos || colon < 2) return;
  path.scheme = text.substr(0, colon);
  text.remove_prefix(colon + 3);
  if (text.size() > 2 && text[0] == '/' && text::is_ascii_alpha(text[1]) && text[2] == ':')
    text.remove_prefix(1);
}

Path split_path(std::string_view text) {
  Path path;
  take_scheme(text, path);
  if (text.size() >= 2 && text::is_ascii_alpha(text[0]) && text[1] == ':')
    path.root = text.substr(0, 2);
  std::size_t file_begin = text.size();
  while (file_begin > path.root.size() && !is_slash(text[file_begin - 1])) --file_begin;
  path.file = text.substr(file_begin);
  if (file_begin > path.root.size()) path.directory = text.substr(0, file_begin - 1);
  if (const std::size_t colon = path.file.find(':'); colon != std::string_view::npos) {
    path.stream = path.file.substr(colon + 1);
    path.file = path.file.substr(0, colon);
  }
  if (const std::size_t dot = path.file.rfind('.'); dot != std::string_view::npos)
    path.extension = path.file.substr(dot + 1);
  std::size_t name_begin = path.directory.size();
  while (name_begin > path.root.size() && !is_slash(path.directory[name_begin - 1])) --name_begin;
  path.directory_name = path.directory.substr(name_begin);
  return path;
}

DynamicText parse_path(std::string_view text) {
  const Path path = split_path(text);
  std::string json(1, '{');
  const auto append = [&](std::string_view name, std::string_view value) {
    if (json.size() > 1) json += ',';
    append_json_string(json, name);
    json += ':';
    append_json_string(json, value);
  };
  append("Scheme", path.scheme);
  append("RootPath", path.root);
  append("DirectoryPath", path.directory);
  append("DirectoryName", path.directory_name);
  append("Filename", path.file);
  append("Extension", path.extension);
  append("AlternateDataStreamName", path.stream);
  json += '}';
  return {std::move(json)};
}

constexpr Param kParams[]{{"path", "A file path."}};
constexpr FunctionDef kParsePath{
    .name = "parse_path",
    .summary =
        "Returns the parts of a file path: Scheme, RootPath, DirectoryPath, DirectoryName, "
        "Filename, Extension, "
        "AlternateDataStreamName.",
    .params = kParams,
    .example = {R"(print parse_path(@"C:\temp\file.txt").DirectoryPath)", R"(C:\temp)"},
    .overloads = rowwise<parse_path>};

constexpr const FunctionDef* kScalars[]{&kParsePath};

}  // namespace

extern constinit const FunctionTable kParsePathFunction{"encode", kScalars};

}  // namespace quarry::kql::functions
