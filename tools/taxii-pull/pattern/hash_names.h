// Names of hash algorithms as STIX spells them, and what their values look like.
#pragma once

#include <cstddef>
#include <string_view>

namespace quarry::taxii_pull::pattern {

struct HashName {
  std::string_view plain;     // upper case, without hyphens: "SHA256"
  std::string_view spelling;  // "SHA-256"
  std::size_t digits;         // hexadecimal digits of a value; 0: not fixed
  bool names_content;         // equal only for equal content; false for similarity digests
};

/// Case and hyphens of `name` do not count; nullptr where no algorithm has it.
const HashName* find_hash_name(std::string_view name);

}  // namespace quarry::taxii_pull::pattern
