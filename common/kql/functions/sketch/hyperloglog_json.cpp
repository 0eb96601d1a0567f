#include "common/kql/functions/sketch/hyperloglog_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace quarry::kql::functions {
namespace {

constexpr std::int64_t kVersion = 1;
constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::optional<HyperLogLog> read_registers(int precision, std::string_view digits) {
  if (digits.size() != std::size_t{1} << precision) return std::nullopt;
  std::vector<std::uint8_t> registers;
  registers.reserve(digits.size());
  for (const char digit : digits) {
    const std::size_t value = kDigits.find(digit);
    if (value > static_cast<std::size_t>(65 - precision)) return std::nullopt;  // also npos
    registers.push_back(static_cast<std::uint8_t>(value));
  }
  return HyperLogLog(precision, std::move(registers));
}

std::optional<HyperLogLog> read_hashes(int precision, const DynamicView& hashes) {
  HyperLogLog sketch(precision);
  std::string scratch;
  DynamicView element;
  for (ArrayCursor cursor(hashes); cursor.next(element);) {
    const std::string_view text = element.as_string(scratch).value_or(std::string_view{});
    std::uint64_t hash = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), hash, 16);
    if (error != std::errc{} || text.size() != 16 || end != text.data() + text.size())
      return std::nullopt;
    sketch.add(hash);
  }
  return sketch;
}

}  // namespace

void append_hll(std::string& json, const HyperLogLog& sketch) {
  json += fmt::format("[[{},{}],[", kVersion, sketch.precision());
  const std::vector<std::uint64_t> hashes = sketch.hashes();
  for (std::size_t i = 0; i < hashes.size(); ++i)
    json += fmt::format("{}\"{:016x}\"", i == 0 ? "" : ",", hashes[i]);
  json += "],\"";
  for (const std::uint8_t value : sketch.registers()) json += kDigits[value];
  json += "\"]";
}

std::optional<HyperLogLog> read_hll(const DynamicView& value) {
  if (value.kind() != DynamicKind::kArray || value.size() != 3) return std::nullopt;
  const DynamicView head = value.element(0);
  const DynamicView hashes = value.element(1);
  std::string scratch;
  const auto registers = value.element(2).as_string(scratch);
  const std::int64_t precision = head.element(1).as_long().value_or(0);
  if (head.element(0).as_long() != kVersion || hashes.kind() != DynamicKind::kArray || !registers)
    return std::nullopt;
  if (precision < HyperLogLog::kLeastPrecision || precision > HyperLogLog::kGreatestPrecision)
    return std::nullopt;
  if (!registers->empty()) return read_registers(static_cast<int>(precision), *registers);
  return read_hashes(static_cast<int>(precision), hashes);
}

}  // namespace quarry::kql::functions
