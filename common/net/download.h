// A body straight into a file: bounded memory, the rest asked for with Range when the connection
// breaks, the file in its place only once it is whole.
#pragma once

#include "common/net/http.h"

#include <cstdint>
#include <functional>
#include <string>

namespace quarry::net {

struct DownloadOptions {
  std::uint64_t max_size = std::uint64_t{8} << 30;  // bytes; more is an error
  /// What has come stays in "PATH.part" when the download fails or the process dies, and the next
  /// one goes on with it where the server still has the same content (a strong ETag).
  bool keep_part = false;
};

struct Downloaded {
  std::string path;
  std::uint64_t size = 0;
  std::string sha256;  // of the bytes stored
  Response head;       // of the last answer, without body
};

/// GETs `request.url` into `path` by way of "PATH.part" (0600), which is removed on failure unless
/// it is to be kept. A
/// status that is no success is no Downloaded: `done` gets error_of(), with `what` for its words.
/// One download at a time writes a path: kRefused for the others (a lock on the part). The retries
/// are the Http's (Client); each goes on where the last one stopped if it has a
/// strong ETag and the server answers 206 for that content, and starts again otherwise.
void start_download(Http& http, Request request, std::string path, DownloadOptions options,
                    std::string what, std::function<void(Result<Downloaded>)> done);
/// The same, waiting for it.
Result<Downloaded> download(Http& http, Request request, std::string path, DownloadOptions options,
                            std::string what);
/// Removes what a download with keep_part has left of `path` and nobody will go on with.
void discard_part(const std::string& path);

}  // namespace quarry::net
