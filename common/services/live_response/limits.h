// The service's limits, by the page of each API ("Rate limitations"): the names of their buckets.
#pragma once

#include "common/net/rate_limit.h"

#include <array>

namespace quarry::live_response {

inline constexpr std::array<net::Window, 1> kSubmitWindows{{{10, 60}}};
inline constexpr std::array<net::Window, 2> kUsualWindows{{{100, 60}, {1500, 3600}}};
inline constexpr std::array<net::Window, 2> kPackageWindows{{{2, 60}, {120, 3600}}};
inline constexpr std::array<net::Window, 1> kInvestigationWindows{{{50, 3600}}};

inline constexpr net::ApiLimit kSubmitLimit{"mde.runliveresponse", kSubmitWindows};
inline constexpr net::ApiLimit kActionsLimit{"mde.machineactions", kUsualWindows};
inline constexpr net::ApiLimit kCancelLimit{"mde.cancel", kUsualWindows};
inline constexpr net::ApiLimit kLinkLimit{"mde.resultlink", kUsualWindows};
inline constexpr net::ApiLimit kLibraryLimit{"mde.libraryfiles", kUsualWindows};
inline constexpr net::ApiLimit kMachinesLimit{"mde.machines", kUsualWindows};
inline constexpr net::ApiLimit kActLimit{"mde.act", kUsualWindows};
inline constexpr net::ApiLimit kPackageLimit{"mde.packageuri", kPackageWindows};
inline constexpr net::ApiLimit kInvestigationLimit{"mde.startinvestigation", kInvestigationWindows};

}  // namespace quarry::live_response
