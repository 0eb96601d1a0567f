// Datetime and timespan -> text.
#pragma once

#include "common/time/ticks.h"

#include <string>
#include <string_view>

namespace quarry {

/// 2024-05-01T12:34:56.1234567Z (always 7 digits). Appends.
void append_datetime(std::string& out, Datetime value);
/// [-][d.]hh:mm:ss[.fffffff] (.NET "c": the fraction is left out when zero, else 7 digits).
/// Appends.
void append_timespan(std::string& out, Timespan value);

std::string to_string(Datetime value);
std::string to_string(Timespan value);

/// format_datetime() ("Kusto: format-datetime-function"): y yy yyyy M MM d dd h hh (1 … 12) H HH m
/// mm s ss f … fffffff F … FFFFFFF (without trailing zeros) tt, between them any of " /-:,._[]".
/// Appends; false where the format holds anything else.
bool format_datetime(Datetime value, std::string_view format, std::string& out);
/// format_timespan() ("Kusto: format-timespan-function"): d … dddddddd (whole days, padded) h hh H
/// HH (0 … 23) m mm s ss f… F…, the same delimiters. As in .NET the sign is not shown.
bool format_timespan(Timespan value, std::string_view format, std::string& out);

}  // namespace quarry
