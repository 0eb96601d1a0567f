// TopProcesses: whose work made the engine scan, by the full path of the program.
#include "tools/etl-report/views/tables.h"

namespace quarry::etl_report {
namespace {

constexpr ListDef kScans{.parameter = "TopScansPerProcess",
                         .member = "Scans",
                         .subject = Subject::kScans,
                         .help = "For each of these processes, its N longest scans"};

constexpr ListDef kFileScans{.parameter = "TopScansPerFilePerProcess",
                             .member = "Scans",
                             .subject = Subject::kScans,
                             .help = "For each of these files, its N longest scans"};
constexpr const ListDef* kBelowFile[]{&kFileScans};
constexpr ListDef kFiles{.parameter = "TopFilesPerProcess",
                         .member = "Files",
                         .subject = Subject::kFiles,
                         .help = "For each of these processes, the N files that cost most",
                         .below = kBelowFile};

constexpr ListDef kExtensionScans{.parameter = "TopScansPerExtensionPerProcess",
                                  .member = "Scans",
                                  .subject = Subject::kScans,
                                  .help = "For each of these extensions, its N longest scans"};
constexpr const ListDef* kBelowExtension[]{&kExtensionScans};
constexpr ListDef kExtensions{
    .parameter = "TopExtensionsPerProcess",
    .member = "Extensions",
    .subject = Subject::kExtensions,
    .help = "For each of these processes, the N extensions that cost most",
    .below = kBelowExtension};

constexpr ListDef kFolderScans{.parameter = "TopScansPerPathPerProcess",
                               .member = "Scans",
                               .subject = Subject::kScans,
                               .help = "For each of these directories, its N longest scans"};
constexpr const ListDef* kBelowFolder[]{&kFolderScans};
constexpr ListDef kFolders{.parameter = "TopPathsPerProcess",
                           .member = "Folder",
                           .subject = Subject::kFolders,
                           .help = "For each of these processes, the N directories that cost most",
                           .below = kBelowFolder};

constexpr const ListDef* kBelow[]{&kScans, &kFiles, &kExtensions, &kFolders};
constexpr ListDef kList{.parameter = "TopProcesses",
                        .member = "TopProcesses",
                        .subject = Subject::kProcesses,
                        .help = "Show the N processes whose files cost most to scan",
                        .below = kBelow};
constexpr auto kOptions = options_of<kList>();

}  // namespace

constinit const View kTopProcesses{.name = "TopProcesses",
                                   .options = {"Processes", kOptions},
                                   .list = &kList,
                                   .build = build_list};

}  // namespace quarry::etl_report
