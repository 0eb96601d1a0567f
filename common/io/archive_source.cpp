// Archives as byte sources: one member, or all of them in a row where the archive comes through a
// pipe.
#include "common/io/archive_reader.h"

#include <utility>

namespace quarry::io {
namespace {

Error encrypted_member(const std::string& name) {
  return Error(ErrorCode::kData, "the archive's member is encrypted", "unpack it first").at(name);
}

class MemberSource : public ByteSource {
 public:
  MemberSource(std::unique_ptr<ArchiveReader> reader, std::shared_ptr<ArchiveShelf> shelf,
               std::string name)
      : reader_(std::move(reader)), shelf_(std::move(shelf)), name_(std::move(name)) {}
  MemberSource(const MemberSource&) = delete;
  MemberSource& operator=(const MemberSource&) = delete;
  ~MemberSource() override {
    if (!failed_ && shelf_) shelf_->give_back(std::move(reader_));
  }

  Result<std::size_t> read(char* into, std::size_t capacity) override {
    auto count = reader_->read(into, capacity);
    if (!count) failed_ = true;
    return count;
  }
  const std::string& name() const override { return name_; }
  void set_interrupts(const Interrupts& interrupts) override {
    if (reader_->source() != nullptr) reader_->source()->set_interrupts(interrupts);
  }

 private:
  std::unique_ptr<ArchiveReader> reader_;
  std::shared_ptr<ArchiveShelf> shelf_;
  std::string name_;
  bool failed_ = false;
};

class JoinedSource : public ByteSource {
 public:
  explicit JoinedSource(std::unique_ptr<ArchiveReader> reader) : reader_(std::move(reader)) {}

  Result<std::size_t> read(char* into, std::size_t capacity) override {
    while (!ended_) {
      if (in_member_) {
        QUARRY_TRY(const std::size_t count, reader_->read(into, capacity));
        if (count > 0) {
          last_ = into[count - 1];
          return count;
        }
        in_member_ = false;
      }
      QUARRY_CHECK(next_member());
      if (in_member_ && last_ != '\n') {
        last_ = '\n';
        *into = '\n';
        return 1;
      }
    }
    return 0;
  }
  const std::string& name() const override { return reader_->name(); }
  bool is_live() const override {
    return reader_->source() != nullptr && reader_->source()->is_live();
  }
  // What the decompressor still holds is not seen here: it comes with the next bytes.
  bool ready_within(std::chrono::milliseconds timeout) override {
    return reader_->source() == nullptr || reader_->source()->ready_within(timeout);
  }
  void set_interrupts(const Interrupts& interrupts) override {
    if (reader_->source() != nullptr) reader_->source()->set_interrupts(interrupts);
  }

 private:
  Result<void> next_member() {
    QUARRY_TRY(const auto member, reader_->next_member());
    if (member && member->encrypted)
      return fail(encrypted_member(reader_->name() + ":" + member->name));
    in_member_ = member.has_value();
    ended_ = !in_member_;
    return ok();
  }

  std::unique_ptr<ArchiveReader> reader_;
  char last_ = '\n';
  bool in_member_ = false;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> make_member_source(std::unique_ptr<ArchiveReader> reader,
                                               std::shared_ptr<ArchiveShelf> shelf,
                                               std::string name) {
  return std::make_unique<MemberSource>(std::move(reader), std::move(shelf), std::move(name));
}

std::unique_ptr<ByteSource> make_joined_source(std::unique_ptr<ArchiveReader> reader) {
  return std::make_unique<JoinedSource>(std::move(reader));
}

}  // namespace quarry::io
