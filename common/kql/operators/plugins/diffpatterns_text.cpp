// diffpatterns_text(text, condition, [minTokens], [threshold], [maxTokens]): runs of words that are
// much more frequent in texts of rows that meet a condition than in those that do not, or the other
// way round.
//
// Words stand between white space. A word that is rare on both sides is a wildcard, `*`. A pattern
// is a run of words that begins and ends with a real one; it grows word by word while the rows that
// have it are enough on one side (as PrefixSpan does, without gaps). Of patterns one of which is a
// part of the other the one with the larger difference is shown, of equals the longer.
#include "common/kql/operators/plugins/patterns.h"
#include "common/value/builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

namespace quarry::kql::operators {
namespace {

constexpr std::size_t kMostPatterns = 20'000;
constexpr std::string_view kBlanks = " \t\r\n\v\f";

struct Text {
  std::vector<std::uint32_t> words;  // numbers; kAnyValue for a rare word
  std::size_t side = 0;
};

/// A place in a text: behind the pattern at hand.
struct Place {
  std::uint32_t text;
  std::uint32_t at;
};

struct TextPattern {
  std::vector<std::uint32_t> words;
  Weights texts{};
  double percent = 0;
  std::size_t real_words = 0;
};

class TextComparison {
 public:
  TextComparison(const PluginCall& call, double threshold, std::size_t least_words,
                 std::size_t most_words)
      : call_(call),
        least_(100 * threshold * (1 - 1e-12)),
        least_words_(least_words),
        most_words_(most_words) {}

  void add(std::string_view text, bool condition) {
    Text& added = texts_.emplace_back();
    added.side = condition ? 0 : 1;
    total[added.side] += 1;
    for (std::size_t begin = text.find_first_not_of(kBlanks); begin != std::string_view::npos;
         begin = text.find_first_not_of(kBlanks, begin)) {
      const std::size_t end = std::min(text.find_first_of(kBlanks, begin), text.size());
      const auto [at, is_new] = numbers_.emplace(text.substr(begin, end - begin),
                                                 static_cast<std::uint32_t>(words_.size()));
      if (is_new) words_.push_back(at->first);
      added.words.push_back(at->second);
      begin = end;
    }
  }

  std::vector<TextPattern> find() {
    std::map<std::uint32_t, std::vector<Place>> places;
    for (std::uint32_t text = 0; text < texts_.size(); ++text) {
      for (std::uint32_t at = 0; at < texts_[text].words.size(); ++at)
        places[texts_[text].words[at]].push_back({text, at + 1});
    }
    std::erase_if(places, [&](const auto& entry) { return !is_frequent(texts_at(entry.second)); });
    for (Text& text : texts_) {
      for (std::uint32_t& word : text.words) {
        if (!places.contains(word)) word = kAnyValue;
      }
    }
    for (const auto& [word, at] : places) {
      std::vector<std::uint32_t> words{word};
      grow(words, 1, at);
    }
    return choose();
  }

  bool has_too_many() const { return found_.size() > kMostPatterns; }
  std::string text_of(const TextPattern& pattern) const {
    std::string text;
    for (const std::uint32_t word : pattern.words)
      text.append(text.empty() ? "" : " ").append(word == kAnyValue ? "*" : words_[word]);
    return text;
  }

  Weights total{};

 private:
  /// How many texts of each side there are; places of one text stand together.
  Weights texts_at(const std::vector<Place>& places) const {
    Weights count{};
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (i == 0 || places[i].text != places[i - 1].text) count[texts_[places[i].text].side] += 1;
    }
    return count;
  }
  bool is_frequent(const Weights& texts) const {
    return std::max(percent(texts[0], total[0]), percent(texts[1], total[1])) >= least_;
  }

  void grow(std::vector<std::uint32_t>& words, std::size_t real_words,
            const std::vector<Place>& places) {
    const Weights texts = texts_at(places);
    if (!is_frequent(texts) || has_too_many() || is_cancelled(call_)) return;
    const double points = std::abs(percent(texts[0], total[0]) - percent(texts[1], total[1]));
    if (words.back() != kAnyValue && real_words >= least_words_ && points >= least_)
      found_.push_back({words, texts, points, real_words});
    if (words.size() == most_words_) return;
    std::map<std::uint32_t, std::vector<Place>> next;
    for (const Place& place : places) {
      const std::vector<std::uint32_t>& text = texts_[place.text].words;
      if (place.at < text.size()) next[text[place.at]].push_back({place.text, place.at + 1});
    }
    for (const auto& [word, at] : next) {
      words.push_back(word);
      grow(words, real_words + (word == kAnyValue ? 0 : 1), at);
      words.pop_back();
    }
  }

  static bool contains(const std::vector<std::uint32_t>& longer,
                       const std::vector<std::uint32_t>& shorter) {
    return std::search(longer.begin(), longer.end(), shorter.begin(), shorter.end()) !=
           longer.end();
  }

