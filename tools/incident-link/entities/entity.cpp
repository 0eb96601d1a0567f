#include "tools/incident-link/entities/entity.h"

#include "common/json/object_writer.h"
#include "common/json/raw_object.h"
#include "common/value/dynamic.h"

namespace quarry::incident_link {

std::string_view name_of(Role role) { return role == Role::kImpacted ? "impacted" : "related"; }

std::string to_json(const std::vector<Entity>& entities) {
  std::string out = "[";
  for (const Entity& entity : entities) {
    if (out.size() > 1) out += ',';
    json::ObjectWriter writer;
    writer.text("type", entity.type)
        .text("id", entity.id)
        .text("value", entity.value)
        .text("role", name_of(entity.role));
    out += writer.take();
  }
  return out + "]";
}

std::vector<Entity> entities_of_json(std::string_view json) {
  std::vector<Entity> entities;
  ArrayCursor cursor{DynamicView(json)};
  for (DynamicView element; cursor.next(element);) {
    const auto text = [&element](std::string_view key) {
      return json::string_of(element.member(key).json());
    };
    if (text("type").empty()) continue;
    entities.push_back({.type = text("type"),
                        .id = text("id"),
                        .value = text("value"),
                        .role = text("role") == "impacted" ? Role::kImpacted : Role::kRelated});
  }
  return entities;
}

}  // namespace quarry::incident_link
