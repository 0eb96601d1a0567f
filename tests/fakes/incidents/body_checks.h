// What the services ask of bodies, and how they refuse them.
#pragma once

#include "common/json/document.h"
#include "tests/fakes/message.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace quarry::fakes {

/// The reason why the body of createAlert would be refused; "" where it is good.
std::string problem_of_alert(const json::Node& input);
/// The same of CreateAlertByReference.
std::string problem_of_reference(const json::Node& body);

/// What is wrong with the body of a PATCH of an incident of Defender; "" nothing.
std::string problem_of_edit(const json::Node& edit);
bool has_member(const json::Node& node, std::string_view key);
std::string text_member(const json::Node& node, std::string_view key);
bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words);
/// A member that nobody knows; "" where all are known.
std::string unknown_member(const json::Node& node, std::initializer_list<std::string_view> known);
/// nullopt where the body is no JSON object sent as application/json.
std::optional<json::Document> body_of(const Request& request);

}  // namespace quarry::fakes
