// What the path of a raw-data export says about when its rows arrived. Azure writes one folder an
// hour, …/y=2026/m=11/d=20/h=09/m=00/PT1H.json, by the time at which events came in; an event may
// come late, never (but for its clock) early.
#pragma once

#include "common/table/reader.h"
#include "common/time/ticks.h"

#include <optional>
#include <string_view>

namespace quarry::table {

/// Hour or day of arrival: from `begin` on, before `end`.
struct Arrival {
  Datetime begin;
  Datetime end;
};

/// Of the folders y=…/m=…/d=…[/h=…] of a path, whatever surrounds them; nullopt where they are not
/// there or are no date.
std::optional<Arrival> arrival_of(std::string_view path);

/// True where no row that arrived then can lie in the wanted time: nothing arrives more than five
/// minutes before it happened, or, where that is promised, more than `promptness` after.
bool rules_out(const Arrival& arrival, const TimeRange& wanted, std::optional<Timespan> promptness);

}  // namespace quarry::table
