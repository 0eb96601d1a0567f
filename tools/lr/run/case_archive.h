// The files of a run in one encrypted zip archive, so that samples travel without being opened: by
// scanners on the way, or by somebody's double click.
#pragma once

#include "common/base/result.h"
#include "common/base/secret.h"
#include "common/cli/invocation.h"
#include "common/io/archive_writer.h"

#include <memory>
#include <span>
#include <string>

namespace quarry::lr {

struct CaseArchive {
  std::string path;  // empty: no archive is wanted
  Secret password;
};

/// --archive with its password: from --password-file, else asked for. kUsage where the archive is
/// there already, or nobody can be asked.
Result<CaseArchive> read_case_archive(const cli::Invocation& invocation,
                                      const config::RunContext& context);

/// Packs the files that the result lines name, below the names that they have in `out_dir`, and the
/// lines as results.ndjson; then removes the files. A run without files has an archive too.
Result<void> pack(const CaseArchive& archive, std::span<const std::string> rows,
                  const std::string& out_dir);

}  // namespace quarry::lr
