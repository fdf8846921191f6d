/* SPDX-License-Identifier: MIT */
#include "link/conninfo.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"

#define SECRET "hunter2"

static void shows(const char *text, const char *wanted)
{
    struct pgs_conninfo *conninfo = NULL;
    struct pgs_error err;

    assert(pgs_conninfo_new(pgs_str_of(text), NULL, 0, &conninfo, &err) == PGS_OK);
    if (strcmp(pgs_conninfo_display(conninfo), wanted) != 0)
        printf("%s\n  shown as %s\n  wanted   %s\n", text, pgs_conninfo_display(conninfo), wanted);
    assert(strcmp(pgs_conninfo_display(conninfo), wanted) == 0);
    assert(!strstr(pgs_conninfo_display(conninfo), SECRET));
    pgs_conninfo_free(conninfo);
}

static void test_display(void)
{
    shows("", "");
    shows("dbname=x", "dbname=x");
    shows("host=h password=" SECRET " dbname=d", "host=h password=*** dbname=d");
    shows(" password = '" SECRET " it\\'s' host=h", " password = *** host=h");
    shows("password=a\\ " SECRET " host=h", "password=*** host=h");
    shows("password='' host=h", "password=*** host=h");
    shows("sslpassword=" SECRET " oauth_client_secret=" SECRET, "sslpassword=*** "
                                                                "oauth_client_secret=***");
    shows("passfile=/p sslkey=/k password=" SECRET, "passfile=/p sslkey=/k password=***");
    shows("host=" SECRET " password=" SECRET, "host=*** password=***");
    shows("postgresql://u:" SECRET "@h:1,i/d?connect_timeout=3",
          "postgresql://u:***@h:1,i/d?connect_timeout=3");
    shows("postgres://u@h/d", "postgres://u@h/d");
    shows("postgres://h/d?password=" SECRET "&user=u", "postgres://h/d?password=***&user=u");
    shows("postgres://h/d?pass%77ord=" SECRET, "postgres://h/d?pass%77ord=***");
    shows("postgres://u:%68unter2@h/d", "postgres://u:***@h/d");
    shows("postgres:///d?sslpassword=" SECRET "&host=/tmp",
          "postgres:///d?sslpassword=***&host=/tmp");
    shows("postgres://u:a:" SECRET "@h", "postgres://u:***@h");
    shows("postgresql://postgres:postgres@h/postgresscanner",
          "postgresql://postgres:***@h/postgresscanner");
}

static void is_refused(const char *text)
{
    struct pgs_conninfo *conninfo = NULL;
    struct pgs_error err;

    assert(pgs_conninfo_new(pgs_str_of(text), NULL, 0, &conninfo, &err) == PGS_ERR_USAGE);
    assert(conninfo == NULL && err.message[0]);
    assert(!strstr(err.message, SECRET) && !strstr(err.hint, SECRET) &&
           !strstr(err.detail, SECRET));
}

static void test_refusals(void)
{
    static const struct pgs_conninfo_option unknown = {{"colour", 6}, {"red", 3}};
    struct pgs_conninfo *conninfo = NULL;
    struct pgs_error err;

    is_refused("just_a_name");
    is_refused("password=my " SECRET);
    is_refused("password=my " SECRET "=x");
    is_refused("password='" SECRET);
    is_refused("password=x \"" SECRET "\"");
    is_refused("postgres://u:" SECRET "%zz@h");
    is_refused("postgres://h?" SECRET);
    is_refused("postgres://h?a=" SECRET "=b");
    is_refused("postgres://[" SECRET);
    is_refused("postgres://u:p@h?" SECRET "=1");
    assert(pgs_conninfo_new((struct pgs_str){"a\0b", 3}, NULL, 0, &conninfo, &err) ==
           PGS_ERR_USAGE);
    assert(pgs_conninfo_new(pgs_str_of(""), &unknown, 1, &conninfo, &err) == PGS_ERR_USAGE);
    assert(strstr(err.message, "colour"));
}

static void test_options(void)
{
    const struct pgs_conninfo_option secret[] = {
        {pgs_str_of("host"), pgs_str_of("from_secret")},
        {pgs_str_of("password"), pgs_str_of(SECRET)},
    };
    struct pgs_conninfo *conninfo = NULL;
    struct pgs_error err;
    char text[64] = "say " SECRET " and " SECRET SECRET "!";

    assert(pgs_conninfo_new(pgs_str_of("host=given"), secret, 2, &conninfo, &err) == PGS_OK);
    assert(strcmp(pgs_conninfo_get(conninfo, "host"), "given") == 0);
    assert(strcmp(pgs_conninfo_get(conninfo, "password"), SECRET) == 0);
    assert(pgs_conninfo_get(conninfo, "port") == NULL);
    assert(strcmp(pgs_conninfo_display(conninfo), "host=given") == 0);
    pgs_conninfo_redact(conninfo, text);
    assert(strcmp(text, "say *** and ******!") == 0);
    pgs_conninfo_free(conninfo);
    /* A short secret goes only where it stands alone. */
    assert(pgs_conninfo_new(pgs_str_of("password=a"), NULL, 0, &conninfo, &err) == PGS_OK);
    strcpy(text, "a bad \"a\"");
    pgs_conninfo_redact(conninfo, text);
    assert(strcmp(text, "* bad \"*\"") == 0);
    pgs_conninfo_free(conninfo);
    pgs_conninfo_free(NULL);
}

static void test_allocations(void)
{
    for (long n = 0; n < 40; n++) {
        struct pgs_conninfo *conninfo = NULL;
        struct pgs_error err;
        enum pgs_status status;

        pgs_alloc_fail_after(n);
        status = pgs_conninfo_new(pgs_str_of("host=h user=u password=" SECRET " dbname=d"), NULL, 0,
                                  &conninfo, &err);
        pgs_alloc_fail_after(-1);
        assert(status == PGS_OK || status == PGS_ERR_OOM);
        assert((status == PGS_OK) == (conninfo != NULL));
        pgs_conninfo_free(conninfo);
    }
}

int main(void)
{
    test_display();
    test_refusals();
    test_options();
    test_allocations();
    return 0;
}
