#include "common/base/diagnostics.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry {
namespace {

// What makes two diagnostics the same one: level, place and message.
std::string identity(const Diagnostic& diagnostic) {
  const SourceSpan where = diagnostic.where.value_or(SourceSpan{});
  return fmt::format("{}|{}|{}|{}|{}|{}", static_cast<int>(diagnostic.level),
                     diagnostic.where.has_value(), where.start, where.length, diagnostic.file,
                     diagnostic.message);
}

bool comes_before(const Diagnostic& a, const Diagnostic& b) {
  if (!a.where) return false;
  return !b.where || a.where->start < b.where->start;
}

}  // namespace

const char* name_of(Level level) {
  switch (level) {
    case Level::kError:
      return "error";
    case Level::kWarning:
      return "warning";
    case Level::kNote:
      return "note";
  }
  return "";
}

const char* name_of(DiagnosticClass kind) {
  switch (kind) {
    case DiagnosticClass::kSyntax:
      return "syntax";
    case DiagnosticClass::kSemantic:
      return "semantic";
    case DiagnosticClass::kData:
      return "data";
    case DiagnosticClass::kUsage:
      return "usage";
    case DiagnosticClass::kOther:
      return "other";
  }
  return "";
}

void Diagnostics::error(DiagnosticClass kind, SourceSpan where, std::string message,
                        std::string hint) {
  add({.level = Level::kError,
       .kind = kind,
       .message = std::move(message),
       .hint = std::move(hint),
       .where = where,
       .file = {}});
}

void Diagnostics::warning(DiagnosticClass kind, SourceSpan where, std::string message,
                          std::string hint) {
  add({.level = Level::kWarning,
       .kind = kind,
       .message = std::move(message),
       .hint = std::move(hint),
       .where = where,
       .file = {}});
}

void Diagnostics::add(Diagnostic diagnostic) {
  std::string key = identity(diagnostic);
  const std::lock_guard lock(mutex_);
  const auto [known, is_new] = index_.try_emplace(std::move(key), all_.size());
  if (is_new) {
    all_.push_back(std::move(diagnostic));
  } else {
    all_[known->second].repeats += diagnostic.repeats;
  }
}

void Diagnostics::add(const Error& error, DiagnosticClass kind) {
  if (error.message().empty()) return;
  add({.level = Level::kError,
       .kind = kind,
       .message = error.message(),
       .hint = error.hint(),
       .where = error.where(),
       .file = error.file()});
}

bool Diagnostics::has_query_errors() const {
  const std::lock_guard lock(mutex_);
  return std::any_of(all_.begin(), all_.end(), [](const Diagnostic& each) {
    return each.level == Level::kError &&
           (each.kind == DiagnosticClass::kSyntax || each.kind == DiagnosticClass::kSemantic);
  });
}

bool Diagnostics::has_errors() const { return error_count() > 0; }

std::size_t Diagnostics::error_count() const {
  const std::lock_guard lock(mutex_);
  const auto count = std::count_if(all_.begin(), all_.end(), [](const Diagnostic& diagnostic) {
    return diagnostic.level == Level::kError;
  });
  return static_cast<std::size_t>(count);
}

std::vector<Diagnostic> Diagnostics::sorted() const {
  std::vector<Diagnostic> result;
  {
    const std::lock_guard lock(mutex_);
    result = all_;
  }
  std::stable_sort(result.begin(), result.end(), comes_before);
  return result;
}

}  // namespace quarry
