// Collects errors and warnings, so that a user sees all of them at once.
#pragma once

#include "common/base/error.h"
#include "common/base/source_span.h"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace quarry {

enum class Level : std::uint8_t { kError, kWarning, kNote };
/// The "class" of `--format json` diagnostics.
enum class DiagnosticClass : std::uint8_t { kSyntax, kSemantic, kData, kUsage, kOther };

const char* name_of(Level level);
const char* name_of(DiagnosticClass kind);

struct Diagnostic {
  Level level = Level::kError;
  DiagnosticClass kind = DiagnosticClass::kOther;
  std::string message;              // what; no trailing full stop
  std::string hint;                 // how to mend; may be empty
  std::optional<SourceSpan> where;  // in the query text
  std::string file;                 // or in a file: "path:line:byte"; may be empty
  std::uint64_t repeats = 1;        // folded repeats
};

/// Thread-safe: workers add data warnings while the main thread runs.
class Diagnostics {
 public:
  void error(DiagnosticClass kind, SourceSpan where, std::string message, std::string hint = {});
  void warning(DiagnosticClass kind, SourceSpan where, std::string message, std::string hint = {});
  void add(Diagnostic diagnostic);  ///< an equal level, message and place is folded into the first
                                    ///< with a count
  void add(
      const Error& error,
      DiagnosticClass kind = DiagnosticClass::kOther);  ///< without a message: reported already

  bool has_errors() const;
  /// Errors of the query itself (syntax, semantic): nothing may run then. Data errors do not count.
  bool has_query_errors() const;
  std::size_t error_count() const;
  /// All so far, those with a place in the query first, in order of position; then the others, in
  /// order of arrival.
  std::vector<Diagnostic> sorted() const;

 private:
  mutable std::mutex mutex_;
  std::vector<Diagnostic> all_;
  std::unordered_map<std::string, std::size_t>
      index_;  // level, place and message -> position in all_
};

}  // namespace quarry
