// What a row says beyond its columns, and its id.
#include "common/base/digest.h"
#include "common/base/text.h"
#include "common/json/object_writer.h"
#include "tools/taxii-pull/rows/converter.h"

namespace quarry::taxii_pull {

std::string indicator_id(std::string_view source, std::string_view stix_id,
                         const flatten::FlatRow* row) {
  std::string text(source);
  text.append(1, '\n').append(stix_id).append(1, '\n');
  if (row != nullptr) {
    text.append(row->key).append(1, '\n').append(row->value);
    if (row->variant > 0) text.append(1, '\n').append(std::to_string(row->variant));
  }
  std::string id = hex_digest(DigestKind::kSha256, text).substr(0, 32);
  for (char& c : id) c = text::ascii_upper(c);
  return id;
}

std::string additional_information(const Indicator& indicator, const flatten::FlatRow* row,
                                   const flatten::Flattened& all) {
  json::ObjectWriter writer;
  writer.boolean("alone", row != nullptr && row->alone);
  writer.boolean("partial", all.partial);
  writer.boolean("qualified", all.qualified);
  if (indicator.pattern_type != "stix") writer.text("pattern_type", indicator.pattern_type);
  if (indicator.tlp) writer.text("tlp", stix::exact_name(*indicator.tlp));
  writer.raw_if("markings", json_list(indicator.unknown_markings));
  writer.raw_if("kill_chain", json_list(indicator.kill_chain.others));
  writer.raw_if("attack_patterns", json_list(indicator.surroundings.attack_patterns));
  if (row != nullptr && !row->others.empty()) {
    json::ObjectWriter others;
    for (const flatten::Observable& other : row->others) others.text(other.key, other.value);
    writer.raw("companions", others.take());
  }
  if (!indicator.external_references.empty()) {
    std::string references;
    append_compact(references, indicator.external_references);
    writer.raw("external_references", references);
  }
  writer.text_if("lang", indicator.language);
  return writer.take();
}

}  // namespace quarry::taxii_pull
