// States of aggregates as bytes, for temporary files that this process alone reads.
#pragma once

#include "common/base/assert.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace quarry::kql {

class StateWriter {
 public:
  explicit StateWriter(std::string& out) : out_(out) {}

  template <class T>
  void put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    put_bytes(&value, sizeof value);
  }
  void put_text(std::string_view text) {
    put(std::uint64_t{text.size()});
    put_bytes(text.data(), text.size());
  }
  template <class T>
  void put_all(const std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    put(std::uint64_t{values.size()});
    put_bytes(values.data(), values.size() * sizeof(T));
  }
  void put_bytes(const void* bytes, std::size_t size) {
    out_.append(static_cast<const char*>(bytes), size);
  }

 private:
  std::string& out_;
};

/// Takes values in the order in which they were put. What it reads was checked before: it must be
/// what a StateWriter wrote.
class StateReader {
 public:
  explicit StateReader(std::string_view bytes) : rest_(bytes) {}

  template <class T>
  T take() {
    static_assert(std::is_trivially_copyable_v<T>);
    T value;
    take_bytes(&value, sizeof value);
    return value;
  }
  /// A view into what is read.
  std::string_view take_text() { return take_view(take<std::uint64_t>()); }
  template <class T>
  std::vector<T> take_all() {
    const std::string_view bytes = take_view(take<std::uint64_t>() * sizeof(T));
    std::vector<T> values(bytes.size() / sizeof(T));
    if (!bytes.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
  }
  void take_bytes(void* into, std::size_t size) { std::memcpy(into, take_view(size).data(), size); }

 private:
  std::string_view take_view(std::uint64_t size) {
    QUARRY_ASSERT(size <= rest_.size(), "a state is read as it was written");
    const std::string_view bytes = rest_.substr(0, static_cast<std::size_t>(size));
    rest_.remove_prefix(bytes.size());
    return bytes;
  }

  std::string_view rest_;
};

/// save and load of states that are all there is: nothing on the heap.
template <class State>
void save_flat(const std::byte* state, StateWriter& out) {
  static_assert(std::is_trivially_copyable_v<State>);
  out.put_bytes(state, sizeof(State));
}
template <class State>
void load_flat(std::byte* state, StateReader& in) {
  static_assert(std::is_trivially_copyable_v<State>);
  in.take_bytes(state, sizeof(State));
}

/// save and load of states that are a pointer, null until the first value. Content has
///   void save(StateWriter&) const     and     static Content loaded(StateReader&)
template <class Content>
void save_pointed(const std::byte* state, StateWriter& out) {
  const Content* const content = *reinterpret_cast<Content* const*>(state);
  out.put(content != nullptr);
  if (content != nullptr) content->save(out);
}
template <class Content>
void load_pointed(std::byte* state, StateReader& in) {
  if (in.take<bool>()) *reinterpret_cast<Content**>(state) = new Content(Content::loaded(in));
}

}  // namespace quarry::kql
