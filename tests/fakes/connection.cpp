#include "tests/fakes/connection.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>

namespace quarry::fakes {
namespace {

template <class T, class Read>
T* read_pem(const std::string& text, Read read) {
  BIO* const bio = BIO_new_mem_buf(text.data(), static_cast<int>(text.size()));
  T* const result = read(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  return result;
}

}  // namespace

std::shared_ptr<ssl_ctx_st> make_tls_context(const std::string& certificate_pem,
                                             const std::string& key_pem) {
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  X509* const certificate = read_pem<X509>(certificate_pem, PEM_read_bio_X509);
  EVP_PKEY* const key = read_pem<EVP_PKEY>(key_pem, PEM_read_bio_PrivateKey);
  SSL_CTX_use_certificate(context.get(), certificate);
  SSL_CTX_use_PrivateKey(context.get(), key);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return context;
}

Connection::Connection(int descriptor) : descriptor_(descriptor) {
  const timeval limit{30, 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

Connection::~Connection() {
  if (tls_ != nullptr) {
    SSL_shutdown(tls_);
    SSL_free(tls_);
  }
  ::close(descriptor_);
  ERR_clear_error();
}

bool Connection::start_tls(ssl_ctx_st* context) {
  tls_ = SSL_new(context);
  SSL_set_fd(tls_, descriptor_);
  if (SSL_accept(tls_) == 1) return true;
  ERR_clear_error();
  SSL_free(tls_);
  tls_ = nullptr;
  return false;
}

bool Connection::receive(std::string& buffer) {
  std::array<char, 16384> chunk;
  const auto got = tls_ != nullptr
                       ? SSL_read(tls_, chunk.data(), static_cast<int>(chunk.size()))
                       : static_cast<int>(::recv(descriptor_, chunk.data(), chunk.size(), 0));
  if (got <= 0) return false;
  buffer.append(chunk.data(), static_cast<std::size_t>(got));
  return true;
}

bool Connection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto done =
        tls_ != nullptr
            ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
            : static_cast<int>(::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
    if (done <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

void Connection::reset() {
  const linger hard{1, 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
}

void Connection::tunnel_to(int port, std::string_view already_read) {
  const int other = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(other, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
    ::send(other, already_read.data(), already_read.size(), MSG_NOSIGNAL);
    std::array<pollfd, 2> ends{pollfd{descriptor_, POLLIN, 0}, pollfd{other, POLLIN, 0}};
    bool open = true;
    while (open && ::poll(ends.data(), ends.size(), 30'000) > 0) {
      for (std::size_t i = 0; open && i < 2; ++i) {
        if (ends[i].revents == 0) continue;
        std::array<char, 16384> chunk;
        const ssize_t got = ::recv(ends[i].fd, chunk.data(), chunk.size(), 0);
        open = got > 0 && ::send(ends[1 - i].fd, chunk.data(), static_cast<std::size_t>(got),
                                 MSG_NOSIGNAL) == got;
      }
    }
  }
  ::close(other);
}

}  // namespace quarry::fakes
