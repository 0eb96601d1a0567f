// How the eye reads an application's name: without what it cannot see, and with letters that look
// alike taken for each other.
#pragma once

#include <string>
#include <string_view>

namespace quarry::consent_audit {

struct NameReading {
  std::string imitates;  // the brand whose name it is, or looks like; "" none
  /// How: "looks like", "is", "begins with".
  std::string_view how;
  bool turns_text = false;     // has controls that change the direction of text
  bool mixed_scripts = false;  // letters of different alphabets in one word
  bool no_letters = false;     // only punctuation
  bool throw_away = false;     // "test", "asdf"
};

NameReading read_name(std::string_view name);

/// "rnicrоsоft" (two Cyrillic letters) and "Microsoft" have the same skeleton.
std::string skeleton(std::string_view text);

/// At most one letter put in, left out, exchanged or swapped with its neighbour.
bool is_near(std::string_view a, std::string_view b);

/// A brand within the text, as it stands; "" without.
std::string_view brand_inside(std::string_view lower_case);

}  // namespace quarry::consent_audit
