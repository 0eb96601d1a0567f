// Texts inside audit rows, which are JSON inside JSON, quoted more often than they should be.
#pragma once

#include "common/json/row_parser.h"
#include "common/value/dynamic.h"

#include <string>
#include <string_view>

namespace quarry::consent_audit {

/// What a parser found, as a value to look into. `raw` must come from JSON.
DynamicView view_of(const json::RawValue& raw);

/// A string's own text, other scalars as written, "" for null and what is not there.
std::string text_of(const DynamicView& value);
/// The same, appended to what is there already; spares an allocation.
void append_text(std::string& out, const DynamicView& value);

/// Takes off quotes around the whole text, up to three times, decoding what was in them.
std::string unquoted(std::string text);

/// An object or array, also one that stands as text in a string. Keeps that text; what lies behind
/// it may be read by the scanners of room json.
class Opened {
 public:
  explicit Opened(const DynamicView& value);
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;
  DynamicView view() const { return view_; }

 private:
  std::string decoded_;
  DynamicView view_;
};

/// The first thing in `text` between `separators` that is a bare GUID, in lower case; "" without.
std::string first_guid(std::string_view text, char separator);

}  // namespace quarry::consent_audit
