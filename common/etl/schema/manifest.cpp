#include "common/etl/schema/manifest.h"

#include "common/base/file.h"
#include "common/base/text.h"
#include "common/etl/schema/schema_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <pugixml.hpp>

namespace quarry::etl {
namespace {

constexpr unsigned kMaxDepth = 4;

/// Without the namespace's prefix.
std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}
bool is_element(const pugi::xml_node& node, std::string_view name) {
  return local_name(node.name()) == name;
}
std::string_view attribute(const pugi::xml_node& node, const char* name) {
  return node.attribute(name).value();
}

/// Children of that name, in any namespace.
template <class Each>
void for_children(const pugi::xml_node& node, std::string_view name, Each&& each) {
  for (const pugi::xml_node& child : node.children()) {
    if (is_element(child, name)) each(child);
  }
}
/// Grandchildren: the <task>s of <tasks>.
template <class Each>
void for_listed(const pugi::xml_node& node, std::string_view list, std::string_view name,
                Each&& each) {
  for_children(node, list, [&](const pugi::xml_node& found) { for_children(found, name, each); });
}

/// Decimal or 0x….
std::optional<std::uint32_t> number_of(std::string_view text) {
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  if (hex) text.remove_prefix(2);
  std::uint32_t value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, hex ? 16 : 10);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

using Strings = std::map<std::string, std::string, std::less<>>;

class ProviderReader {
 public:
  ProviderReader(const Strings& strings, const ManifestSink& sink)
      : strings_(strings), sink_(sink) {}

  /// False where the sink had enough.
  bool read(const pugi::xml_node& provider);

 private:
  /// "$(string.Task.Scan)" -> its text; the reference itself where the table lacks it.
  std::string resolved(std::string_view text) const;
  void read_maps(const pugi::xml_node& provider);
  void read_event(const pugi::xml_node& event);
  void read_template(const pugi::xml_node& node);
  void read_fields(const pugi::xml_node& node, unsigned depth, std::vector<Field>& fields);
  bool read_data(const pugi::xml_node& node, Field& field);
  void read_count(const pugi::xml_node& node, Field& field);
  std::optional<std::uint16_t> number_of_field(std::string_view name) const;

