// Campaigns whose cases are bytes: sound samples, changed here and there.
#pragma once

#include "tests/fuzz/campaign.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarry::fuzz {

class ByteCampaign : public Campaign {
 public:
  void run_case(Random& random, Recorder& recorder) override;
  void run_bytes(std::span<const std::uint8_t> bytes, Recorder& recorder) override;
  void run_file(const std::string& text, Recorder& recorder) override;

 protected:
  virtual std::vector<std::string> samples() const = 0;
  /// Pieces that a mutation may put in.
  virtual std::vector<std::string_view> pieces() const = 0;
  virtual void try_text(const std::string& text, Recorder& recorder) = 0;
  /// How the text is told to people.
  virtual std::string print(const std::string& text) const;

 private:
  std::vector<std::string> samples_;
};

/// Changes a few places: bytes flipped, pieces put in, stretches dropped, doubled, moved.
std::string mutated(Random& random, std::string text, const std::vector<std::string_view>& pieces);

}  // namespace quarry::fuzz
