// A byte stream from a client, plain or TLS, with a time limit on every wait.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct ssl_st;
struct ssl_ctx_st;

namespace quarry::fakes {

class Connection {
 public:
  /// Takes the descriptor over.
  explicit Connection(int descriptor);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// False where the client does not want to speak TLS with us.
  bool start_tls(ssl_ctx_st* context);
  bool secure() const { return tls_ != nullptr; }
  /// Appends what arrives; false at the end of the stream.
  bool receive(std::string& buffer);
  bool send(std::string_view bytes);
  /// Closes so that the client sees a reset, not an orderly end.
  void reset();
  /// Carries bytes both ways between this client and `port` of loopback until one of them ends.
  void tunnel_to(int port, std::string_view already_read);

 private:
  int descriptor_;
  ssl_st* tls_ = nullptr;
};

/// A TLS context for servers, from PEM texts. Freed with the pointer.
std::shared_ptr<ssl_ctx_st> make_tls_context(const std::string& certificate_pem,
                                             const std::string& key_pem);

}  // namespace quarry::fakes
