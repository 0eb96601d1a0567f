// parse_xml(): an XML document as a dynamic value. KQL: attributes become "@name", text beside them
// "#text", repeated elements an array, an empty element null. Null where the document is not
// well-formed. External entities do not exist for this reader.
#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/kql/functions/text_arguments_inl.h"

#include <unordered_map>
#include <utility>
#include <vector>

namespace quarry::kql::functions {
namespace {

constexpr int kMaxDepth = 256;

/// One member of an element: an attribute, a text or a child; values are JSON. Those of equal name
/// become one array.
struct Member {
  std::string name;
  std::vector<std::string> values;
};

class Members {
 public:
  void add(std::string name, std::string value) {
    const auto [place, is_new] = places_.emplace(name, all_.size());
    if (is_new) all_.push_back({std::move(name), {}});
    all_[place->second].values.push_back(std::move(value));
  }
  bool empty() const { return all_.empty(); }
  void write(std::string& json) const {
    json += '{';
    for (const Member& member : all_) {
      if (json.back() != '{') json += ',';
      append_json_string(json, member.name);
      json += ':';
      if (member.values.size() == 1) {
        json += member.values.front();
        continue;
      }
      for (std::size_t i = 0; i < member.values.size(); ++i) {
        json += i == 0 ? '[' : ',';
        json += member.values[i];
      }
      json += ']';
    }
    json += '}';
  }

 private:
  std::vector<Member> all_;
  std::unordered_map<std::string, std::size_t> places_;
};

std::string quoted(std::string_view text) {
  std::string json;
  append_json_string(json, text);
  return json;
}

bool is_blank(std::string_view text) { return text::trim_ascii(text).empty(); }

class XmlReader {
 public:
  explicit XmlReader(std::string_view text) : text_(text) {}

  /// {"root": …}
  bool read(std::string& json) {
    if (!skip_between() || !at("<")) return false;
    Members document;
    if (!element(document, 0) || !skip_between() || at_ != text_.size()) return false;
    document.write(json);
    return true;
  }

 private:
  bool at(std::string_view token) const { return text_.substr(at_).starts_with(token); }
  bool take(std::string_view token) {
    if (!at(token)) return false;
    at_ += token.size();
    return true;
  }
  /// Moves behind the next occurrence; what stood before it is returned through `before`.
  bool take_until(std::string_view token, std::string_view& before) {
    const std::size_t end = text_.find(token, at_);
    if (end == std::string_view::npos) return false;
    before = text_.substr(at_, end - at_);
    at_ = end + token.size();
    return true;
  }
  void skip_blanks() {
    while (at_ < text_.size() && text::is_ascii_space(text_[at_])) ++at_;
  }

  /// Comments and processing instructions, the declaration among them, and a document type without
  /// an inner part.
  bool skip_markup(bool& skipped) {
    std::string_view ignored;
    skipped = true;
    if (take("<!--")) return take_until("-->", ignored);
    if (take("<?")) return take_until("?>", ignored);
    if (take("<!DOCTYPE"))
      return take_until(">", ignored) && ignored.find('[') == std::string_view::npos;
    skipped = false;
    return true;
  }
  bool skip_between() {
    for (bool skipped = true; skipped;) {
      skip_blanks();
      if (!skip_markup(skipped)) return false;
    }
    return true;
  }

  std::string_view name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !text::is_ascii_space(text_[at_]) &&
           std::string_view("<>/='\"").find(text_[at_]) == std::string_view::npos)
      ++at_;
    return text_.substr(begin, at_ - begin);
  }

  static bool append_entity(std::string& out, std::string_view entity) {
    static constexpr std::pair<std::string_view, char> kEntities[]{
        {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
    for (const auto& [known, character] : kEntities) {
      if (entity != known) continue;
      out += character;
      return true;
    }
    if (!entity.starts_with('#')) return false;
    entity.remove_prefix(1);
    const bool is_hex = entity.starts_with('x');
    const auto code = is_hex ? read_long("0" + std::string(entity)) : text::parse_int64(entity);
    if (!code || *code <= 0 || *code > 0x10FFFF || (*code >= 0xD800 && *code <= 0xDFFF))
      return false;
    unicode::append(out, static_cast<char32_t>(*code));
    return true;
  }
  static bool append_decoded(std::string& out, std::string_view raw) {
    for (std::size_t i = 0; i < raw.size(); ++i) {
      if (raw[i] != '&') {
        out += raw[i];
        continue;
      }
      const std::size_t end = raw.find(';', i);
      if (end == std::string_view::npos || !append_entity(out, raw.substr(i + 1, end - i - 1)))
        return false;
      i = end;
    }
    return true;
  }

  bool attributes(Members& members) {
    for (skip_blanks(); at_ < text_.size() && text_[at_] != '>' && text_[at_] != '/';
         skip_blanks()) {
      const std::string_view attribute = name();
      skip_blanks();
      if (attribute.empty() || !take("=")) return false;
      skip_blanks();
      if (!at("\"") && !at("'")) return false;
      const std::string_view quote = text_.substr(at_++, 1);
      std::string_view raw;
      std::string value;
      if (!take_until(quote, raw) || !append_decoded(value, raw)) return false;
      members.add("@" + std::string(attribute), quoted(value));
    }
    return true;
  }

  /// Texts and children up to the end tag, which is taken.
  bool content(std::string_view tag, Members& members, std::string& text, int depth) {
    while (true) {
      std::string_view raw;
      if (take("</")) {
        const bool matches = name() == tag;
        skip_blanks();
        return matches && take(">");
      }
      if (take("<![CDATA[")) {
        if (!take_until("]]>", raw)) return false;
        text += raw;
        continue;
      }
      bool skipped = false;
      if (!skip_markup(skipped)) return false;
      if (skipped) continue;
      if (at("<")) {
        if (!element(members, depth + 1)) return false;
        continue;
      }
      const std::size_t end = text_.find('<', at_);
      if (end == std::string_view::npos || !append_decoded(text, text_.substr(at_, end - at_)))
        return false;
      at_ = end;
    }
  }

  bool element(Members& parent, int depth) {
    if (depth == kMaxDepth || !take("<")) return false;
    const std::string_view tag = name();
    Members members;
    std::string text;
    if (tag.empty() || !attributes(members)) return false;
    if (!take("/>") && !(take(">") && content(tag, members, text, depth))) return false;
    std::string value;
    if (!is_blank(text)) {
      if (members.empty())
        value = quoted(text);
      else
        members.add("#text", quoted(text::trim_ascii(text)));
    }
    if (!members.empty()) members.write(value);
    parent.add(std::string(tag), value.empty() ? "null" : std::move(value));
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

DynamicText parse_xml(std::string_view xml) {
  std::string json;
  if (!XmlReader(xml).read(json)) return {};
  return {std::move(json)};
}

constexpr Param kParams[]{{"xml", "An XML document."}};
constexpr FunctionDef kParseXml{
    .name = "parse_xml",
    .summary = "Reads an XML document as a bag; null where it is not well-formed.",
    .params = kParams,
    .example = {R"(print parse_xml('<e name="v"><a>1</a><a>2</a></e>'))",
                R"({"e":{"@name":"v","a":["1","2"]}})"},
    .resolve = resolve_any_text<parse_xml>,
    .naming = ResultNaming::kFirstArgument};

constexpr const FunctionDef* kScalars[]{&kParseXml};

}  // namespace

extern constinit const FunctionTable kParseXmlFunction{"encode", kScalars};

}  // namespace quarry::kql::functions
