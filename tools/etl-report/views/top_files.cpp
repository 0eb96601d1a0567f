// TopFiles: which files cost most to scan, by their full path.
#include "tools/etl-report/views/tables.h"

namespace quarry::etl_report {
namespace {

constexpr ListDef kScans{.parameter = "TopScansPerFile",
                         .member = "Scans",
                         .subject = Subject::kScans,
                         .help = "For each of these files, its N longest scans"};
constexpr ListDef kProcessScans{.parameter = "TopScansPerProcessPerFile",
                                .member = "Scans",
                                .subject = Subject::kScans,
                                .help = "For each of these processes, its N longest scans"};
constexpr const ListDef* kBelowProcess[]{&kProcessScans};
constexpr ListDef kProcesses{.parameter = "TopProcessesPerFile",
                             .member = "Processes",
                             .subject = Subject::kProcesses,
                             .help = "For each of these files, the N processes that used it most",
                             .below = kBelowProcess};

constexpr const ListDef* kBelow[]{&kScans, &kProcesses};
constexpr ListDef kList{.parameter = "TopFiles",
                        .member = "TopFiles",
                        .subject = Subject::kFiles,
                        .help = "Show the N files that cost most to scan",
                        .below = kBelow};
constexpr auto kOptions = options_of<kList>();

}  // namespace

constinit const View kTopFiles{
    .name = "TopFiles", .options = {"Files", kOptions}, .list = &kList, .build = build_list};

}  // namespace quarry::etl_report
