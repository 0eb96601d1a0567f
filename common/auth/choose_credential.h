// Which way to a token is taken when several are open.
#pragma once

#include "common/auth/credential.h"

namespace quarry::auth {

/// The kind that was asked for. Else the first that is configured: token file; secret file,
/// certificate, command; what systemd, the federation or AZURE_CLIENT_SECRET hand over; with
/// `auto` the managed identity; az. nullptr for `none`, which is for loopback addresses alone.
Result<CredentialPtr> choose_credential(const SignIn& sign_in);

}  // namespace quarry::auth
