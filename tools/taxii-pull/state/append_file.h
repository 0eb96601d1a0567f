// The file of --append: grows with the checkpoint. Opening it tells what of it counts, what a pull
// that was killed left behind, and what somebody else has done to it.
#pragma once

#include "common/base/result.h"
#include "tools/taxii-pull/state/checkpoint.h"
#include "tools/taxii-pull/state/tail_proof.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::taxii_pull {

class AppendFile {
 public:
  /// What checkpoints know of files.
  using ReadMarks = std::function<Result<std::vector<OutputMark>>()>;
  /// Opens or makes the file and locks it for this process. `marks` is called under the lock; of
  /// those of this path the furthest that means this very file (by device and inode) is what
  /// counts. Without one it is another file, and all of it stays. `proof`: where it is noted what
  /// is being written. Behind what counts: rows of a pull that was killed are cut off, where all of
  /// it can be proved to be such; lines of somebody else stay. kRefused where another process
  /// appends; kData, and nothing is changed, where the file is gone or shorter than what counts,
  /// ends within a line, or holds behind it what nobody can tell.
  static Result<AppendFile> open(const std::string& path, const ReadMarks& marks,
                                 const std::string& proof);
  AppendFile(AppendFile&& other) noexcept;
  AppendFile& operator=(AppendFile&&) = delete;
  /// What no checkpoint counts by then is for the next open() to judge.
  ~AppendFile();

  /// kData where somebody else writes to the file meanwhile.
  Result<void> write(std::string_view bytes);
  /// May run beside the other calls, on another thread.
  Result<void> sync() const;
  /// So much of it is counted by a checkpoint.
  void settle(std::uint64_t size);
  /// Takes back what was written behind.
  void cut(std::uint64_t size);
  /// As it is now.
  const OutputMark& mark() const { return mark_; }

  /// What opening found.
  struct Found {
    bool replaced = false;        // checkpoints know another file of this path
    std::uint64_t cut_off = 0;    // bytes of a pull that was killed
    std::uint64_t by_others = 0;  // bytes that somebody else wrote behind what counts; they stay
    std::uint64_t others_at = 0;  // where those begin
  };
  const Found& found() const { return found_; }

 private:
  AppendFile(int descriptor, OutputMark mark) : descriptor_(descriptor), mark_(std::move(mark)) {}
  Result<void> lock();
  Result<void> look();
  std::uint64_t counted(const std::vector<OutputMark>& marks);
  Result<void> judge_tail(std::uint64_t counted);
  Result<void> want_whole_lines() const;
  Failure failure(const char* what) const;

  int descriptor_ = -1;
  OutputMark mark_;
  std::optional<TailProof> proof_;
  Found found_;
  std::uint64_t settled_ = 0;  // so much is counted
  bool begun_ = false;
};

/// The path from the root, links above the last part resolved; the file need not exist.
std::string absolute_path(const std::string& path);
/// The name, among the states, of the proof that belongs to the file of this absolute path.
std::string tail_proof_name(const std::string& path);

}  // namespace quarry::taxii_pull
