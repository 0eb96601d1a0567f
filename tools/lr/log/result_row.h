// One line of the results: what became of one command on one device.
#pragma once

#include "tools/lr/scheduler/events.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::lr {

/// "succeeded", "pending_expired" …
std::string_view name_of(Outcome outcome);
std::optional<Outcome> parse_outcome(std::string_view name);

struct StoredFile {
  std::string path = {};           // on this machine
  std::uint64_t bytes = 0;         // unpacked
  std::string sha256 = {};         // of the file as it was on the device
  std::string sha256_stored = {};  // of the bytes that the service stored
};

struct ResultRow {
  std::string run = {};
  std::string device_id = {};
  std::string device = {};
  std::int64_t command = 0;  // index in the playbook, from 0
  std::string type = {};
  std::string name = {};  // script, library file, or path on the device
  Outcome state = Outcome::kSucceeded;
  std::optional<std::int64_t> exit_code = {};
  std::string output = {};         // text, or JSON where the format says so
  std::string output_format = {};  // "text", "json", "raw"; empty without output
  std::string error = {};
  std::string action_id = {};
  std::string started = {};
  std::string ended = {};
  std::optional<StoredFile> file = {};
};

/// {"_type":"lr.result",…} without newline. Every key is there; what is not known is null.
std::string to_json(const ResultRow& row);

}  // namespace quarry::lr
