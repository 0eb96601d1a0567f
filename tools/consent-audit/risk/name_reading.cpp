#include "tools/consent-audit/risk/name_reading.h"

#include "common/base/plain_letters.h"
#include "common/base/text.h"
#include "common/base/unicode.h"

#include <algorithm>
#include <array>
#include <vector>

namespace quarry::consent_audit {
namespace {

/// Words that people trust. Long ones are also found with one letter wrong. Microsoft's come first:
/// its applications are known by id, so whoever else bears such a name plainly imitates.
constexpr std::array<std::string_view, 33> kBrands{
    "microsoft", "office365",  "o365",       "outlook", "onedrive", "sharepoint",    "azure",
    "entra",     "intune",     "defender",   "onenote", "yammer",   "authenticator", "office",
    "exchange",  "teams",      "docusign",   "adobe",   "acrobat",  "dropbox",       "google",
    "gmail",     "salesforce", "servicenow", "okta",    "paypal",   "linkedin",      "facebook",
    "zoom",      "slack",      "amazon",     "icloud",  "sharefile"};
constexpr std::size_t kOwnBrands = 13;
/// At the start of a foreign application's name it is a lie by itself.
constexpr std::string_view kNeverForeign = "microsoft";
constexpr std::size_t kLongEnoughForTypos = 7;
constexpr std::array<std::string_view, 12> kThrowAway{"test",     "tests", "testing", "asdf",
                                                      "qwerty",   "foo",   "temp",    "tmp",
                                                      "untitled", "abc",   "xxx",     "app"};

bool is_invisible(char32_t c) {
  return c == 0xAD || c == 0x180E || (c >= 0x200B && c <= 0x200D) || (c >= 0x2060 && c <= 0x2064) ||
         c == 0xFEFF;
}
bool turns_text(char32_t c) {
  return c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

struct Twin {
  char32_t from;
  char to;
};
/// Lower-case letters of other alphabets, and dressed-up Latin ones, that pass for Latin letters.
constexpr Twin kTwins[]{
    {U'а', 'a'}, {U'в', 'b'}, {U'е', 'e'}, {U'к', 'k'}, {U'м', 'm'}, {U'н', 'h'}, {U'о', 'o'},
    {U'р', 'p'}, {U'с', 'c'}, {U'т', 't'}, {U'у', 'y'}, {U'х', 'x'}, {U'і', 'i'}, {U'ї', 'i'},
    {U'ј', 'j'}, {U'ѕ', 's'}, {U'һ', 'h'}, {U'ԁ', 'd'}, {U'ԛ', 'q'}, {U'ԝ', 'w'}, {U'ӏ', 'l'},
    {U'ѵ', 'v'}, {U'α', 'a'}, {U'β', 'b'}, {U'ε', 'e'}, {U'η', 'n'}, {U'ι', 'i'}, {U'κ', 'k'},
    {U'ν', 'v'}, {U'ο', 'o'}, {U'ρ', 'p'}, {U'τ', 't'}, {U'υ', 'u'}, {U'χ', 'x'}, {U'γ', 'y'},
    {U'ω', 'w'}, {U'ı', 'i'}, {U'ɑ', 'a'}, {U'ɡ', 'g'}, {U'ø', 'o'}, {U'ł', 'l'}, {U'đ', 'd'},
    {U'օ', 'o'}, {U'ս', 'u'}, {U'հ', 'h'}};

/// Letters and digits that pass for each other become the same one.
char as_drawn(char c) {
  switch (c) {
    case '0':
      return 'o';
    case '1':
    case 'i':
    case '|':
    case '!':
      return 'l';
    case '5':
    case '$':
      return 's';
    case '@':
      return 'a';
    default:
      return c;
  }
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

enum class Script : std::uint8_t { kNone, kLatin, kGreek, kCyrillic, kOther };
Script script_of(char32_t c) {
  if (!unicode::is_alphanumeric(c) || (c >= '0' && c <= '9')) return Script::kNone;
  if (c < 0x250 || (c >= 0x1E00 && c <= 0x1EFF)) return Script::kLatin;
  if (c >= 0x370 && c <= 0x3FF) return Script::kGreek;
  if (c >= 0x400 && c <= 0x52F) return Script::kCyrillic;
  return Script::kOther;
}

bool mixes_scripts(std::string_view name) {
  bool latin = false;
  bool twin = false;
  for (std::size_t at = 0; at < name.size();) {
    const char32_t c = unicode::decode(name, at);
    const Script script = script_of(c);
    if (!unicode::is_alphanumeric(c) && !is_invisible(c)) latin = twin = false;
    latin |= script == Script::kLatin;
    twin |= script == Script::kGreek || script == Script::kCyrillic;
    if (latin && twin) return true;
  }
  return false;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80 || text::is_ascii_alnum(c)) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

/// A word as it is drawn, against brands that the name does not hold as they are written.
void compare_word(const std::string& word, const std::vector<std::string>& written,
                  NameReading& reading) {
  static const std::vector<std::string> drawn = [] {
    std::vector<std::string> skeletons;
    for (const std::string_view brand : kBrands) skeletons.push_back(skeleton(brand));
    return skeletons;
  }();
  for (std::size_t i = 0; i < kBrands.size(); ++i) {
    const bool same = word == drawn[i];
    const bool typo = kBrands[i].size() >= kLongEnoughForTypos && is_near(word, drawn[i]);
    if (!same && !typo) continue;
    if (std::find(written.begin(), written.end(), kBrands[i]) != written.end()) continue;
    reading.imitates = kBrands[i];
    reading.how = "looks like";
    return;
  }
}

void compare_brands(std::string_view name, NameReading& reading) {
  const std::vector<std::string> written = words_of(unicode::to_lower(name));
  for (const std::string& word : words_of(skeleton(name))) {
    compare_word(word, written, reading);
    if (!reading.imitates.empty()) return;
  }
  if (written.empty()) return;
  const auto* const own_end = kBrands.begin() + kOwnBrands;
  const bool whole =
      written.size() == 1 && std::find(kBrands.begin(), own_end, written.front()) != own_end;
  if (!whole && written.front() != kNeverForeign) return;
  reading.imitates = written.front();
  reading.how = whole ? "is" : "begins with";
}

}  // namespace

std::string skeleton(std::string_view text) {
  std::string folded;
  const std::string plain = unicode::to_lower(unicode::without_marks(text));
  for (std::size_t at = 0; at < plain.size();) {
    const char32_t c = unicode::decode(plain, at);
    if (is_invisible(c) || turns_text(c)) continue;
    const auto* const twin = std::find_if(std::begin(kTwins), std::end(kTwins),
                                          [c](const Twin& t) { return t.from == c; });
    if (twin != std::end(kTwins)) {
      folded += as_drawn(twin->to);
    } else if (c < 0x80) {
      folded += as_drawn(static_cast<char>(c));
    } else {
      unicode::append(folded, c);
    }
  }
  replace_all(folded, "rn", "m");
  replace_all(folded, "vv", "w");
  return folded;
}

bool is_near(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t front = 0;
  while (front < a.size() && a[front] == b[front]) ++front;
  std::size_t back = 0;
  while (back < a.size() - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
  const std::size_t left_a = a.size() - front - back;
  const std::size_t left_b = b.size() - front - back;
  if (left_a <= 1 && left_b <= 1) return true;
  return left_a == 2 && left_b == 2 && a[front] == b[front + 1] && a[front + 1] == b[front];
}

NameReading read_name(std::string_view name) {
  NameReading reading;
  bool letter = false;
  for (std::size_t at = 0; at < name.size();) {
    const char32_t c = unicode::decode(name, at);
    reading.turns_text |= turns_text(c);
    letter |= unicode::is_alphanumeric(c);
  }
  reading.no_letters = !letter && !name.empty();
  reading.mixed_scripts = mixes_scripts(name);
  compare_brands(name, reading);
  std::string word = text::lower_ascii(text::trim_ascii(name));
  while (!word.empty() && text::is_ascii_digit(word.back())) word.pop_back();
  reading.throw_away = std::find(kThrowAway.begin(), kThrowAway.end(), word) != kThrowAway.end() ||
                       (name.size() == 1 && letter);
  return reading;
}

std::string_view brand_inside(std::string_view lower_case) {
  for (const std::string_view brand : kBrands) {
    if (brand.size() >= kLongEnoughForTypos && lower_case.find(brand) != std::string_view::npos)
      return brand;
  }
  return {};
}

}  // namespace quarry::consent_audit
