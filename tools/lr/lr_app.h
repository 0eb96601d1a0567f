// lr as data: its commands and options. main.cpp hands this to cli::run.
#pragma once

#include "common/cli/app.h"
#include "tools/lr/records.h"

#include <array>

namespace quarry::lr {

extern const cli::AppDef kApp;

/// How result lines look in formats other than NDJSON: all members, in their order.
inline constexpr std::array<RecordColumn, 15> kResultColumns{{
    {"run", Type::kString, Shown::kInFiles},
    {"device_id", Type::kString, Shown::kInFiles},
    {"device"},
    {"command", Type::kLong},
    {"type"},
    {"name"},
    {"state"},
    {"exit_code", Type::kLong},
    {"output", Type::kDynamic},
    {"output_format", Type::kString, Shown::kInFiles},
    {"error"},
    {"action_id", Type::kString, Shown::kInFiles},
    {"started", Type::kString, Shown::kInFiles},
    {"ended", Type::kString, Shown::kInFiles},
    {"file", Type::kDynamic},
}};

Result<int> check_command(cli::Invocation& invocation);
Result<int> run_command(cli::Invocation& invocation);
Result<int> status_command(cli::Invocation& invocation);
Result<int> cancel_command(cli::Invocation& invocation);
Result<int> collect_command(cli::Invocation& invocation);
Result<int> report_command(cli::Invocation& invocation);
Result<int> library_command(cli::Invocation& invocation);
Result<int> action_command(cli::Invocation& invocation);
Result<int> quarantine_command(cli::Invocation& invocation);
Result<int> undo_command(cli::Invocation& invocation);
Result<int> machines_command(cli::Invocation& invocation);
Result<int> whoami_command(cli::Invocation& invocation);
Result<int> verify_command(cli::Invocation& invocation);

}  // namespace quarry::lr
