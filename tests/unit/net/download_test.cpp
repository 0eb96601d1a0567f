#include "common/net/download.h"

#include "common/base/digest.h"
#include "common/net/client.h"
#include "common/net/curl_http.h"
#include "tests/fakes/server.h"
#include "tests/unit/temporary_folder.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <mutex>
#include <string>
#include <vector>

using namespace quarry;
using namespace quarry::net;
using quarry::fakes::Reply;
using quarry::unit::read_text;
using quarry::unit::TemporaryFolder;

namespace {

std::string content() {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += static_cast<char>('a' + i * 7 % 23);
  return text;
}

/// Serves content(), breaking off the first `breaks` times, with or without ranges.
class Storage {
 public:
  Storage(int breaks, bool ranges, std::string etag)
      : breaks_(breaks), ranges_(ranges), etag_(std::move(etag)) {}

  std::vector<std::string> ranges_asked;
  std::string url() const { return server_.url() + "/f?sig=SIGNATURE"; }

 private:
  Reply answer(const fakes::Request& request) {
    const std::lock_guard lock(mutex_);
    ranges_asked.push_back(request.header("Range").value_or(""));
    Reply reply;
    reply.body = content();
    if (!etag_.empty()) reply.headers.emplace_back("ETag", etag_);
    const std::string range = request.header("Range").value_or("");
    if (ranges_ && range.starts_with("bytes=")) {
      const std::size_t start = std::stoul(range.substr(6));
      reply.status = 206;
      reply.headers.emplace_back(
          "Content-Range",
          fmt::format("bytes {}-{}/{}", start, content().size() - 1, content().size()));
      reply.body = reply.body.substr(start);
    }
    if (breaks_-- > 0) reply.cut_after = 70'000;
    return reply;
  }

  std::mutex mutex_;
  int breaks_;
  bool ranges_;
  std::string etag_;
  fakes::Server server_{[this](const fakes::Request& request) { return answer(request); }};
};

Result<Downloaded> fetch(const std::string& url, const std::string& path,
                         DownloadOptions options = {}) {
  CurlHttp wire({});
  const SystemClock clock(1000);
  Client client(wire, clock, {});
  return download(client, {.url = url}, path, options, "download the file");
}

}  // namespace

TEST_CASE("a download that breaks off goes on where it stopped") {
  const TemporaryFolder folder;
  Storage storage(2, true, "\"e1\"");
  const auto done = fetch(storage.url(), folder / "out");
  REQUIRE(done);
  CHECK(read_text(folder / "out") == content());
  CHECK(done->size == content().size());
  CHECK(done->sha256 == hex_digest(DigestKind::kSha256, content()));
  CHECK(storage.ranges_asked == std::vector<std::string>{"", "bytes=70000-", "bytes=140000-"});
  struct stat status {};
  ::stat((folder / "out").c_str(), &status);
  CHECK((status.st_mode & 0777) == 0600);
  CHECK_FALSE(std::filesystem::exists(folder / "out.part"));
}

TEST_CASE("a server without ranges sends everything again") {
  const TemporaryFolder folder;
  Storage storage(1, false, "");
  const auto done = fetch(storage.url(), folder / "out");
  REQUIRE(done);
  CHECK(read_text(folder / "out") == content());
  CHECK(done->sha256 == hex_digest(DigestKind::kSha256, content()));
}

TEST_CASE("a download that fails leaves nothing, and its error no signature") {
  const TemporaryFolder folder;
  Storage broken(100, false, "");
  const auto failed = fetch(broken.url(), folder / "out");
  REQUIRE_FALSE(failed);
  CHECK(failed.error().message().find("SIGNATURE") == std::string::npos);
  CHECK(std::filesystem::is_empty(folder.path()));
  Storage whole(0, true, "");
  CHECK_FALSE(fetch(whole.url(), folder / "out", {.max_size = 1000}));
  CHECK(std::filesystem::is_empty(folder.path()));
  fakes::Server gone([](const fakes::Request&) { return fakes::error_reply(403, "Expired", "x"); });
  const auto refused = fetch(gone.url(), folder / "out");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message().starts_with("download the file: HTTP 403 Forbidden: Expired"));
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("without a strong ETag nothing says that a rest belongs to the start: all comes again") {
  for (const char* etag : {"", "W/\"e1\""}) {
    const TemporaryFolder folder;
    Storage storage(1, true, etag);
    const auto done = fetch(storage.url(), folder / "out");
    REQUIRE(done);
    CHECK(read_text(folder / "out") == content());
    CHECK(storage.ranges_asked == std::vector<std::string>{"", ""});
  }
}

