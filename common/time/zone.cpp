// A compiled file holds the instants at which the offset changed, and behind them a rule in POSIX
// form ("CET-1CEST,M3.5.0,M10.5.0/3") for all that comes later.
#include "common/time/zone.h"

#include "common/base/file.h"
#include "common/base/text.h"
#include "common/time/calendar.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace quarry {
namespace {

constexpr std::string_view kDatabase = "/usr/share/zoneinfo/";
constexpr std::uint64_t kMaxFile = 1 << 20;
constexpr std::size_t kHeader = 44;
constexpr std::int64_t kDay = 86'400;

std::int64_t unix_seconds(Datetime value) {
  const std::int64_t ticks = value.ticks - kUnixEpochTicks;
  return ticks / kTicksPerSecond - (ticks % kTicksPerSecond < 0 ? 1 : 0);
}

/// A big-endian number of `size` bytes with its sign.
std::int64_t read_number(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return size == 4 ? static_cast<std::int32_t>(static_cast<std::uint32_t>(value))
                   : static_cast<std::int64_t>(value);
}

/// When daylight saving begins or ends in a year: week `week` (5: the last) of a month, a weekday,
/// seconds after midnight.
struct YearlyChange {
  int month = 0, week = 0, weekday = 0;
  std::int64_t time = 7200;

  /// As local seconds since 1970, in the offset that holds before the change.
  std::int64_t in_year(int year) const {
    const std::int64_t first = days_before(year, month, 1);
    const auto first_weekday = static_cast<int>((first + 1) % 7);  // 0001-01-01 was a Monday
    int day = 1 + (weekday - first_weekday + 7) % 7 + (week - 1) * 7;
    while (day > days_in_month(year, month)) day -= 7;
    return (first + day - 1) * kDay - kUnixEpochTicks / kTicksPerSecond + time;
  }
};

/// Reads the rule behind the table.
class PosixReader {
 public:
  explicit PosixReader(std::string_view text) : text_(text) {}

  bool read(std::int64_t& standard, std::optional<std::int64_t>& summer, YearlyChange& start,
            YearlyChange& end) {
    if (!name() || !clock(standard)) return false;
    standard = -standard;  // POSIX counts west as positive
    if (text_.empty()) return true;
    if (!name()) return false;
    std::int64_t offset = -standard - 3600;
    if (!text_.starts_with(',') && !clock(offset)) return false;
    summer = -offset;
    return change(start) && change(end) && text_.empty();
  }

 private:
  bool name() {
    std::size_t end = 0;
    if (text_.starts_with('<'))
      end = text_.find('>') + 1;
    else
      while (end < text_.size() && text::is_ascii_alpha(text_[end])) ++end;
    text_.remove_prefix(std::min(end, text_.size()));
    return end > 0;
  }
  bool number(int& value) {
    std::size_t end = 0;
    value = 0;
    for (; end < text_.size() && end < 4 && text::is_ascii_digit(text_[end]); ++end)
      value = value * 10 + (text_[end] - '0');
    text_.remove_prefix(end);
    return end > 0;
  }
  bool take(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }
  /// [+-]hh[:mm[:ss]] as seconds.
  bool clock(std::int64_t& seconds) {
    const bool negative = take('-');
    if (!negative) take('+');
    int hours = 0, minutes = 0, rest = 0;
    if (!number(hours) || (take(':') && !number(minutes)) || (take(':') && !number(rest)))
      return false;
    seconds = hours * 3600 + minutes * 60 + rest;
    if (negative) seconds = -seconds;
    return true;
  }
  /// ,Mm.w.d[/time]; the forms that count days of the year are used by no zone of today.
  bool change(YearlyChange& result) {
    if (!take(',') || !take('M') || !number(result.month) || !take('.') || !number(result.week) ||
        !take('.') || !number(result.weekday))
      return false;
    if (result.month < 1 || result.month > 12 || result.week < 1 || result.week > 5 ||
        result.weekday > 6)
      return false;
    return !take('/') || clock(result.time);
  }

  std::string_view text_;
};

}  // namespace

struct TimeZone::Rules {
  std::vector<std::int64_t> changes;  // Unix seconds, rising
  std::vector<std::int64_t> offsets;  // from changes[i] on, in seconds
  std::int64_t first_offset = 0;      // before all changes
  bool has_rule = false;
  std::int64_t standard = 0;
  std::optional<std::int64_t> summer;
  YearlyChange start, end;

  static std::shared_ptr<const Rules> parse(std::string_view bytes);
  void read_table(std::string_view bytes, std::size_t count, std::size_t types);
  std::int64_t by_rule(std::int64_t utc) const;
  std::int64_t seconds_at(std::int64_t utc) const;
};

