// The views, in the order of reports. A new view is a file beside this one, its line here and in
// CMakeLists.txt.
#pragma once

#include "tools/etl-report/views/view.h"

#include <array>
#include <span>

namespace quarry::etl_report {

extern const View kTopFiles;
extern const View kTopPaths;
extern const View kTopExtensions;
extern const View kTopProcesses;
extern const View kTopScans;
extern const View kOverview;

inline constexpr std::array kViews{&kTopFiles,     &kTopPaths, &kTopExtensions,
                                   &kTopProcesses, &kTopScans, &kOverview};

inline std::span<const View* const> views() { return kViews; }

}  // namespace quarry::etl_report
