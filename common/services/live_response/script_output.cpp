#include "common/services/live_response/script_output.h"

#include "common/base/text.h"
#include "common/json/document.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::live_response {
namespace {

/// Control characters inside texts as JSON wants them.
std::string with_escaped_controls(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  bool in_text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_text && c == '\\' && i + 1 < json.size()) {
      out += c;
      out += json[++i];
      continue;
    }
    if (c == '"') in_text = !in_text;
    if (in_text && static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
  return out;
}

std::string without_nuls(std::string_view text) {
  while (!text.empty() && text.back() == '\0') text.remove_suffix(1);
  return std::string(text);
}

/// The output as JSON, where it is an object or a list.
std::optional<std::string> json_in(std::string_view output) {
  const std::string_view trimmed = text::trim_ascii(output);
  if (trimmed.empty() || (trimmed[0] != '{' && trimmed[0] != '[')) return std::nullopt;
  const auto document = json::Document::parse(trimmed, "output");
  if (!document) return std::nullopt;
  return document->root().to_json();
}

}  // namespace

std::string_view name_of(ScriptOutput::Form form) {
  if (form == ScriptOutput::Form::kText) return "text";
  return form == ScriptOutput::Form::kJson ? "json" : "raw";
}

ScriptOutput read_script_output(std::string_view file) {
  const std::string_view bom = "\xEF\xBB\xBF";
  const std::string_view whole = file;
  if (file.starts_with(bom)) file.remove_prefix(bom.size());
  file = text::trim_ascii(file);
  while (!file.empty() && file.back() == '\0') file.remove_suffix(1);
  auto document = json::Document::parse(file, "script result");
  if (!document) document = json::Document::parse(with_escaped_controls(file), "script result");
  if (!document || !document->root().is_object() ||
      document->root().find("script_output").is_null()) {
    return {.form = ScriptOutput::Form::kRaw,
            .output = std::string(whole),
            .errors = {},
            .exit_code = {}};
  }
  const json::Node root = document->root();
  ScriptOutput result{.form = ScriptOutput::Form::kText,
                      .output = without_nuls(root.find("script_output").as_string().value_or("")),
                      .errors = without_nuls(root.find("script_errors").as_string().value_or("")),
                      .exit_code = root.find("exit_code").as_int64()};
  if (auto nested = json_in(result.output)) {
    result.form = ScriptOutput::Form::kJson;
    result.output = *std::move(nested);
  }
  return result;
}

}  // namespace quarry::live_response
