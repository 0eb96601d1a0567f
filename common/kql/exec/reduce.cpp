#include "common/kql/exec/reduce.h"

#include "common/base/text.h"
#include "common/value/builder.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace quarry::exec {
namespace {

constexpr std::string_view kOthers = "others";
constexpr std::size_t kCheckEvery = 4096;  // rows and words: one text may hold millions
constexpr std::size_t kEntryBytes = 96;    // of a word or a cluster in an index

struct Piece {
  std::string_view text;
  bool word = false;
};

/// Words and what stands between them, in turn. Bytes of other scripts belong to words.
class Splitter {
 public:
  explicit Splitter(const std::string& characters) : characters_(characters) {}

  void split(std::string_view text, std::vector<Piece>& pieces) const {
    pieces.clear();
    for (std::size_t at = 0; at < text.size();) {
      const bool word = is_word(text[at]);
      std::size_t end = at + 1;
      while (end < text.size() && is_word(text[end]) == word) ++end;
      pieces.push_back({text.substr(at, end - at), word});
      at = end;
    }
  }
  /// A separator that the query named: it is no part of a pattern where it touches a `*`.
  bool is_named(char c) const { return characters_.find(c) != std::string::npos; }

 private:
  bool is_word(char c) const {
    return (text::is_ascii_alnum(c) || static_cast<unsigned char>(c) >= 0x80) && !is_named(c);
  }
  const std::string& characters_;
};

std::string place_key(std::size_t position, std::string_view word) {
  return std::to_string(position) + ' ' + std::string(word);
}

struct Cluster {
  std::uint64_t count = 0;
  std::size_t first = 0;  // row
  std::string pattern;
};

class Clusters {
 public:
  Clusters(const ReduceRules& rules, const Column& texts, const ExecContext& context)
      : context_(context),
        share_(context.memory),
        splitter_(rules.characters),
        texts_(texts),
        rows_(texts.rows()),
        support_(static_cast<std::uint64_t>(
            std::max(2.0, std::ceil(rules.threshold * static_cast<double>(texts.rows()))))) {}

  Result<void> find() {
    for (std::size_t row = 0; row < rows_; ++row) {
      for_words(row, [&](std::size_t position, std::string_view word) {
        ++frequency_[place_key(position, word)];
      });
      QUARRY_CHECK(check_now_and_then());
    }
    for (std::size_t row = 0; row < rows_; ++row) {
      add(row);
      QUARRY_CHECK(check_now_and_then());
    }
    std::uint64_t others = 0;
    for (const Cluster& cluster : all_) {
      if (is_large(cluster)) shown_.push_back(&cluster);
    }
    std::stable_sort(shown_.begin(), shown_.end(),
                     [](const Cluster* a, const Cluster* b) { return a->count > b->count; });
    for (const std::uint32_t number : cluster_of_row_)
      others += number == kNone || !is_large(all_[number]) ? 1 : 0;
    others_ = others;
    return {};
  }

  Batch summary() const {
    ColumnBuilder<Type::kString> patterns;
    ColumnBuilder<Type::kLong> counts;
    ColumnBuilder<Type::kString> representatives;
    for (const Cluster* cluster : shown_) {
      patterns.append_copy(cluster->pattern);
      counts.append(static_cast<std::int64_t>(cluster->count));
      representatives.append_copy(texts_[cluster->first].view());
    }
    if (others_ > 0) {
      patterns.append_copy(kOthers);
      counts.append(static_cast<std::int64_t>(others_));
      representatives.append_copy("");
    }
    const std::size_t rows = patterns.rows();
    return Batch({patterns.finish(), counts.finish(), representatives.finish()}, rows);
  }

  Column pattern_of_rows() const {
    ColumnBuilder<Type::kString> patterns(cluster_of_row_.size());
    for (const std::uint32_t number : cluster_of_row_) {
      patterns.append_copy(number == kNone || !is_large(all_[number])
                               ? kOthers
                               : std::string_view(all_[number].pattern));
    }
    return patterns.finish();
  }

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  bool is_large(const Cluster& cluster) const { return cluster.count >= support_; }
  bool is_frequent(std::size_t position, std::string_view word) const {
    const auto found = frequency_.find(place_key(position, word));
    return found != frequency_.end() && found->second >= support_;
  }

  Result<void> check_now_and_then() {
    work_ += 1 + pieces_.size();
    if (work_ < kCheckEvery) return {};
    work_ = 0;
    return check();
  }

  Result<void> check() {
    if (const auto stopped =
            context_.run.cancel != nullptr ? context_.run.cancel->error() : std::nullopt)
      return Failure(*stopped);
    return share_.resize((frequency_.size() + 2 * all_.size()) * kEntryBytes);
  }

  template <class F>
  void for_words(std::size_t row, F f) {
    splitter_.split(texts_[row].view(), pieces_);
    std::size_t position = 0;
    for (const Piece& piece : pieces_) {
      if (piece.word) f(position++, piece.text);
    }
  }

  void add(std::size_t row) {
    std::string key;
    for_words(row, [&](std::size_t position, std::string_view word) {
      if (is_frequent(position, word)) key += place_key(position, word) + '\n';
    });
    if (key.empty()) {
      cluster_of_row_.push_back(kNone);
      return;
    }
    const auto [place, is_new] =
        numbers_.try_emplace(std::move(key), static_cast<std::uint32_t>(all_.size()));
    if (is_new) all_.push_back({0, row, pattern_of_pieces()});
    ++all_[place->second].count;
    cluster_of_row_.push_back(place->second);
  }

  /// Of the text that was split last.
  std::string pattern_of_pieces() const {
    std::string pattern;
    std::size_t position = 0;
    bool behind_star = false;
    for (const Piece& piece : pieces_) {
      if (piece.word) {
        const bool star = !is_frequent(position++, piece.text);
        if (star) {
          while (!pattern.empty() && splitter_.is_named(pattern.back())) pattern.pop_back();
          if (!pattern.ends_with('*')) pattern += '*';
        } else {
          pattern += piece.text;
        }
        behind_star = star;
        continue;
      }
      for (const char c : piece.text) {
        if (!behind_star || !splitter_.is_named(c)) pattern += c;
      }
      behind_star = false;
    }
    return pattern;
  }

  const ExecContext& context_;
  MemoryShare share_;
  Splitter splitter_;
  Cells<Type::kString> texts_;
  std::size_t rows_ = 0;
  std::uint64_t support_;
  std::unordered_map<std::string, std::uint64_t> frequency_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<Cluster> all_;
  std::vector<const Cluster*> shown_;
  std::vector<std::uint32_t> cluster_of_row_;
  std::uint64_t others_ = 0;
  std::vector<Piece> pieces_;
  std::size_t work_ = 0;  // since the last check
};

}  // namespace

Result<void> Reduce::finish(const ExecContext& context) {
  QUARRY_CHECK(rows_.finish(context));
  const Batch all = concatenate(*rows_.batches(), types_);
  const Column& texts = all.columns().back();
  Clusters clusters(rules_, texts, context);
  QUARRY_CHECK(clusters.find());
  if (output_ == ReduceOutput::kClusters) {
    batches_->push_back(clusters.summary());
    return {};
  }
  Batch out({}, all.rows());
  for (std::size_t i = 0; i + 1 < all.column_count(); ++i) out.add(all.column(i));
  out.add(clusters.pattern_of_rows());
  batches_->push_back(std::move(out));
  return {};
}

}  // namespace quarry::exec
