// Temporary files of rows: what is written comes back, and what cannot be is said.
#include "common/kql/exec/spill/batch_codec.h"
#include "common/kql/exec/spill/merge.h"
#include "common/value/builder.h"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <random>
#include <string>

using namespace quarry;
using namespace quarry::exec;
namespace fs = std::filesystem;

namespace {

/// An empty folder that goes away with all that is in it.
class Folder {
 public:
  Folder() : path_((fs::temp_directory_path() / "quarry-spill-XXXXXX").string()) {
    REQUIRE(::mkdtemp(path_.data()) != nullptr);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

template <Type T>
Cell<T> random_cell(std::mt19937& random) {
  Cell<T> cell{};
  auto bytes = std::span(reinterpret_cast<unsigned char*>(&cell), sizeof cell);
  for (unsigned char& byte : bytes) byte = static_cast<unsigned char>(random());
  return cell;
}

/// Every third cell is null (for texts: empty); texts are short, long, and hold zeros.
Column random_column(Type type, std::size_t rows, std::mt19937& random) {
  return dispatch(type, [&]<Type T>() {
    ColumnBuilder<T> builder;
    for (std::size_t i = 0; i < rows; ++i) {
      if (random() % 3 == 0) {
        builder.append_null();
      } else if constexpr (T == Type::kString || T == Type::kDynamic) {
        std::string text(random() % 40, 'x');
        for (char& c : text) c = static_cast<char>(random() % 4 == 0 ? 0 : 'a' + random() % 26);
        builder.append_copy(text);
      } else if constexpr (T == Type::kBool) {
        builder.append(static_cast<std::uint8_t>(random() % 2));
      } else {
        builder.append(random_cell<T>(random));
      }
    }
    return builder.finish();
  });
}

bool same_cell(const Column& a, std::size_t row_a, const Column& b, std::size_t row_b) {
  return dispatch(a.type(), [&]<Type T>() {
    const Cells<T> x(a), y(b);
    if (x.is_null(row_a) != y.is_null(row_b)) return false;
    if (x.is_null(row_a)) return true;
    if constexpr (T == Type::kString)
      return x[row_a] == y[row_b];
    else if constexpr (T == Type::kDynamic)
      return x[row_a].json == y[row_b].json;
    else
      return std::memcmp(&x[row_a], &y[row_b], sizeof(Cell<T>)) == 0;
  });
}

std::vector<Type> all_types() { return {std::begin(kAllTypes), std::end(kAllTypes)}; }

/// One column of every type: flat, then selected, then constant.
std::vector<Batch> batches_of_all_types(std::size_t rows) {
  std::mt19937 random(7);
  std::vector<Column> columns, constants;
  for (const Type type : kAllTypes) {
    columns.push_back(random_column(type, rows, random));
    constants.push_back(Column::constant(random_column(type, 1, random), rows));
  }
  const Batch flat(std::move(columns), rows);
  auto backwards = std::make_shared<std::vector<std::uint32_t>>();
  for (std::uint32_t i = static_cast<std::uint32_t>(rows); i-- > 0;) backwards->push_back(i);
  return {flat, flat.selected(backwards), Batch(std::move(constants), rows)};
}

void check_same(const Batch& written, const Batch& read) {
  REQUIRE(written.rows() == read.rows());
  for (std::size_t c = 0; c < written.column_count(); ++c) {
    REQUIRE(read.column(c).type() == written.column(c).type());
    for (std::size_t row = 0; row < written.rows(); ++row) {
      CAPTURE(name_of(written.column(c).type()));
      CAPTURE(row);
      REQUIRE(same_cell(written.column(c), row, read.column(c), row));
    }
  }
}

/// The only file without a name that this process has in the folder.
std::string file_of(const Folder& folder) {
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    const std::string target = fs::read_symlink(entry.path(), gone).string();
    if (target.starts_with(folder.path() + "/")) return entry.path().string();
  }
  return "";
}

ExecContext context_with(SpillSpace& space, MemoryBudget& memory) {
  ExecContext context;
  context.spill = &space;
  context.memory = &memory;
  return context;
}

}  // namespace

TEST_CASE("a run gives back the batches of every type that were written to it") {
  for (const std::size_t chunk : {std::size_t{1}, std::size_t{1000}, std::size_t{1} << 20}) {
    for (const std::size_t rows : {1, 63, 64, 65, 500}) {
      Folder folder;
      SpillSpace space(folder.path());
      RunWriter writer(space, chunk);
      const std::vector<Batch> batches = batches_of_all_types(rows);
      for (const Batch& batch : batches) REQUIRE(writer.write(batch));
      const auto run = writer.finish();
      REQUIRE(run);
      CHECK(run->rows == 3 * rows);
      std::vector<Batch> read;
      {
        RunReader reader(space, *run, all_types(), RunReader::Room::kGivenBack);
        for (Batch batch; *reader.next(batch);) read.push_back(batch);
      }  // batches outlive their reader
      check_same(concatenate(batches, all_types()), concatenate(read, all_types()));
      CHECK(space.runs() == 1);
      CHECK(space.bytes_written() == run->bytes);
    }
  }
}

TEST_CASE("batches without columns keep their number of rows") {
  Folder folder;
  SpillSpace space(folder.path());
  RunWriter writer(space, 100);
  REQUIRE(writer.write(Batch({}, 5)));
  const auto run = writer.finish();
  RunReader reader(space, *run, {}, RunReader::Room::kKept);
  Batch batch;
  REQUIRE(*reader.next(batch));
  CHECK(batch.rows() == 5);
  CHECK_FALSE(*reader.next(batch));
}

TEST_CASE("a frame that ends early or claims too much is refused") {
  for (const Batch& batch : batches_of_all_types(9)) {
    std::string bytes;
    encode(batch, bytes);
    Batch out;
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      std::string_view part = std::string_view(bytes).substr(0, size);
      CHECK_FALSE(decode(part, all_types(), nullptr, out));
    }
    if (batch.column(0).form() == Column::Form::kConstant) continue;  // any number of rows
    std::string many = bytes;
    many.replace(0, 4, "\xff\xff\xff\x7f");
    std::string_view claims = many;
    CHECK_FALSE(decode(claims, all_types(), nullptr, out));
  }
}

