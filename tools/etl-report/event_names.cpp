#include "tools/etl-report/event_names.h"

#include "common/etl/event_class.h"

namespace quarry::etl_report {

std::string_view provider_name(const etl::Trace& trace, const Guid& provider) {
  const std::string_view name = trace.schemas().provider_name(provider);
  if (!name.empty()) return name;
  const auto& own = trace.survey().provider_names;
  if (const auto found = own.find(provider); found != own.end()) return found->second;
  const etl::EventClass* const known = etl::find_event_class(provider);
  return known == nullptr ? std::string_view() : known->name;
}

std::string class_name(const Guid& provider, std::uint8_t type) {
  const etl::EventClass* const known = etl::find_event_class(provider);
  if (known == nullptr) return {};
  const std::string_view name = etl::kernel_type_name(provider, type);
  return std::string(known->name) + (name.empty() ? "" : "/" + std::string(name));
}

std::string event_name(const etl::Trace& trace, const etl::EventKey& key,
                       const etl::EventCount& count) {
  if (!count.name.empty()) return count.name;
  if (key.kind == etl::RecordKind::kMessage) return {};
  const etl::EventLayout* const layout = trace.schemas().find(key.provider, key.id, key.version);
  if (layout != nullptr) return layout->title();
  return class_name(key.provider, static_cast<std::uint8_t>(key.id));
}

bool is_decodable(const etl::Trace& trace, const etl::EventKey& key) {
  if (key.kind == etl::RecordKind::kMessage) return false;
  return key.name_hash != 0 || trace.schemas().find(key.provider, key.id, key.version) != nullptr;
}

}  // namespace quarry::etl_report
