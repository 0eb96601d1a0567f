// Writes a zip archive, encrypted where wanted, so that files which must not be opened by accident
// travel safely. libarchive behind one small class.
#pragma once

#include "common/base/result.h"
#include "common/base/secret.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct archive;

namespace quarry::io {

enum class ZipEncryption : std::uint8_t {
  kNone,
  kZipCrypto,  // every tool opens it; weak
  kAes256,     // WinZip AE-2
};

/// The archive lies at `path` once commit() has succeeded, readable by its owner alone; without it
/// nothing remains. Used by one thread.
class ZipWriter {
 public:
  /// kUsage where something lies at `path` already, or where this libarchive cannot encrypt; kData
  /// where it cannot be written.
  static Result<std::unique_ptr<ZipWriter>> create(const std::string& path,
                                                   ZipEncryption encryption,
                                                   const Secret& password);
  ~ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  /// `name`: inside the archive. The content of the file at `source`.
  Result<void> add_file(const std::string& name, const std::string& source);
  Result<void> add_text(const std::string& name, std::string_view content);
  Result<void> commit();

 private:
  ZipWriter(std::string path, int descriptor);
  Result<void> begin(const std::string& name, std::uint64_t size, std::int64_t modified);
  Result<void> write(std::string_view bytes);
  Failure failed(const char* what) const;

  std::string path_;
  std::string part_;
  int descriptor_;
  archive* handle_;
};

}  // namespace quarry::io
