// Values of a payload as numbers, as text and as JSON.
#pragma once

#include "common/etl/filetime.h"
#include "common/etl/payload/decode.h"

#include <cstdint>
#include <optional>
#include <string>

namespace quarry::etl {

/// Integers of any width, booleans and pointers; nullopt for others.
std::optional<std::uint64_t> unsigned_of(const Value& value);
std::optional<std::int64_t> signed_of(const Value& value);
/// FILETIME fields.
std::optional<FileTime> filetime_of(const Value& value);

/// UTF-8: strings as they are; numbers, times, GUIDs, SIDs, addresses as JSON has them, without
/// quotes; "" for arrays and structs.
std::string text_of(const Value& value);
void append_text(std::string& out, const Value& value);

/// {"name":value,…}: numbers with all digits; hexadecimal types and pointers as "0x…"; times as
/// "…Z"; GUIDs, SIDs, addresses and names of mapped values as text; binary as hex digits; arrays
/// and structs nested. What is left of the payload is a member
/// "_rest" (hex).
void append_json(std::string& out, const DecodedPayload& payload);

/// Two lower-case digits a byte.
void append_hex(std::string& out, Bytes bytes);

}  // namespace quarry::etl
