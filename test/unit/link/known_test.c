/* SPDX-License-Identifier: MIT */
#include "link/known.h"

#include <assert.h>
#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"

#define SECRET "hunter2"

static void keeps(struct pgs_known *known, const char *text, const char *wanted)
{
    struct pgs_error err;
    struct pgs_buf shown;

    pgs_buf_init(&shown, 1000);
    assert(pgs_known_keep(known, pgs_str_of(text), &shown, &err) == PGS_OK);
    assert(pgs_str_equal(pgs_buf_str(&shown), pgs_str_of(wanted)));
    pgs_buf_release(&shown);
}

static void finds(struct pgs_known *known, const char *shown, const char *wanted, bool lacks)
{
    struct pgs_error err;
    char *text = NULL;
    bool lacks_secret = !lacks;

    assert(pgs_known_find(known, pgs_str_of(shown), &text, &lacks_secret, &err) == PGS_OK);
    assert(strcmp(text, wanted) == 0 && lacks_secret == lacks);
    pgs_free_secret(text, strlen(text));
}

static void test_texts(struct pgs_known *known)
{
    keeps(known, "host=h", "host=h");
    finds(known, "host=h", "host=h", false);
    finds(known, "host=h password=***", "host='h' ", true);
    keeps(known, "host=h password=" SECRET, "host=h password=***");
    finds(known, "host=h password=***", "host=h password=" SECRET, false);
    finds(known, "host=h  password=***", "host='h' ", true);
    keeps(known, "host=h password=other", "host=h password=***");
    finds(known, "host=h password=***", "host=h password=other", false);
    keeps(known, "postgresql://u:" SECRET "@h/d", "postgresql://u:***@h/d");
    finds(known, "postgresql://u:***@h/d", "postgresql://u:" SECRET "@h/d", false);
    finds(known, "postgresql://v:***@h/d", "user='v' dbname='d' host='h' ", true);
    finds(known, "user='it\\'s' password=***", "user='it\\'s' ", true);
}

static void test_errors(struct pgs_known *known)
{
    struct pgs_error err;
    char *text = NULL;
    bool lacks_secret;

    assert(pgs_known_find(known, pgs_str_of("nonsense"), &text, &lacks_secret, &err) ==
           PGS_ERR_USAGE);
    assert(!text);
}

static void test_limit(struct pgs_known *known)
{
    enum pgs_status status = PGS_OK;
    struct pgs_error err;
    struct pgs_buf text;
    struct pgs_buf shown;
    int kept = 0;

    pgs_buf_init(&text, 1000);
    pgs_buf_init(&shown, 1000);
    for (; status == PGS_OK && kept <= PGS_KNOWN_CONNECTIONS_MAX; kept++) {
        pgs_buf_reset(&text);
        pgs_buf_reset(&shown);
        pgs_buf_addf(&text, "port=%d password=" SECRET, kept);
        status = pgs_known_keep(known, pgs_buf_str(&text), &shown, &err);
    }
    assert(status == PGS_ERR_USAGE && !strstr(err.message, SECRET));
    pgs_buf_release(&text);
    pgs_buf_release(&shown);
}

int main(void)
{
    struct pgs_known *known = pgs_known_new();

    assert(known);
    test_texts(known);
    test_errors(known);
    test_limit(known);
    pgs_known_free(known);
    pgs_known_free(NULL);
    return 0;
}
