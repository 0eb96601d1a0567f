// TopPaths: which directories cost most, roots first, each with its own directories down to a
// depth.
#include "tools/etl-report/views/tables.h"

namespace quarry::etl_report {
namespace {

constexpr ListDef kFileScans{.parameter = "TopScansPerFilePerPath",
                             .member = "Scans",
                             .subject = Subject::kScans,
                             .help = "For each of these files, its N longest scans"};
constexpr const ListDef* kBelowFile[]{&kFileScans};
constexpr ListDef kFiles{.parameter = "TopFilesPerPath",
                         .member = "Files",
                         .subject = Subject::kFiles,
                         .help = "For each directory, the N files that cost most",
                         .below = kBelowFile};

constexpr ListDef kExtensionScans{.parameter = "TopScansPerExtensionPerPath",
                                  .member = "Scans",
                                  .subject = Subject::kScans,
                                  .help = "For each of these extensions, its N longest scans"};
constexpr const ListDef* kBelowExtension[]{&kExtensionScans};
constexpr ListDef kExtensions{.parameter = "TopExtensionsPerPath",
                              .member = "Extensions",
                              .subject = Subject::kExtensions,
                              .help = "For each directory, the N extensions that cost most",
                              .below = kBelowExtension};

constexpr ListDef kScans{.parameter = "TopScansPerPath",
                         .member = "Scans",
                         .subject = Subject::kScans,
                         .help = "For each directory, its N longest scans"};

constexpr ListDef kProcessScans{.parameter = "TopScansPerProcessPerPath",
                                .member = "Scans",
                                .subject = Subject::kScans,
                                .help = "For each of these processes, its N longest scans"};
constexpr const ListDef* kBelowProcess[]{&kProcessScans};
constexpr ListDef kProcesses{.parameter = "TopProcessesPerPath",
                             .member = "Processes",
                             .subject = Subject::kProcesses,
                             .help = "For each directory, the N processes that cost most",
                             .below = kBelowProcess};

constexpr const ListDef* kBelow[]{&kFiles, &kExtensions, &kScans, &kProcesses};
constexpr ListDef kList{.parameter = "TopPaths",
                        .member = "TopPaths",
                        .subject = Subject::kFolders,
                        .help =
                            "Show the N roots that cost most, and the N directories that cost "
                            "most in each, down to --top-paths-depth",
                        .below = kBelow};
constexpr auto kOptions = options_of<kList>();

}  // namespace

constinit const View kTopPaths{
    .name = "TopPaths", .options = {"Directories", kOptions}, .list = &kList, .build = build_list};

}  // namespace quarry::etl_report
