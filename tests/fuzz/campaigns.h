// Every campaign, listed once.
#pragma once

#include "tests/fuzz/campaign.h"

namespace quarry::fuzz {

Campaign& kql_campaign();
Campaign& needle_campaign();
Campaign& syntax_campaign();
Campaign& value_campaign();
Campaign& ndjson_campaign();
Campaign& csv_campaign();
Campaign& json_array_campaign();
Campaign& gzip_campaign();

}  // namespace quarry::fuzz
