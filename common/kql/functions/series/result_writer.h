// Writes the results of one row: as an array, whose elements become columns, or as a bag with the
// same names.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace quarry::kql::functions {

class ResultWriter {
 public:
  enum class As : std::uint8_t { kColumns, kBag };
  ResultWriter(std::string& out, As as) : out_(out), as_(as) {
    out_ += as_ == As::kBag ? '{' : '[';
  }

  void add(std::string_view name, double value);
  void add(std::string_view name, std::int64_t value);
  void add(std::string_view name, std::span<const double> values);
  /// What follows belongs to a bag of this name until close(); among columns it has no place of its
  /// own.
  void open(std::string_view name);
  void close();
  void finish() { out_ += as_ == As::kBag ? '}' : ']'; }

 private:
  void begin(std::string_view name);
  std::string& out_;
  As as_;
};

}  // namespace quarry::kql::functions
