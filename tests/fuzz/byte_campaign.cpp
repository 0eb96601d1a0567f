#include "tests/fuzz/byte_campaign.h"

#include "tests/fuzz/test_text.h"

#include <algorithm>

namespace quarry::fuzz {

std::string mutated(Random& random, std::string text, const std::vector<std::string_view>& pieces) {
  for (std::uint64_t count = random.below(5); count > 0; --count) {
    const std::size_t at = random.below(text.size() + 1);
    const std::size_t length =
        std::min<std::size_t>(1 + random.below(random.percent(20) ? 200 : 8), text.size() - at);
    switch (random.below(6)) {
      case 0:
        if (at < text.size()) text[at] = static_cast<char>(random.below(256));
        break;
      case 1:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << random.below(8)));
        break;
      case 2:
        text.erase(at, length);
        break;
      case 3:
        text.insert(at, text.substr(at, length));
        break;
      case 4:
        text.insert(random.below(text.size() + 1), text.substr(at, length));
        break;
      default:
        text.insert(at, random.pick(pieces));
    }
  }
  return text;
}

std::string ByteCampaign::print(const std::string& text) const {
  return "bytes:\n" + escaped_body(text);
}

void ByteCampaign::run_case(Random& random, Recorder& recorder) {
  if (samples_.empty()) samples_ = samples();
  std::string text = random.pick(samples_);
  if (random.percent(10)) text += random.pick(samples_);
  text = mutated(random, std::move(text), pieces());
  recorder.describe(print(text));
  recorder.count("texts");
  try_text(text, recorder);
}

void ByteCampaign::run_bytes(std::span<const std::uint8_t> bytes, Recorder& recorder) {
  const std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  recorder.describe(print(text));
  try_text(text, recorder);
}

void ByteCampaign::run_file(const std::string& text, Recorder& recorder) {
  recorder.describe(print(text));
  try_text(text, recorder);
}

}  // namespace quarry::fuzz
