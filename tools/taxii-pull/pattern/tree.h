// A parsed pattern: a tree of observations over trees of comparisons. Nodes lie in one array and
// name each other by index, so that a pattern of thousands of terms costs few allocations.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::taxii_pull::pattern {

struct PathStep {
  enum class Kind : std::uint8_t { kName, kIndex, kAny };
  Kind kind = Kind::kName;
  std::string text;  // of a name without quotes, of an index its digits
};

struct Path {
  std::string type;  // "network-traffic"
  std::vector<PathStep> steps;
};

enum class Operator : std::uint8_t {
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kIn,
  kLike,
  kMatches,
  kIsSubset,
  kIsSuperset,
  kExists,
};

struct Constant {
  enum class Kind : std::uint8_t { kText, kInteger, kFloat, kBool, kHex, kBinary, kTimestamp };
  Kind kind = Kind::kText;
  std::string text;  // without quotes and escapes; numbers as written
};

struct Comparison {
  Path path;
  Operator op = Operator::kEqual;
  bool negated = false;
  std::vector<Constant> constants;  // one; kIn: any number; kExists: none
  std::size_t offset = 0;           // of the path in the pattern
};

enum class NodeKind : std::uint8_t {
  kComparison,   // a leaf, inside [ ]
  kAnd,          // of comparisons
  kOr,           // of comparisons
  kObservation,  // [ ] with one child
  kObservationAnd,
  kObservationOr,
  kFollowedBy,
};

using NodeIndex = std::uint32_t;

struct Node {
  NodeKind kind = NodeKind::kComparison;
  std::uint32_t comparison = 0;     // of a leaf: index into Pattern::comparisons
  std::vector<NodeIndex> children;  // two or more; one below kObservation
};

struct Pattern {
  std::vector<Node> nodes;
  std::vector<Comparison> comparisons;  // in the order of the text
  NodeIndex root = 0;
  bool qualified = false;             // START, WITHIN or REPEATS stands somewhere
  std::optional<std::string> stop{};  // the time behind STOP where it holds for the whole pattern
};

/// Why a text is no pattern.
struct Fault {
  enum class Kind : std::uint8_t { kSyntax, kDuplicateQualifier, kHashValue };
  Kind kind = Kind::kSyntax;
  std::string message;
  std::size_t offset = 0;  // bytes from the start
};
std::string_view name_of(Fault::Kind kind);

}  // namespace quarry::taxii_pull::pattern
