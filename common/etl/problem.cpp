#include "common/etl/problem.h"

#include "common/base/text.h"

#include <fmt/format.h>

#include <array>

namespace quarry::etl {
namespace {

/// "{count} {noun}s {text}, the first at byte {offset}"; without a noun the text alone.
struct Words {
  std::string_view id;
  std::string_view noun;  // "buffer"; empty: there can be one only
  std::string_view text;
  bool damage;
  bool placed;  // the offset tells something
};

// In the order of ProblemKind.
constexpr std::array<Words, kProblemKinds> kWords{{
    {"events-lost", "event", "lost while recording, as the session counted", false, false},
    {"buffers-lost", "buffer", "lost while recording, as the session counted", false, false},
    {"lost-flag", "buffer", "marked as having lost events", false, true},
    {"error-records", "record", "in place of an event that could not be logged", false, true},
    {"sequence-gap", "buffer", "missing in the sequence", false, false},
    {"never-closed", "", "the recording was never closed: its end may be missing", false, false},
    {"odd-clock", "", "the clock has no frequency: 10,000,000 Hz assumed", false, false},
    {"odd-pointer-size", "", "the header has an impossible pointer size", false, false},
    {"truncated", "buffer", "cut off by the end of the file", true, true},
    {"fewer-buffers", "", "the header counts more buffers than there are", true, false},
    {"bad-buffer-header", "buffer header", "that cannot be right", true, true},
    {"bad-record", "buffer", "left at a record that cannot be right", true, true},
    {"obsolete-record", "buffer", "left at a record of an obsolete or unknown kind", true, true},
    {"bad-extended-item", "event", "with extended data that cannot be right", true, true},
    {"not-expanded", "buffer", "that could not be expanded whole", true, true},
    {"unknown-compression", "buffer", "compressed in an unknown way", true, true},
    {"bad-schema", "event layout", "passed over, because it cannot be right", false, true},
    {"too-many-schemas", "event layout", "more than is kept", false, true},
}};

const Words& words_of(ProblemKind kind) { return kWords[static_cast<std::size_t>(kind)]; }

}  // namespace

std::string describe(const Problem& problem) {
  const Words& words = words_of(problem.kind);
  std::string text(words.text);
  if (!words.noun.empty()) {
    text = fmt::format("{} {}{} {}", text::with_thousands(problem.count), words.noun,
                       problem.count == 1 ? "" : "s", words.text);
  }
  if (words.placed) {
    text +=
        fmt::format(", {}at byte {}", problem.count == 1 ? "" : "the first ", problem.first_offset);
  }
  if (!problem.detail.empty()) text += " (" + problem.detail + ")";
  return text;
}

std::string_view name_of(ProblemKind kind) { return words_of(kind).id; }
bool is_damage(ProblemKind kind) { return words_of(kind).damage; }

void Problems::add(ProblemKind kind, std::uint64_t offset, std::string_view detail,
                   std::uint64_t count) {
  Problem& problem = problems_[static_cast<std::size_t>(kind)];
  if (problem.count == 0) {
    problem.kind = kind;
    problem.first_offset = offset;
    problem.detail = detail;
  }
  problem.count += count;
}

std::vector<Problem> Problems::all() const {
  std::vector<Problem> found;
  for (const Problem& problem : problems_) {
    if (problem.count > 0) found.push_back(problem);
  }
  return found;
}

}  // namespace quarry::etl
