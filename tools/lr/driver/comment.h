// The comment of a submission. The service shows it with the action: by the tag in it a submission
// is found whose answer was lost.
#pragma once

#include "tools/lr/run/job.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace quarry::lr {

/// "[quarry RUN/2]": one for each attempt of a job on its device. A device's further jobs are told
/// apart by their turn: "[quarry RUN.3/2]".
std::string tag_of(std::string_view run, const Job& job, std::uint32_t attempt);
/// Playbook, reason and tag. A long reason is cut, between two characters.
std::string comment_of(std::string_view run, const Job& job, std::uint32_t attempt,
                       std::string_view reason);

}  // namespace quarry::lr
