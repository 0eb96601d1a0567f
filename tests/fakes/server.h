// A small HTTP/1.1 server on loopback that can also misbehave on order, which is why it is our own:
// libraries for servers do not cut a connection in the middle of an answer. A thread a connection.
#pragma once

#include "tests/fakes/certificate.h"
#include "tests/fakes/message.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

struct ssl_ctx_st;

namespace quarry::fakes {

class Connection;

class Server {
 public:
  /// Called from the connections' threads.
  using Handler = std::function<Reply(const Request&)>;

  /// Listens on a free port of 127.0.0.1, with TLS where a certificate is given (it must outlive
  /// the server). CONNECT opens a tunnel to that port of loopback, once the handler answers 200.
  explicit Server(Handler handler, const Certificate* certificate = nullptr);
  ~Server();  ///< cuts what is open
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const { return port_; }
  /// "http://127.0.0.1:40123"
  std::string url() const;
  /// Connections taken so far.
  int connections() const { return connections_; }

 private:
  void accept_all();
  void serve(int descriptor);
  bool serve_one(Connection& connection, std::string& buffer);
  bool answer(Connection& connection, const Request& request, const Reply& reply);

  Handler handler_;
  std::shared_ptr<ssl_ctx_st> tls_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<int> connections_{0};
  std::mutex mutex_;
  std::set<int> open_;  // descriptors, to be shut down at the end
  std::vector<std::thread> workers_;
  std::thread acceptor_;
};

}  // namespace quarry::fakes
