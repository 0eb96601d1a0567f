// Made recordings of Defender, for examples/defender-scan-load and tests of the command line: a
// workstation where a backup reads one large file over and over, before and after that was mended.
#pragma once

#include <string>

namespace quarry::traces {

std::string scans_before();
std::string scans_after();
/// A recording without a scan.
std::string scans_none();
/// scans_before() that lost events, without its end.
std::string scans_cut();

}  // namespace quarry::traces
