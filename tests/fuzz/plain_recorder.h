// Collects what a campaign tells, in this process.
#pragma once

#include "tests/fuzz/campaign.h"
#include "tests/runner/text_file.h"

#include <map>
#include <string>
#include <vector>

namespace quarry::fuzz {

class PlainRecorder final : public Recorder {
 public:
  void describe(const std::string& text) override { described = text; }
  void finding(const std::string& what) override { findings.push_back(what + "\n" + described); }
  void count(std::string_view what) override { ++counts[std::string(what)]; }
  void covered(int group, std::uint32_t index) override { seen[group].insert(index); }
  const std::filesystem::path& folder() override { return folder_.path(); }

  std::string described;
  std::vector<std::string> findings;  ///< each with how to repeat it
  std::map<std::string, std::uint64_t> counts;
  std::set<std::uint32_t> seen[3];

 private:
  test::TemporaryFolder folder_;
};

}  // namespace quarry::fuzz
