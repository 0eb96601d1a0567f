#include "tools/taxii-pull/rows/legacy_columns.h"
#include "tools/taxii-pull/rows/row.h"

namespace quarry::taxii_pull {

const RowTable& legacy_table() {
  static const RowTable table{"ThreatIntelligenceIndicator", Schema{{
#define COLUMN(name, type) {#name, Type::type},
#include "tools/taxii-pull/rows/legacy_columns.def"
#undef COLUMN
                                                             }}};
  return table;
}

const RowTable& stix_table() {
  static const RowTable table{"ThreatIntelIndicators", Schema{{
                                                           {"TimeGenerated", Type::kDatetime},
                                                           {"Id", Type::kString},
                                                           {"SourceSystem", Type::kString},
                                                           {"LastUpdateMethod", Type::kString},
                                                           {"IsDeleted", Type::kBool},
                                                           {"AdditionalFields", Type::kDynamic},
                                                           {"Data", Type::kDynamic},
                                                           {"IsActive", Type::kBool},
                                                           {"Revoked", Type::kBool},
                                                           {"ValidUntil", Type::kDatetime},
                                                           {"ValidFrom", Type::kDatetime},
                                                           {"Created", Type::kDatetime},
                                                           {"Modified", Type::kDatetime},
                                                           {"Tags", Type::kString},
                                                           {"Confidence", Type::kInt},
                                                           {"Pattern", Type::kString},
                                                           {"ObservableKey", Type::kString},
                                                           {"ObservableValue", Type::kString},
                                                           {"Type", Type::kString},
                                                       }}};
  return table;
}

const RowTable& object_table() {
  static const RowTable table{"ThreatIntelObjects", Schema{{
                                                        {"TimeGenerated", Type::kDatetime},
                                                        {"Id", Type::kString},
                                                        {"SourceSystem", Type::kString},
                                                        {"LastUpdateMethod", Type::kString},
                                                        {"IsDeleted", Type::kBool},
                                                        {"StixType", Type::kString},
                                                        {"Data", Type::kDynamic},
                                                        {"Type", Type::kString},
                                                    }}};
  return table;
}

}  // namespace quarry::taxii_pull
