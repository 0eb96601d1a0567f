#include "tests/runner/diagnostic_text.h"

#include "tests/runner/json_text.h"

#include <charconv>
#include <sstream>

namespace quarry::test {
namespace {

std::size_t to_number(std::string_view text) {
  std::size_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

void read_json_line(const json::Members& line, Outcome& outcome) {
  if (json::find(line, "_type") != "\"error\"") return;
  const bool is_warning = json::find(line, "level") == "\"warning\"";
  std::vector<Report>& reports = is_warning ? outcome.warnings : outcome.errors;
  reports.push_back({to_number(json::find(line, "line")), to_number(json::find(line, "column")),
                     json::decode(json::find(line, "message")).value_or(""),
                     json::decode(json::find(line, "hint")).value_or("")});
}

/// "hq: error: message"; the next line may be "  --> source:3:18" and belongs to it.
class PeopleReader {
 public:
  explicit PeopleReader(Outcome& outcome) : outcome_(outcome) {}

  void read(std::string_view line) {
    constexpr std::string_view kPlace = "  --> ";
    constexpr std::string_view kHint = "  hint: ";
    if (line.starts_with(kPlace) && last_ != nullptr && !last_->empty()) {
      place(line.substr(kPlace.size()));
    } else if (line.starts_with(kHint) && last_ != nullptr && !last_->empty()) {
      last_->back().hint = std::string(line.substr(kHint.size()));
    } else if (take(line, ": error: ", outcome_.errors) ||
               take(line, ": warning: ", outcome_.warnings)) {
      return;
    }
  }

 private:
  bool take(std::string_view line, std::string_view level, std::vector<Report>& reports) {
    const std::size_t at = line.find(level);
    if (at == std::string_view::npos || line.substr(0, at).find(' ') != std::string_view::npos) {
      return false;
    }
    reports.push_back({0, 0, std::string(line.substr(at + level.size())), {}});
    last_ = &reports;
    return true;
  }

  void place(std::string_view where) {
    const std::size_t column = where.rfind(':');
    if (column == std::string_view::npos) return;
    const std::string_view front = where.substr(0, column);
    const std::size_t line = front.rfind(':');
    Report& report = last_->back();
    report.column = to_number(where.substr(column + 1));
    report.line = to_number(line == std::string_view::npos ? front : front.substr(line + 1));
  }

  Outcome& outcome_;
  std::vector<Report>* last_ = nullptr;
};

}  // namespace

void read_diagnostics(std::string_view text, Outcome& outcome) {
  PeopleReader people(outcome);
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    if (const std::optional<json::Members> members = json::members(line)) {
      read_json_line(*members, outcome);
    } else {
      people.read(line);
    }
  }
}

}  // namespace quarry::test