TEST_CASE("the temporary file is private and has no name") {
  Folder folder;
  SpillSpace space(folder.path());
  REQUIRE(space.append("some bytes"));
  CHECK(fs::is_empty(folder.path()));
  const std::string file = file_of(folder);
  REQUIRE(!file.empty());
  CHECK(fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("damaged and lost bytes of a temporary file are noticed") {
  Folder folder;
  SpillSpace space(folder.path());
  const auto first = space.append("the first bytes");
  const auto second = space.append("the second bytes");
  REQUIRE(second);
  std::string into(second->size, ' ');
  REQUIRE(space.read(*second, into));
  CHECK(into == "the second bytes");

  const int file = ::open(file_of(folder).c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE(file >= 0);
  REQUIRE(::pwrite(file, "X", 1, static_cast<off_t>(second->offset + 4)) == 1);
  Result<void> read = space.read(*second, into);
  REQUIRE_FALSE(read);
  CHECK(read.error().code() == ErrorCode::kData);
  CHECK(read.error().message() == "temporary rows in " + folder.path() + " came back damaged");

  REQUIRE(::ftruncate(file, 10) == 0);
  ::close(file);
  into.resize(first->size);
  read = space.read(*first, into);
  REQUIRE_FALSE(read);
  CHECK(read.error().message().ends_with("came back damaged"));
}

TEST_CASE("a full disk is an error with the way out") {
  Folder folder;
  SpillSpace space(folder.path());
  struct rlimit before {};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto old_action = ::signal(SIGXFSZ, SIG_IGN);
  const struct rlimit small { 100'000, before.rlim_max };
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  RunWriter writer(space, 1000);
  Result<void> written;
  for (int i = 0; i < 1000 && written; ++i)
    written = writer.write(batches_of_all_types(50).front());
  ::setrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, old_action);
  REQUIRE_FALSE(written);
  CHECK(written.error().code() == ErrorCode::kData);
  CHECK(written.error().message() ==
        "cannot write temporary rows in " + folder.path() + ": File too large");
  CHECK(written.error().hint().starts_with("set TMPDIR"));
}

TEST_CASE("a folder that is not there is named") {
  SpillSpace space("/no/such/folder");
  const auto written = space.append("x");
  REQUIRE_FALSE(written);
  CHECK(written.error().message() ==
        "cannot make a temporary file in /no/such/folder: No such file or directory");
}

TEST_CASE("merged runs come in order, however many there are") {
  std::mt19937 random(11);
  for (const std::size_t runs : {1, 2, 8, 9, 30, 100}) {
    Folder folder;
    SpillSpace space(folder.path());
    MemoryBudget memory(1 << 20);  // so little that a merge takes eight runs
    const ExecContext context = context_with(space, memory);
    SortedRuns sorted{
        {}, {Type::kString, Type::kLong}, {{.column = 0, .descending = true}, {.column = 1}}};
    std::vector<Batch> all;
    std::int64_t place = 0;
    for (std::size_t i = 0; i < runs; ++i) {
      const std::size_t rows = random() % 200;
      ColumnBuilder<Type::kString> texts;
      ColumnBuilder<Type::kLong> places;
      for (std::size_t row = 0; row < rows; ++row) {
        texts.append_copy("a text of some length " + std::to_string(random() % 50));
        places.append(place++);
      }
      const Batch batch({texts.finish(), places.finish()}, rows);
      all.push_back(batch);
      RunWriter writer(space, 500);
      REQUIRE(writer.write(batch.selected(
          std::make_shared<std::vector<std::uint32_t>>(sorted_rows(batch, sorted.keys)))));
      auto run = writer.finish();
      REQUIRE(run);
      sorted.runs.push_back(std::move(*run));
    }
    REQUIRE(merge_until_few(sorted, context));
    CHECK(sorted.runs.size() <= 8);
    RunMerge merge(sorted, context);
    std::vector<Batch> merged;
    for (Batch batch; *merge.next(77, batch);) merged.push_back(batch);
    const Batch whole = concatenate(all, sorted.types);
    const Batch expected = whole.selected(
        std::make_shared<std::vector<std::uint32_t>>(sorted_rows(whole, sorted.keys)));
    check_same(expected, concatenate(merged, sorted.types));
  }
}

TEST_CASE("memory is tight from a part of the limit on, for who holds enough of it") {
  MemoryBudget memory(1 << 30, 1000);
  MemoryShare share(&memory);
  CHECK_FALSE(memory.is_tight(10, 1));
  REQUIRE(share.resize(1000));
  CHECK(memory.is_tight(1000, 1));
  CHECK(memory.is_tight(1000 / 16, 1));
  CHECK_FALSE(memory.is_tight(1000 / 16 - 1, 1));
  CHECK(memory.is_tight(1000 / 16 - 1, 2));
  REQUIRE(share.resize(900));
  CHECK_FALSE(MemoryBudget(1 << 30).is_tight(1 << 30, 1));
}
