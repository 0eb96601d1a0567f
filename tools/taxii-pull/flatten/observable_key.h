// How observables are named: "file:hashes.'SHA-256'", "network-traffic:protocols[*]".
#pragma once

#include "tools/taxii-pull/pattern/hash_names.h"
#include "tools/taxii-pull/pattern/tree.h"

#include <string>

namespace quarry::taxii_pull::flatten {

/// Type and steps; a step in apostrophes only where it is not letters, digits and '_'; hash
/// algorithms as STIX spells them.
std::string key_of(const pattern::Path& path);
/// The same with every position in a list as [*]: what the table of columns knows.
std::string general_key_of(const pattern::Path& path);
/// The algorithm where the path is type:hashes.ALGORITHM; nullptr for other paths.
const pattern::HashName* hash_of(const pattern::Path& path);

}  // namespace quarry::taxii_pull::flatten
