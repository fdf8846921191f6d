/* SPDX-License-Identifier: MIT */
#include "auth/secret.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static unsigned seen;

static void look(void *context, const char *name)
{
    static const char *const wanted[] = {"host",    "port", "sslmode",  "password",
                                         "service", "uri",  "database", "username"};

    (void)context;
    for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
        if (strcmp(name, wanted[i]) == 0)
            seen++;
    }
}

static void test_parameters(void)
{
    assert(pgs_secret_each_parameter(look, NULL, NULL) == PGS_OK);
    assert(seen == 8);
    assert(pgs_str_equal(pgs_secret_keyword(pgs_str_of("hostname")), pgs_str_of("host")));
    assert(pgs_str_equal(pgs_secret_keyword(pgs_str_of("port")), pgs_str_of("port")));
    assert(pgs_secret_is_hidden(pgs_str_of("password")));
    assert(pgs_secret_is_hidden(pgs_str_of("uri")));
    assert(pgs_secret_is_hidden(pgs_str_of("scram_client_key")));
    assert(!pgs_secret_is_hidden(pgs_str_of("user")));
}

static struct pgs_conninfo_option option(const char *keyword, const char *value)
{
    struct pgs_conninfo_option made = {pgs_str_of(keyword), pgs_str_of(value)};

    return made;
}

static void test_use(void)
{
    struct pgs_conninfo_option plain[] = {option("host", "h"), option("password", "p")};
    struct pgs_conninfo_option both[] = {option("host", "h"), option("uri", "postgresql://h")};
    struct pgs_conninfo_option uri[] = {option("uri", "postgresql://h")};
    struct pgs_str none = pgs_str_of("");
    struct pgs_str path = pgs_str_of("dbname=d");
    struct pgs_secret_use use;
    struct pgs_error err;

    assert(pgs_secret_use_for(plain, 2, path, true, &use, &err) == PGS_OK);
    assert(pgs_str_equal(use.text, path) && use.option_count == 2 && use.options == plain);
    assert(pgs_secret_use_for(uri, 1, none, true, &use, &err) == PGS_OK);
    assert(pgs_str_equal(use.text, uri[0].value) && use.option_count == 0);
    assert(pgs_secret_use_for(uri, 1, path, true, &use, &err) == PGS_ERR_USAGE);
    assert(strcmp(err.message, "ATTACH path must be empty when 'URI' option is specified") == 0);
    assert(pgs_secret_use_for(uri, 1, path, false, &use, &err) == PGS_OK);
    assert(pgs_str_equal(use.text, path) && use.option_count == 0);
    assert(pgs_secret_use_for(both, 2, none, true, &use, &err) == PGS_ERR_USAGE);
    assert(strstr(err.message, "\"host\""));
}

int main(void)
{
    test_parameters();
    test_use();
    return 0;
}
