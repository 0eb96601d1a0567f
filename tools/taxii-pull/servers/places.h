// Where the collections lie that a server's settings mean.
#pragma once

#include "common/base/error.h"
#include "common/services/taxii/collections.h"
#include "tools/taxii-pull/servers/session.h"

#include <string>
#include <vector>

namespace quarry::taxii_pull {

/// A collection at its place.
struct Place {
  std::string api_root;
  services::taxii::Collection collection;
};

/// The collections that the settings mean: those named, else all. Names that fit none, collections
/// that the account may not read and servers that show it none are errors of their own; the others
/// are found all the same.
struct Places {
  std::vector<Place> found;
  std::vector<Error> errors;
};
Result<Places> find_places(Session& session, const ServerSettings& settings);

}  // namespace quarry::taxii_pull
