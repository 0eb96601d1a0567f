// The manual page of the language, kql-functions(7), from the tables that the binder works with.
#pragma once

#include <string>

namespace quarry::hq {

/// Roff source. Sections by kind, entries by name; every example is one that tests run.
std::string functions_manual(const std::string& version);

}  // namespace quarry::hq
