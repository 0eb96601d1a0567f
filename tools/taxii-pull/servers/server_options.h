// A TAXII server as the configuration ([taxii.NAME]) or the command line describes it.
#pragma once

#include "common/base/env.h"
#include "common/base/result.h"
#include "common/base/secret.h"
#include "common/cli/invocation.h"
#include "common/services/taxii/client_credentials.h"
#include "common/services/taxii/filters.h"
#include "common/services/taxii/login.h"
#include "common/services/taxii/media.h"

#include <optional>
#include <string>
#include <vector>

namespace quarry::taxii_pull {

extern const config::OptionTable kServerOptions;  // address, login, transport
extern const config::OptionTable kPullOptions;    // what is pulled, and how

struct ServerSettings {
  std::string name;      // of the section; "" for one that the command line describes
  std::string url;       // discovery; may be empty where api_root is not
  std::string api_root;  // may be empty
  std::vector<std::string> collections;  // ids, aliases or titles; empty: all that can be read
  services::taxii::Login login;
  services::taxii::ClientCredentialsOptions oauth;
  std::string certificate;
  std::string certificate_key;
  Secret certificate_password;
  std::string ca_file;
  std::string proxy;
  std::string no_proxy;
  bool verify_tls = true;
  int retries = 4;
  std::optional<services::taxii::Version> version;

  services::taxii::Filters filters;
  std::optional<Datetime> added_after;
  Timespan overlap{};
  std::optional<Timespan> interval;
  bool verify = false;  // compare with the manifest

  /// For messages: the name, else the address.
  std::string label() const;
};

/// `url`: the address, where an argument names it.
/// kUsage where a setting is unusable, kData where a file that one names is not there, kAuth where
/// a secret is open to others, empty, or not given.
Result<ServerSettings> read_server_settings(const cli::Options& options, std::string name,
                                            const Environment& environment,
                                            const CancelToken* cancel, const std::string& url = {});

/// Those that a command is about: the one that `address` or the options describe, those named, or
/// all of the configuration. Each by itself, so that one that is wrong does not stop the others.
struct ChosenServer {
  std::string label;
  Result<ServerSettings> settings;
};
Result<std::vector<ChosenServer>> choose_servers(const cli::Invocation& invocation,
                                                 const CancelToken* cancel);
/// The same error, said of that server.
Error error_of_server(const std::string& label, const Error& error);

}  // namespace quarry::taxii_pull
