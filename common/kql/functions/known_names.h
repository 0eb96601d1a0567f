// Every function name that KQL has, whether it exists here or not.
#pragma once

#include <span>
#include <string_view>

namespace quarry::kql::functions {

/// Sorted by bytes. Scalar functions, aggregates, window functions and plugins.
std::span<const std::string_view> known_names();
/// Those of them that ask the cloud service for something that no file can tell: its models, cursors, users, nodes. Sorted.
std::span<const std::string_view> service_names();

}  // namespace quarry::kql::functions
