#include "tests/bench/made_events.h"

#include "common/json/byte_masks.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>

namespace quarry::bench {
namespace {

constexpr std::size_t kRows = 20'000;

constexpr std::array<std::string_view, 8> kFiles{
    "svchost.exe", "chrome.exe",  "powershell.exe",    "explorer.exe",
    "cmd.exe",     "MsMpEng.exe", "runtimebroker.exe", "teams.exe"};

}  // namespace

std::uint32_t EventLines::below(std::uint32_t limit) {
  state_ = state_ * 6364136223846793005U + 1442695040888963407U;
  return static_cast<std::uint32_t>(state_ >> 33) % limit;
}

std::string EventLines::next() {
  const std::size_t row = row_++;
  const std::string_view file = kFiles[below(kFiles.size())];
  const std::string_view parent = kFiles[below(kFiles.size())];
  const std::uint32_t device = below(500);
  const bool rare = row % 5000 == 4999;
  return fmt::format(
      R"({{"Timestamp":"2026-05-{:02}T{:02}:{:02}:{:02}.{:07}Z","DeviceId":"{:040x}",)"
      R"("DeviceName":"host{:04}.example.com","ActionType":"ProcessCreated","FileName":"{}",)"
      R"("FolderPath":"C:\\Windows\\System32\\{}","SHA256":"{:064x}","FileSize":{},"ProcessId":{},)"
      R"("ProcessCommandLine":"\"C:\\Windows\\System32\\{}\" -k {} -p {} /run:{}{}",)"
      R"("AccountDomain":"corp","AccountName":"user{}","InitiatingProcessFileName":"{}",)"
      R"("InitiatingProcessFolderPath":"c:\\windows\\system32\\{}","InitiatingProcessId":{},)"
      R"("ReportId":{},"AdditionalFields":{{"Integrity":{},"Session":"{}"}}}})"
      "\n",
      1 + below(28), below(24), below(60), below(60), below(10'000'000), device, device, file, file,
      row, below(1 << 24), below(30'000), file, below(100), below(1000), below(1 << 30),
      rare ? " sekurlsa mimikatz" : "", below(300), parent, parent, below(30'000), row, below(4),
      below(9));
}

const Events& made_events() {
  static const Events events = [] {
    Events made;
    EventLines lines;
    for (std::size_t row = 0; row < kRows; ++row) made.padded += lines.next();
    made.size = made.padded.size();
    made.padded.append(json::kScanPadding, '\0');
    table::split_rows(made.text(), made.lines);
    return made;
  }();
  return events;
}

}  // namespace quarry::bench
