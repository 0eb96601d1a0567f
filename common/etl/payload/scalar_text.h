// One scalar as text, and what JSON has to do with it.
#pragma once

#include "common/etl/payload/decode.h"

#include <cstdint>
#include <string>

namespace quarry::etl {

enum class Quoted : std::uint8_t {
  kNo,       // a number, true, false
  kPlain,    // text in which nothing needs escaping
  kEscaped,  // any text
};

/// Appends the text of a kValue; tells how JSON writes it.
Quoted append_scalar(std::string& out, const Value& value);

}  // namespace quarry::etl
