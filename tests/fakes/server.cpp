#include "tests/fakes/server.h"

#include "common/base/assert.h"
#include "common/base/text.h"
#include "tests/fakes/connection.h"

#include <fmt/format.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <optional>
#include <utility>

namespace quarry::fakes {
namespace {

constexpr std::size_t kLargestRequest = 64 << 20;

/// Takes one line off the buffer, receiving as needed; nullopt at the end of the stream.
std::optional<std::string> take_line(Connection& connection, std::string& buffer) {
  std::size_t end = buffer.find("\r\n");
  while (end == std::string::npos) {
    if (buffer.size() > kLargestRequest || !connection.receive(buffer)) return std::nullopt;
    end = buffer.find("\r\n");
  }
  std::string line = buffer.substr(0, end);
  buffer.erase(0, end + 2);
  return line;
}

bool take_bytes(Connection& connection, std::string& buffer, std::size_t count, std::string& out) {
  if (count > kLargestRequest) return false;
  while (buffer.size() < count) {
    if (!connection.receive(buffer)) return false;
  }
  out += buffer.substr(0, count);
  buffer.erase(0, count);
  return true;
}

bool take_chunks(Connection& connection, std::string& buffer, std::string& out) {
  while (const auto line = take_line(connection, buffer)) {
    const std::size_t size = std::stoul("0" + *line, nullptr, 16);
    if (!take_bytes(connection, buffer, size, out)) return false;
    if (!take_line(connection, buffer)) return false;
    if (size == 0) return true;
  }
  return false;
}

std::optional<Request> take_request(Connection& connection, std::string& buffer) {
  const auto first = take_line(connection, buffer);
  if (!first) return std::nullopt;
  const std::vector<std::string_view> words = text::split(*first, ' ');
  if (words.size() != 3) return std::nullopt;
  Request request;
  request.method = words[0];
  request.target = words[1];
  request.secure = connection.secure();
  const std::size_t mark = request.target.find('?');
  request.path = request.target.substr(0, mark);
  if (mark != std::string::npos)
    request.query = net::decode_parameters(std::string_view(request.target).substr(mark + 1));
  for (;;) {
    const auto line = take_line(connection, buffer);
    if (!line) return std::nullopt;
    if (line->empty()) break;
    const std::size_t colon = line->find(':');
    if (colon == std::string::npos) return std::nullopt;
    request.headers.emplace_back(
        line->substr(0, colon),
        std::string(text::trim_ascii(std::string_view(*line).substr(colon + 1))));
  }
  if (request.header("Transfer-Encoding") == "chunked")
    return take_chunks(connection, buffer, request.body) ? std::optional(std::move(request))
                                                         : std::nullopt;
  const auto length = text::parse_int64(request.header("Content-Length").value_or("0"));
  if (!length || *length < 0) return std::nullopt;
  return take_bytes(connection, buffer, static_cast<std::size_t>(*length), request.body)
             ? std::optional(std::move(request))
             : std::nullopt;
}

std::string head_of(const Request& request, const Reply& reply) {
  std::string head = fmt::format("HTTP/1.1 {} Fake\r\n", reply.status);
  bool has_length = false;
  for (const auto& [name, value] : reply.headers) {
    head += fmt::format("{}: {}\r\n", name, value);
    has_length = has_length || text::iequals_ascii(name, "Content-Length");
  }
  if (!reply.body.empty()) head += fmt::format("Content-Type: {}\r\n", reply.content_type);
  if (reply.chunked) {
    head += "Transfer-Encoding: chunked\r\n";
  } else if (!has_length && reply.status != 204 && request.method != "CONNECT") {
    head += fmt::format("Content-Length: {}\r\n", reply.body.size());
  }
  return head + "\r\n";
}

std::string body_of(const Reply& reply) {
  if (!reply.chunked) return reply.body;
  return fmt::format("{:x}\r\n{}\r\n0\r\n\r\n", reply.body.size(), reply.body);
}

}  // namespace

Server::Server(Handler handler, const Certificate* certificate) : handler_(std::move(handler)) {
  if (certificate != nullptr)
    tls_ = make_tls_context(certificate->certificate_pem, certificate->key_pem);
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const bool listening =
      ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
      ::listen(listener_, 64) == 0 &&
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  QUARRY_ASSERT(listening, "loopback has a free port");
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

Server::~Server() {
  stopping_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int descriptor : open_) ::shutdown(descriptor, SHUT_RDWR);
  }
  for (std::thread& worker : workers_) worker.join();
  ::close(listener_);
}

std::string Server::url() const {
  return fmt::format("{}://127.0.0.1:{}", tls_ ? "https" : "http", port_);
}

void Server::accept_all() {
  while (!stopping_) {
    const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor < 0) continue;
    const int one = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    ++connections_;
    const std::lock_guard lock(mutex_);
    open_.insert(descriptor);
    workers_.emplace_back([this, descriptor] { serve(descriptor); });
  }
}

void Server::serve(int descriptor) {
  Connection connection(descriptor);
  if (!tls_ || connection.start_tls(tls_.get())) {
    std::string buffer;
    while (!stopping_ && serve_one(connection, buffer)) {
    }
  }
  // Before the descriptor's number can be given to another.
  const std::lock_guard lock(mutex_);
  open_.erase(descriptor);
}

bool Server::serve_one(Connection& connection, std::string& buffer) {
  const std::optional<Request> request = take_request(connection, buffer);
  if (!request) return false;
  const Reply reply = handler_(*request);
  if (reply.delay.count() > 0) std::this_thread::sleep_for(reply.delay);
  if (reply.no_answer) {
    connection.reset();
    return false;
  }
  if (!answer(connection, *request, reply)) return false;
  if (request->method == "CONNECT" && reply.status == 200) {
    const std::size_t colon = request->target.rfind(':');
    connection.tunnel_to(std::stoi(request->target.substr(colon + 1)), buffer);
    return false;
  }
  return request->header("Connection") != "close";
}

bool Server::answer(Connection& connection, const Request& request, const Reply& reply) {
  if (!reply.raw.empty()) {
    connection.send(reply.raw);
    return false;
  }
  if (!connection.send(head_of(request, reply))) return false;
  if (request.method == "HEAD") return true;
  std::string body = body_of(reply);
  if (reply.cut_after) {
    connection.send(std::string_view(body).substr(0, *reply.cut_after));
    return false;
  }
  return connection.send(body);
}

}  // namespace quarry::fakes