std::shared_ptr<const TimeZone::Rules> TimeZone::Rules::parse(std::string_view bytes) {
  // Two parts of the same form, each behind a header with its counts: 4-byte times first, then
  // 8-byte ones and the rule.
  if (bytes.size() < kHeader || !bytes.starts_with("TZif") || bytes[4] < '2') return nullptr;
  const auto count_at = [&](int i) {
    return static_cast<std::size_t>(
        static_cast<std::uint32_t>(read_number(bytes, 20 + static_cast<std::size_t>(i) * 4, 4)));
  };
  const auto part_size = [&](std::size_t time) {
    return count_at(3) * (time + 1) + count_at(4) * 6 + count_at(5) + count_at(2) * (time + 4) +
           count_at(1) + count_at(0);
  };
  const std::size_t first = part_size(4);
  if (first > kMaxFile || bytes.size() < 2 * kHeader + first) return nullptr;
  bytes.remove_prefix(kHeader + first);
  const std::size_t second = part_size(8);
  if (second > kMaxFile || bytes.size() < kHeader + second || count_at(4) == 0) return nullptr;
  auto rules = std::make_shared<Rules>();
  rules->read_table(bytes.substr(kHeader), count_at(3), count_at(4));
  std::string_view footer = text::trim_ascii(bytes.substr(kHeader + second));
  rules->has_rule =
      PosixReader(footer).read(rules->standard, rules->summer, rules->start, rules->end);
  return rules;
}

void TimeZone::Rules::read_table(std::string_view bytes, std::size_t count, std::size_t types) {
  const std::size_t infos = count * 9;
  const auto offset_of_type = [&](std::size_t type) {
    return read_number(bytes, infos + std::min(type, types - 1) * 6, 4);
  };
  first_offset = offset_of_type(0);
  for (std::size_t i = 0; i < count; ++i) {
    changes.push_back(read_number(bytes, i * 8, 8));
    offsets.push_back(offset_of_type(static_cast<unsigned char>(bytes[count * 8 + i])));
  }
}

std::int64_t TimeZone::Rules::by_rule(std::int64_t utc) const {
  if (!summer) return standard;
  const auto ticks = (utc + standard) * kTicksPerSecond + kUnixEpochTicks;
  const int year = to_civil(Datetime{std::clamp<std::int64_t>(ticks, 0, Datetime::kMaxTicks)}).year;
  const std::int64_t begin = start.in_year(year) - standard;
  const std::int64_t finish = end.in_year(year) - *summer;
  const bool is_summer =
      begin < finish ? utc >= begin && utc < finish : utc >= begin || utc < finish;
  return is_summer ? *summer : standard;
}

std::int64_t TimeZone::Rules::seconds_at(std::int64_t utc) const {
  const auto next = std::upper_bound(changes.begin(), changes.end(), utc);
  if (next == changes.end() && has_rule) return by_rule(utc);
  if (next == changes.begin()) return first_offset;
  return offsets[static_cast<std::size_t>(next - changes.begin()) - 1];
}

Result<TimeZone> TimeZone::prepare(std::string_view name) {
  const auto unknown = [&] {
    return fail(
        ErrorCode::kQuery, "unknown time zone: " + std::string(name),
        "names are those of the tz database, such as Europe/Paris; the package tzdata has them");
  };
  const bool is_plain = !name.empty() && name.front() != '/' &&
                        name.find("..") == std::string_view::npos &&
                        name.find('\0') == std::string_view::npos;
  if (!is_plain) return unknown();
  const Result<std::string> bytes = read_file(std::string(kDatabase) + std::string(name), kMaxFile);
  if (!bytes) return unknown();
  TimeZone zone;
  zone.rules_ = Rules::parse(*bytes);
  if (zone.rules_ == nullptr) return unknown();
  return zone;
}

std::int64_t TimeZone::offset_at(Datetime utc) const {
  return rules_->seconds_at(unix_seconds(utc)) * kTicksPerSecond;
}

std::int64_t TimeZone::offset_of_local(Datetime local) const {
  const std::int64_t seconds = unix_seconds(local);
  const std::int64_t before = rules_->seconds_at(seconds - kDay);
  const std::int64_t after = rules_->seconds_at(seconds + kDay);
  const bool still_before = rules_->seconds_at(seconds - after) != after &&
                            rules_->seconds_at(seconds - before) == before;
  return (still_before ? before : after) * kTicksPerSecond;
}

std::vector<std::string> time_zone_names() {
  namespace fs = std::filesystem;
  std::vector<std::string> names;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(kDatabase, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().string().substr(kDatabase.size());
    // "posix" and "right" hold the same zones once more, files in lower case are tables.
    if (name.empty() || name.front() < 'A' || name.front() > 'Z') {
      if (entry->is_directory(error)) entry.disable_recursion_pending();
      continue;
    }
    if (entry->is_regular_file(error) && TimeZone::prepare(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace quarry
