// Typed literals: long(5), datetime(2024-05-01), dynamic([1, 'a']), guid(…), and their nulls.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace quarry::kql::syntax {

/// True for names that, followed by a parenthesis, make a literal: int long real bool datetime
/// timespan guid decimal dynamic …
bool is_typed_literal(std::string_view name);

/// true and false as KQL spells them (also True, TRUE …); nullopt for other words.
std::optional<bool> boolean_word(std::string_view word);

/// KQL's dynamic notation (JSON, also with 'single' and @"verbatim" strings, h"…", and datetime(…)
/// and other literals inside) as JSON text; nullopt where it is neither, `error_at` then says
/// where.
std::optional<std::string> dynamic_to_json(std::string_view text, std::size_t& error_at);

}  // namespace quarry::kql::syntax
