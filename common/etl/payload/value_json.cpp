#include "common/etl/payload/scalar_text.h"
#include "common/etl/payload/value_text.h"
#include "common/value/dynamic.h"

namespace quarry::etl {
namespace {

/// More than an event in order becomes: names of many small fields could multiply without end.
constexpr std::size_t kLeastLimit = std::size_t{64} << 10;
constexpr std::size_t kBytesPerByte = 16;

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out), start_(out.size()) {}

  void write(const DecodedPayload& payload);

 private:
  void separate();
  void key(const Value& value);
  void scalar(const Value& value);

  std::string& out_;
  std::size_t start_;
  std::string closers_;  // of what is open
  std::string scratch_;
};

/// A comma, unless this is the first in its bracket.
void Writer::separate() {
  const char last = out_.back();
  if (last != '{' && last != '[') out_ += ',';
}

void Writer::key(const Value& value) {
  separate();
  if (value.element) return;
  append_json_string(out_, value.field->name);
  out_ += ':';
}

void Writer::scalar(const Value& value) {
  key(value);
  scratch_.clear();
  switch (append_scalar(scratch_, value)) {
    case Quoted::kNo:
      out_ += scratch_;
      break;
    case Quoted::kPlain:
      out_ += '"';
      out_ += scratch_;
      out_ += '"';
      break;
    case Quoted::kEscaped:
      append_json_string(out_, scratch_);
      break;
  }
}

void Writer::write(const DecodedPayload& payload) {
  out_ += '{';
  const std::size_t limit = kLeastLimit + kBytesPerByte * payload.size();
  bool cut = false;
  for (const Value& value : payload.values()) {
    cut = out_.size() - start_ > limit;
    if (cut) break;
    switch (value.part) {
      case Part::kValue:
        scalar(value);
        break;
      case Part::kArray:
      case Part::kStruct:
        key(value);
        out_ += value.part == Part::kArray ? '[' : '{';
        closers_ += value.part == Part::kArray ? ']' : '}';
        break;
      case Part::kEnd:
        out_ += closers_.back();
        closers_.pop_back();
        break;
    }
  }
  out_.append(closers_.rbegin(), closers_.rend());
  if (!payload.rest().empty()) {
    separate();
    out_ += "\"_rest\":\"";
    append_hex(out_, payload.rest());
    out_ += '"';
  }
  if (cut) out_ += out_.back() == '{' ? "\"_cut\":true" : ",\"_cut\":true";
  out_ += '}';
}

}  // namespace

void append_json(std::string& out, const DecodedPayload& payload) { Writer(out).write(payload); }

}  // namespace quarry::etl
