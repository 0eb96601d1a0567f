#include "common/io/open_input.h"

#include "common/io/archive_reader.h"
#include "common/io/held_stream.h"

#include <utility>

namespace quarry::io {
namespace {

Result<std::unique_ptr<ByteSource>> open_member(const Input& input, const Interrupts& interrupts) {
  QUARRY_TRY(auto reader, input.archive->take(input.member_index, interrupts));
  return make_unpacked_source(make_member_source(std::move(reader), input.archive, input.name),
                              Nesting::kGzipOnly);
}

}  // namespace

Result<std::unique_ptr<ByteSource>> open_input(const Input& input, const Interrupts& interrupts) {
  switch (input.kind) {
    case InputKind::kStream:
      return input.stream->take(interrupts);
    case InputKind::kMember:
      return open_member(input, interrupts);
    case InputKind::kFile:
      return open_file_source(input.path, interrupts);
    case InputKind::kGzip: {
      QUARRY_TRY(auto file, open_file_source(input.path, interrupts));
      return make_gzip_source(std::move(file));
    }
    case InputKind::kFiltered: {
      QUARRY_TRY(auto file, open_file_source(input.path, interrupts));
      QUARRY_TRY(auto archive, ArchiveReader::open_source(std::move(file)));
      return make_joined_source(std::move(archive));
    }
  }
  return fail(ErrorCode::kInternal, "unknown kind of input");
}

}  // namespace quarry::io
