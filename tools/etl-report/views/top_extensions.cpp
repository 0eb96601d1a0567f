// TopExtensions: which kinds of file cost most, by what stands behind the last dot of their names.
#include "tools/etl-report/views/tables.h"

namespace quarry::etl_report {
namespace {

constexpr ListDef kScans{.parameter = "TopScansPerExtension",
                         .member = "Scans",
                         .subject = Subject::kScans,
                         .help = "For each of these extensions, its N longest scans"};

constexpr ListDef kFileScans{.parameter = "TopScansPerFilePerExtension",
                             .member = "Scans",
                             .subject = Subject::kScans,
                             .help = "For each of these files, its N longest scans"};
constexpr const ListDef* kBelowFile[]{&kFileScans};
constexpr ListDef kFiles{.parameter = "TopFilesPerExtension",
                         .member = "Files",
                         .subject = Subject::kFiles,
                         .help = "For each of these extensions, the N files that cost most",
                         .below = kBelowFile};

constexpr ListDef kProcessScans{.parameter = "TopScansPerProcessPerExtension",
                                .member = "Scans",
                                .subject = Subject::kScans,
                                .help = "For each of these processes, its N longest scans"};
constexpr const ListDef* kBelowProcess[]{&kProcessScans};
constexpr ListDef kProcesses{.parameter = "TopProcessesPerExtension",
                             .member = "Processes",
                             .subject = Subject::kProcesses,
                             .help = "For each of these extensions, the N processes that cost most",
                             .below = kBelowProcess};

constexpr ListDef kFolderScans{.parameter = "TopScansPerPathPerExtension",
                               .member = "Scans",
                               .subject = Subject::kScans,
                               .help = "For each of these directories, its N longest scans"};
constexpr const ListDef* kBelowFolder[]{&kFolderScans};
constexpr ListDef kFolders{.parameter = "TopPathsPerExtension",
                           .member = "Folder",
                           .subject = Subject::kFolders,
                           .help = "For each of these extensions, the N directories that cost most",
                           .below = kBelowFolder};

constexpr const ListDef* kBelow[]{&kScans, &kFiles, &kProcesses, &kFolders};
constexpr ListDef kList{.parameter = "TopExtensions",
                        .member = "TopExtensions",
                        .subject = Subject::kExtensions,
                        .help = "Show the N file extensions that cost most",
                        .below = kBelow};
constexpr auto kOptions = options_of<kList>();

}  // namespace

constinit const View kTopExtensions{.name = "TopExtensions",
                                    .options = {"Extensions", kOptions},
                                    .list = &kList,
                                    .build = build_list};

}  // namespace quarry::etl_report
