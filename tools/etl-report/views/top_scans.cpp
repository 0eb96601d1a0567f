// TopScans: the longest scans.
#include "tools/etl-report/views/tables.h"

namespace quarry::etl_report {
namespace {

constexpr ListDef kList{.parameter = "TopScans",
                        .member = "TopScans",
                        .subject = Subject::kScans,
                        .help = "Show the N longest scans"};
constexpr auto kOptions = options_of<kList>();

}  // namespace

constinit const View kTopScans{
    .name = "TopScans", .options = {"Scans", kOptions}, .list = &kList, .build = build_list};

}  // namespace quarry::etl_report
