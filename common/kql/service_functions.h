// Functions of the services that give a table of their own, written in KQL over the tables that
// hold their answers. Those that invoke calls are in operators/service_functions.h.
#pragma once

#include <span>
#include <string_view>

namespace quarry::kql {

struct ServiceFunctionText {
  std::string_view name;
  std::string_view text;  // let NAME = (…) { … };
};

std::span<const ServiceFunctionText> service_function_texts();

}  // namespace quarry::kql