  const Strings& strings_;
  const ManifestSink& sink_;
  bool wanted_ = true;
  Guid guid_{};
  std::string name_;
  std::map<std::string, std::vector<Field>, std::less<>> templates_;
  std::map<std::string, std::uint16_t, std::less<>> numbers_;  // of the template's fields so far
  std::uint16_t next_number_ = 0;                              // two fields may share a name
};

std::string ProviderReader::resolved(std::string_view text) const {
  constexpr std::string_view kStart = "$(string.";
  if (text.starts_with(kStart) && text.ends_with(')')) {
    const auto found = strings_.find(text.substr(kStart.size(), text.size() - kStart.size() - 1));
    if (found != strings_.end()) return found->second;
  }
  return std::string(text);
}

void ProviderReader::read_maps(const pugi::xml_node& provider) {
  for (const std::string_view kind : {"valueMap", "bitMap"}) {
    for_listed(provider, "maps", kind, [&](const pugi::xml_node& node) {
      ValueMap map;
      map.name = attribute(node, "name");
      map.bits = kind == "bitMap";
      for_children(node, "map", [&](const pugi::xml_node& entry) {
        if (const auto value = number_of(attribute(entry, "value")))
          map.entries.emplace_back(*value, resolved(attribute(entry, "message")));
      });
      if (wanted_) wanted_ = sink_.map(guid_, std::move(map));
    });
  }
}

std::optional<std::uint16_t> ProviderReader::number_of_field(std::string_view name) const {
  const auto found = numbers_.find(name);
  if (found == numbers_.end()) return std::nullopt;
  return found->second;
}

/// count="8" or count="NumberOfPaths".
void ProviderReader::read_count(const pugi::xml_node& node, Field& field) {
  const std::string_view text = attribute(node, "count");
  if (text.empty()) return;
  if (const auto number = number_of(text)) {
    field.count = static_cast<std::uint16_t>(std::min<std::uint32_t>(*number, 0xFFFF));
    if (field.count != 1) field.count_rule = CountRule::kFixed;
  } else if (const auto other = number_of_field(text)) {
    field.count = *other;
    field.count_rule = CountRule::kByField;
  }
}

bool ProviderReader::read_data(const pugi::xml_node& node, Field& field) {
  const auto type = parse_in_type(attribute(node, "inType"));
  if (!type) return false;
  field.in_type = *type;
  field.out_type = parse_out_type(attribute(node, "outType"));
  field.map_name = attribute(node, "map");
  read_count(node, field);
  const std::string_view length = attribute(node, "length");
  if (const auto number = number_of(length)) {
    field.length = static_cast<std::uint16_t>(std::min<std::uint32_t>(*number, 0xFFFF));
    field.length_rule = LengthRule::kFixed;
  } else if (const auto other = number_of_field(length)) {
    field.length = *other;
    field.length_rule = LengthRule::kByField;
  } else if (field.in_type == InType::kBinary && field.out_type == OutType::kIpv6) {
    field.length = 16;
    field.length_rule = LengthRule::kFixed;
  }
  return true;
}

/// Behind a field of an unknown type nothing can be found: the list ends there.
void ProviderReader::read_fields(const pugi::xml_node& node, unsigned depth,
                                 std::vector<Field>& fields) {
  for (const pugi::xml_node& child : node.children()) {
    const bool is_struct = is_element(child, "struct");
    if (!is_struct && !is_element(child, "data")) continue;
    Field field;
    field.name = attribute(child, "name");
    field.number = next_number_++;
    if (is_struct) {
      if (depth >= kMaxDepth) return;
      field.in_type = InType::kStruct;
      read_count(child, field);
      numbers_.insert_or_assign(field.name, field.number);
      read_fields(child, depth + 1, field.members);
    } else {
      if (!read_data(child, field)) return;
      numbers_.insert_or_assign(field.name, field.number);
    }
    fields.push_back(std::move(field));
  }
}

void ProviderReader::read_template(const pugi::xml_node& node) {
  numbers_.clear();
  next_number_ = 0;
  read_fields(node, 0, templates_[std::string(attribute(node, "tid"))]);
}

void ProviderReader::read_event(const pugi::xml_node& event) {
  const auto id = number_of(attribute(event, "value"));
  if (!id || *id > 0xFFFF || !wanted_) return;
  EventLayout layout;
  layout.provider = guid_;
  layout.source = LayoutSource::kManifest;
  layout.id = static_cast<std::uint16_t>(*id);
  layout.version = static_cast<std::uint8_t>(number_of(attribute(event, "version")).value_or(0));
  layout.provider_name = name_;
  layout.task_name = local_name(attribute(event, "task"));
  layout.opcode_name = local_name(attribute(event, "opcode"));
  layout.level_name = local_name(attribute(event, "level"));
  layout.channel_name = attribute(event, "channel");
  layout.keyword_names = attribute(event, "keywords");
  layout.message = resolved(attribute(event, "message"));
  if (layout.task_name.empty()) layout.event_name = attribute(event, "symbol");
  const auto found = templates_.find(attribute(event, "template"));
  if (found != templates_.end()) layout.fields = found->second;
  wanted_ = sink_.layout(std::move(layout));
}

bool ProviderReader::read(const pugi::xml_node& provider) {
  const auto guid = parse_guid(attribute(provider, "guid"));
  if (!guid) return true;
  guid_ = *guid;
  name_ = attribute(provider, "name");
  read_maps(provider);
  for_listed(provider, "templates", "template", [this](const auto& node) { read_template(node); });
  for_listed(provider, "events", "event", [this](const auto& node) { read_event(node); });
  return wanted_;
}

/// The strings of the first language that has each.
Strings read_strings(const pugi::xml_node& root) {
  Strings strings;
  for_listed(root, "localization", "resources", [&](const pugi::xml_node& resources) {
    for_listed(resources, "stringTable", "string", [&](const pugi::xml_node& entry) {
      strings.try_emplace(std::string(attribute(entry, "id")), attribute(entry, "value"));
    });
  });
  return strings;
}

std::string place_in(std::string_view xml, const std::string& name, std::ptrdiff_t offset) {
  const auto at =
      std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)), xml.size());
  const std::string_view before = xml.substr(0, at);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n');
  const std::size_t column = at - (start == std::string_view::npos ? 0 : start + 1) + 1;
  return fmt::format("{}:{}:{}", name, line, column);
}

}  // namespace

Result<bool> parse_manifest(std::string_view xml, const std::string& name,
                            const ManifestSink& sink) {
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(xml.data(), xml.size());
  if (!parsed) {
    return fail(Error(ErrorCode::kData, fmt::format("is no XML: {}", parsed.description()),
                      "a manifest begins with <instrumentationManifest>")
                    .at(place_in(xml, name, parsed.offset)));
  }
  const pugi::xml_node root = document.document_element();
  const Strings strings = read_strings(root);
  bool wanted = true;
  std::size_t providers = 0;
  for_children(root, "instrumentation", [&](const pugi::xml_node& instrumentation) {
    for_listed(instrumentation, "events", "provider", [&](const pugi::xml_node& provider) {
      ++providers;
      wanted = wanted && ProviderReader(strings, sink).read(provider);
    });
  });
  if (providers == 0) {
    return fail(Error(ErrorCode::kData, "holds no provider of events",
                      "<instrumentationManifest> with <instrumentation>, <events>, <provider>")
                    .at(name));
  }
  return wanted;
}

Result<void> SchemaSet::add_manifest(std::string_view xml, const std::string& name,
                                     LayoutSource source) {
  const ManifestSink sink{
      .layout =
          [&](EventLayout layout) {
            layout.source = source;
            return add(std::move(layout));
          },
      .map = [&](const Guid& provider, ValueMap map) { return add_map(provider, std::move(map)); }};
  QUARRY_TRY(const bool whole, parse_manifest(xml, name, sink));
  if (!whole) return fail(Error(ErrorCode::kData, "describes more events than are kept").at(name));
  return ok();
}

Result<void> SchemaSet::add_manifest_file(const std::string& path) {
  QUARRY_TRY(const std::string xml, read_file(path, std::uint64_t{64} << 20));
  return add_manifest(xml, path);
}

}  // namespace quarry::etl
