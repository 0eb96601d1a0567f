// The content of the fake's collections: indicators, each with the date it was added, some of them
// updated and revoked later on.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace quarry::fakes::taxii {

struct MadeObject {
  std::string id;
  std::string type;
  std::string version = {};     // modified
  std::string date_added = {};  // YYYY-MM-DDTHH:MM:SS.ffffffZ: its text sorts as its time
  std::string json = {};
};

/// `count` objects in the order of their dates: most are new indicators; every tenth is a newer
/// version of an earlier one, with another address, every fifteenth the revocation of one. Three
/// objects in a row share each date.
std::vector<MadeObject> made_objects(std::size_t count);

}  // namespace quarry::fakes::taxii
