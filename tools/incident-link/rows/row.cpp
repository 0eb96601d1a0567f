#include "tools/incident-link/rows/row.h"

#include "common/base/digest.h"
#include "common/json/object_writer.h"
#include "common/value/dynamic.h"

#include <map>
#include <utility>

namespace quarry::incident_link {
namespace {

bool is_missing(const DynamicView& value) { return value.is_null() || value.json() == "\"\""; }

enum class Level : bool { kRow, kInside };

void append_canonical(std::string& out, const DynamicView& value, Level level) {
  std::string scratch;
  switch (value.kind()) {
    case DynamicKind::kString:
      append_json_string(out, value.as_string(scratch).value_or(""));
      return;
    case DynamicKind::kArray: {
      out += '[';
      ArrayCursor cursor(value);
      bool first = true;
      for (DynamicView element; cursor.next(element); first = false) {
        if (!first) out += ',';
        append_canonical(out, element, Level::kInside);
      }
      out += ']';
      return;
    }
    case DynamicKind::kBag: {
      std::map<std::string, DynamicView> members;
      BagCursor cursor(value);
      std::string_view key;
      for (DynamicView member; cursor.next(key, member);) {
        std::string name;
        decode_json_string(key, name);
        if (level == Level::kRow && is_missing(member)) {
          members.erase(name);
          continue;
        }
        members.insert_or_assign(std::move(name), member);
      }
      char before = '{';
      for (const auto& [name, member] : members) {
        out += std::exchange(before, ',');
        append_json_string(out, name);
        out += ':';
        append_canonical(out, member, Level::kInside);
      }
      out += members.empty() ? "{}" : "}";
      return;
    }
    default:
      out += value.is_null() ? "null" : value.json();
  }
}

}  // namespace

std::string canonical_json(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  append_canonical(out, DynamicView(json), Level::kRow);
  return out;
}

Result<Row> Row::parse(std::string text, std::string place) {
  Row row;
  row.place_ = std::move(place);
  row.text_ = std::make_unique<const std::string>(std::move(text));
  QUARRY_TRY(row.members_, json::raw_members(*row.text_, row.place_));
  row.sha256_ = hex_digest(DigestKind::kSha256, canonical_json(*row.text_));
  return row;
}

std::string_view Row::raw(std::string_view column) const {
  const std::string_view value = json::find_raw(members_, column);
  const std::size_t dot = column.find('.');
  if (!value.empty() || dot == std::string_view::npos) return value;
  const DynamicView bag(json::find_raw(members_, column.substr(0, dot)));
  return bag.member(column.substr(dot + 1)).json();
}

std::string Row::text(std::string_view column) const { return json::text_of(raw(column)); }

bool Row::has(std::string_view column) const {
  const std::string_view value = raw(column);
  return !value.empty() && value != "null" && value != "\"\"";
}

}  // namespace quarry::incident_link
