// Typed literals: long(5), datetime(2024-05-01), dynamic([1, 'a']), guid(…), and their nulls.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace quarry::kql::syntax {

/// True for names that, followed by a parenthesis, make a literal: int long real bool datetime timespan guid decimal dynamic …
bool is_typed_literal(std::string_view name);

/// KQL's dynamic notation (JSON, also with 'single' and @"verbatim" strings, h"…", and datetime(…) and other literals inside) as
/// JSON text; nullopt where it is neither, `error_at` then says where.
std::optional<std::string> dynamic_to_json(std::string_view text, std::size_t& error_at);

}  // namespace quarry::kql::syntax