  std::vector<TextPattern> choose() {
    std::stable_sort(found_.begin(), found_.end(), [](const TextPattern& a, const TextPattern& b) {
      return a.percent != b.percent ? a.percent > b.percent : a.real_words > b.real_words;
    });
    std::vector<TextPattern> chosen;
    for (TextPattern& each : found_) {
      const bool known = std::any_of(chosen.begin(), chosen.end(), [&](const TextPattern& other) {
        return contains(each.words, other.words) || contains(other.words, each.words);
      });
      if (!known) chosen.push_back(std::move(each));
    }
    return chosen;
  }

  const PluginCall& call_;
  double least_;  // points
  std::size_t least_words_, most_words_;
  std::vector<Text> texts_;
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
  std::vector<std::string_view> words_;
  std::vector<TextPattern> found_;
};

PlanNodePtr table_of_texts(Binder& binder, const TextComparison& comparison,
                           const std::vector<TextPattern>& found) {
  ColumnBuilder<Type::kLong> counts[2];
  ColumnBuilder<Type::kReal> percents[2];
  ColumnBuilder<Type::kString> patterns;
  for (const TextPattern& each : found) {
    for (const std::size_t side : {0, 1}) {
      counts[side].append(static_cast<std::int64_t>(each.texts[side]));
      percents[side].append(percent(each.texts[side], comparison.total[side]));
    }
    patterns.append_copy(comparison.text_of(each));
  }
  const Schema schema{{{"Count_of_True", Type::kLong},
                       {"Count_of_False", Type::kLong},
                       {"Percent_of_True", Type::kReal},
                       {"Percent_of_False", Type::kReal},
                       {"Pattern", Type::kString}}};
  return table_of(binder, "diffpatterns_text", schema,
                  Batch({counts[0].finish(), counts[1].finish(), percents[0].finish(),
                         percents[1].finish(), patterns.finish()},
                        found.size()));
}

PlanNodePtr bind_diffpatterns_text(const PluginCall& call, PlanNodePtr input) {
  Binder& binder = call.binder();
  const auto least_words = number_or_default(call, "MinTokens", 1, 0, 200);
  const auto threshold = number_or_default(call, "Threshold", 0.05, 0.015, 1);
  const auto most_words = number_or_default(call, "MaxTokens", 20, 1, 200);
  const BoundColumn* const text = call.column("TextColumn", *input);
  const ExpressionPtr condition =
      binder.bind_predicate(*call.argument("BooleanCondition"), RowScope::of(*input));
  if (text == nullptr || condition->type == Type::kUnknown || !least_words || !threshold ||
      !most_words)
    return nullptr;
  if (text->type != Type::kString) {
    binder.error(call.argument("TextColumn")->span,
                 fmt::format("diffpatterns_text wants a column of type string, not {}",
                             name_of(text->type)));
    return nullptr;
  }
  const std::vector<NamedValue> values{{"text", make_column(*text), {}, true},
                                       {"condition", condition, {}, true}};
  const auto rows = rows_of(binder, binder.project(std::move(input), values), call.span());
  if (!rows) return nullptr;
  const Cells<Type::kString> texts(rows->all.column(0));
  const Cells<Type::kBool> conditions(rows->all.column(1));
  TextComparison comparison(call, *threshold, static_cast<std::size_t>(*least_words),
                            static_cast<std::size_t>(*most_words));
  for (std::size_t row = 0; row < rows->all.rows(); ++row)
    comparison.add(texts[row].view(), !conditions.is_null(row) && conditions[row] != 0);
  const std::vector<TextPattern> found = comparison.find();
  if (comparison.has_too_many()) {
    binder.error(call.span(),
                 fmt::format("diffpatterns_text found more than {} patterns", kMostPatterns),
                 "raise the threshold, or lower MaxTokens");
    return nullptr;
  }
  return table_of_texts(binder, comparison, found);
}

constexpr Param kParams[]{
    {.name = "TextColumn", .help = "The texts."},
    {.name = "BooleanCondition", .help = "What tells the two sides apart."},
    {.name = "MinTokens",
     .help = "How many words a pattern has at least, without wildcards; 1 if not given.",
     .optional = true},
    {.name = "Threshold",
     .help = "The least difference, as a share, 0.015 to 1; 0.05 if not given.",
     .optional = true},
    {.name = "MaxTokens",
     .help = "How many words a pattern has at most; 20 if not given.",
     .optional = true}};

}  // namespace

extern constinit const PluginDef kDiffpatternsText{
    .name = "diffpatterns_text",
    .summary = "Finds runs of words that tell the texts of two sets of rows apart.",
    .params = kParams,
    .example =
        "datatable (t: string, bad: bool) ['login failed for bob', true, 'login failed for amy', "
        "true, 'logout of amy', false] | evaluate diffpatterns_text(t, bad) | project Pattern",
    .example_result = "login failed for",
    .bind = bind_diffpatterns_text,
};

}  // namespace quarry::kql::operators
