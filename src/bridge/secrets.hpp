// SPDX-License-Identifier: MIT
//
// CREATE SECRET (TYPE postgres, …), and what ATTACH takes of one.
#pragma once

#include "auth/secret.h"
#include "duckdb/main/client_context.hpp"
#include "duckdb/main/extension/extension_loader.hpp"

namespace pgs
{

void RegisterSecrets(duckdb::ExtensionLoader &loader, const char *extension);

// The options of one secret, and what they make of the text of an ATTACH.
class Secret
{
  public:
    // An empty name: the default one, if there is any. Throws when a name is not
    // found or is that of a secret of another type.
    Secret(duckdb::ClientContext &context, const std::string &name, const std::string &path);
    Secret(const Secret &) = delete;
    ~Secret(); // wipes the values

    // Borrowed from the secret and from the path.
    const pgs_secret_use &Use() const
    {
        return use;
    }

  private:
    std::vector<std::pair<std::string, std::string>> values;
    std::vector<pgs_conninfo_option> options;
    pgs_secret_use use;
};

} // namespace pgs
