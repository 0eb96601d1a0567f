#include "tools/taxii-pull/stix/tlp.h"

#include "common/base/text.h"
#include "common/value/dynamic.h"
#include "tools/taxii-pull/stix/object.h"

#include <algorithm>
#include <array>
#include <utility>

namespace quarry::taxii_pull::stix {
namespace {

constexpr std::string_view kExtension =
    "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";  // TLP 2.0
constexpr std::string_view kPrefix = "marking-definition--";

// STIX 2.1 §7.2.1.4 and the TLP 2.0 extension.
constexpr std::array<std::pair<std::string_view, Tlp>, 9> kIds{{
    {"613f2e26-407d-48c7-9eca-b8e91df99dc9", Tlp::kWhite},
    {"34098fce-860f-48ae-8e50-ebd3cc5e41da", Tlp::kGreen},
    {"f88d31f6-486f-44da-b317-01333bde0b82", Tlp::kAmber},
    {"5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Tlp::kRed},
    {"94868c89-83c2-464b-929b-a1a8aa3c8487", Tlp::kWhite},
    {"bab4a63c-aed9-4cf5-a766-dfca5abac2bb", Tlp::kGreen},
    {"55d920b0-5e8b-4f79-9ee9-91f868d9b421", Tlp::kAmber},
    {"939a9414-2ddd-4d32-a0cd-375ea402b003", Tlp::kAmberStrict},
    {"e828b379-4e03-4974-9ac4-e53a884c97c1", Tlp::kRed},
}};

constexpr std::array<std::pair<std::string_view, Tlp>, 6> kWords{{
    {"white", Tlp::kWhite},
    {"clear", Tlp::kWhite},
    {"green", Tlp::kGreen},
    {"amber", Tlp::kAmber},
    {"amber+strict", Tlp::kAmberStrict},
    {"red", Tlp::kRed},
}};

std::optional<Tlp> level_in(DynamicView object, std::string_view key) {
  std::string scratch;
  const auto text = object.member(key).as_string(scratch);
  return text ? parse_tlp(*text) : std::nullopt;
}

}  // namespace

std::string_view column_word(Tlp level) {
  constexpr std::array<std::string_view, 5> kColumn{"white", "green", "amber", "amber", "red"};
  return kColumn[static_cast<std::size_t>(level)];
}

std::string_view exact_name(Tlp level) {
  constexpr std::array<std::string_view, 5> kExact{"TLP:CLEAR", "TLP:GREEN", "TLP:AMBER",
                                                   "TLP:AMBER+STRICT", "TLP:RED"};
  return kExact[static_cast<std::size_t>(level)];
}

std::optional<Tlp> parse_tlp(std::string_view text) {
  text = text::trim_ascii(text);
  if (text.size() > 4 && text::iequals_ascii(text.substr(0, 4), "tlp:")) text.remove_prefix(4);
  const auto found = std::find_if(kWords.begin(), kWords.end(), [&](const auto& word) {
    return text::iequals_ascii(word.first, text);
  });
  return found == kWords.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Tlp> tlp_of_id(std::string_view marking_id) {
  if (!marking_id.starts_with(kPrefix)) return std::nullopt;
  const std::string_view uuid = marking_id.substr(kPrefix.size());
  const auto found = std::find_if(kIds.begin(), kIds.end(),
                                  [&](const auto& known) { return known.first == uuid; });
  return found == kIds.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Tlp> tlp_of_marking(ObjectReader& marking) {
  if (const auto fixed = tlp_of_id(marking.id())) return fixed;
  const DynamicView extension = DynamicView(marking.nested(Member::kExtensions)).member(kExtension);
  if (const auto level = level_in(extension, "tlp_2_0")) return level;
  if (const auto level = level_in(DynamicView(marking.nested(Member::kDefinition)), "tlp"))
    return level;
  const std::string_view name = marking.text(Member::kName);
  return name.size() > 4 && text::iequals_ascii(name.substr(0, 4), "tlp:") ? parse_tlp(name)
                                                                           : std::nullopt;
}

}  // namespace quarry::taxii_pull::stix