TEST_CASE("the rest of another content, by its ETag, is not glued on") {
  const TemporaryFolder folder;
  int asked = 0;
  fakes::Server server([&asked](const fakes::Request&) {
    Reply reply;
    reply.body = content();
    reply.headers = {{"ETag", asked == 0 ? "\"e1\"" : "\"e2\""}};
    if (++asked == 1) {
      reply.cut_after = 1000;
    } else {
      reply.status = 206;
      reply.headers.emplace_back("Content-Range", "bytes 1000-199999/200000");
      reply.body = reply.body.substr(1000);
    }
    return reply;
  });
  CHECK_FALSE(fetch(server.url(), folder / "out"));
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("two downloads to one path: the second is refused, and takes nothing from the first") {
  const TemporaryFolder folder;
  const std::string path = folder / "f";
  for (const bool keep : {false, true}) {
    fakes::Server server([](const fakes::Request&) {
      Reply reply;
      reply.body = content();
      return reply;
    });
    // The part of a download that is under way.
    std::ofstream(path + ".part") << "half";
    const int descriptor = ::open((path + ".part").c_str(), O_RDWR | O_CLOEXEC);
    REQUIRE(::flock(descriptor, LOCK_EX) == 0);
    const auto refused = fetch(server.url(), path, {.keep_part = keep});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code() == ErrorCode::kRefused);
    CHECK(read_text(path + ".part") == "half");
    ::close(descriptor);
    CHECK(fetch(server.url(), path, {.keep_part = keep}));
    CHECK(read_text(path) == content());
  }
}

TEST_CASE("a part of other content than was begun is not glued on") {
  const TemporaryFolder folder;
  int asked = 0;
  fakes::Server server([&asked](const fakes::Request&) {
    Reply reply;
    reply.body = content();
    reply.headers = {{"ETag", "\"e1\""}};
    if (++asked == 1) {
      reply.cut_after = 1000;
    } else {
      reply.status = 206;
      reply.headers.emplace_back("Content-Range", "bytes 5-199999/200000");
    }
    return reply;
  });
  const auto done = fetch(server.url(), folder / "out");
  REQUIRE_FALSE(done);
  CHECK(done.error().message().find("another part") != std::string::npos);
}

TEST_CASE("a download goes on with the part that another process has left") {
  const TemporaryFolder folder;
  const std::string path = folder / "f";
  Storage storage(0, true, "\"v1\"");
  const auto leave = [&](std::string_view part, const char* note) {
    std::ofstream(path + ".part") << part;
    std::ofstream(path + ".part.etag") << note;
  };
  const auto arrives_whole = [&](DownloadOptions options) {
    const auto got = fetch(storage.url(), path, options);
    REQUIRE(got);
    CHECK(read_text(path) == content());
    CHECK(got->sha256 == hex_digest(DigestKind::kSha256, content()));
    CHECK(!std::filesystem::exists(path + ".part"));
    CHECK(!std::filesystem::exists(path + ".part.etag"));
    return storage.ranges_asked.back();
  };
  leave(content().substr(0, 70'000), "\"v1\"\n200000\n");
  CHECK(arrives_whole({.keep_part = true}) == "bytes=70000-");
  // All of it had come: the last byte comes again.
  leave(content(), "\"v1\"\n200000\n");
  CHECK(arrives_whole({.keep_part = true}) == "bytes=199999-");
  // Without a name for its content it is no part of anything; nor where nobody wants it.
  leave("something else", "\n");
  CHECK(arrives_whole({.keep_part = true}).empty());
  leave(content().substr(0, 70'000), "\"v1\"\n200000\n");
  CHECK(arrives_whole({}).empty());
}

TEST_CASE("a download that fails keeps its part where another is to go on with it") {
  const TemporaryFolder folder;
  const std::string path = folder / "f";
  Storage storage(99, false, "\"v1\"");
  CHECK(!fetch(storage.url(), path, {.keep_part = true}));
  CHECK(std::filesystem::file_size(path + ".part") >= 70'000);
  CHECK(read_text(path + ".part.etag") == "\"v1\"\n200000\n");
  discard_part(path);
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a full disk is told as such") {
  Storage storage(0, true, "");
  const auto done = fetch(storage.url(), "/proc/nowhere/out");
  REQUIRE_FALSE(done);
  CHECK(done.error().code() == ErrorCode::kData);
}
