/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "check.h"
#include "golden.h"
#include "test_vector.h"
#include "wire/families.h"

struct golden {
    const struct pgs_type *type;
    const char *hex;
    const char *text;
    unsigned flags;
};

static struct pgs_type text;
static struct pgs_type name;
static struct pgs_type varchar;
static struct pgs_type bpchar;
static struct pgs_type byte;
static struct pgs_type cast;

static const struct golden VALUES[] = {
    /* SELECT 'hello'::text */
    {&text, "68656c6c 6f", "hello", PGS_GOLDEN_ANY_SIZE},
    /* SELECT ''::text */
    {&text, "", "", PGS_GOLDEN_ANY_SIZE},
    /* SELECT 'exactly12byt'::text */
    {&text, "65786163 746c7931 32627974", "exactly12byt", PGS_GOLDEN_ANY_SIZE},
    /* SELECT 'thirteen byte'::text */
    {&text, "74686972 7465656e 20627974 65", "thirteen byte", PGS_GOLDEN_ANY_SIZE},
    /* SELECT repeat('ab', 40) */
    {&text,
     "61626162 61626162 61626162 61626162 61626162 61626162 61626162 61626162 "
     "61626162 61626162 61626162 61626162 61626162 61626162 61626162 61626162 "
     "61626162 61626162 61626162 61626162",
     "abababababababababababababababababababababababababababababababababababababababab",
     PGS_GOLDEN_ANY_SIZE},
    /* SELECT 'größer €'::text */
    {&text, "6772c3b6 c39f6572 20e282ac", "gr\303\266\303\237er \342\202\254", PGS_GOLDEN_ANY_SIZE},
    /* SELECT U&'\+01F600'::text */
    {&text, "f09f9880", "\360\237\230\200", PGS_GOLDEN_ANY_SIZE},
    /* SELECT 'pg_class'::name */
    {&name, "70675f63 6c617373", "pg_class", PGS_GOLDEN_ANY_SIZE},
    /* SELECT 'abc'::varchar(10) */
    {&varchar, "616263", "abc", PGS_GOLDEN_ANY_SIZE},
    /* SELECT 'ab'::char(20) */
    {&bpchar, "61622020 20202020 20202020 20202020 20202020", "ab",
     PGS_GOLDEN_ANY_SIZE | PGS_GOLDEN_ONE_WAY},
    /* SELECT ''::char(3) */
    {&bpchar, "202020", "", PGS_GOLDEN_ANY_SIZE | PGS_GOLDEN_ONE_WAY},
    /* SELECT ' x y '::char(6) */
    {&bpchar, "20782079 2020", " x y", PGS_GOLDEN_ANY_SIZE | PGS_GOLDEN_ONE_WAY},
    /* SELECT 'a'::"char" */
    {&byte, "61", "a", PGS_GOLDEN_EXACT},
    /* SELECT '\377'::"char" */
    {&byte, "ff", "\\377", PGS_GOLDEN_EXACT},
    /* SELECT ''::"char" */
    {&byte, "00", "", PGS_GOLDEN_EXACT},
    /* SELECT '$12.50'::money::text */
    {&cast, "2431322e 3530", "$12.50", PGS_GOLDEN_ANY_SIZE | PGS_GOLDEN_ONE_WAY},
};

static const struct {
    const struct pgs_type *type;
    const char *hex;
    enum pgs_status code;
    const char *part;
} REFUSED[] = {
    {&text, "ff", PGS_ERR_PROTOCOL, "not valid UTF-8"},
    {&text, "616161616161616161616161c3", PGS_ERR_PROTOCOL, "not valid UTF-8"},
    {&text, "c080", PGS_ERR_PROTOCOL, "UTF-8"},
    {&text, "eda080", PGS_ERR_PROTOCOL, "UTF-8"},
    {&text, "f4908080", PGS_ERR_PROTOCOL, "UTF-8"},
    {&byte, "6161", PGS_ERR_PROTOCOL, "\"char\""},
    {&byte, "", PGS_ERR_PROTOCOL, "\"char\""},
    {&bpchar, "ff2020", PGS_ERR_PROTOCOL, "UTF-8"},
};

/* Encodes `size` bytes of text as `type`; the status, and the bytes in `out`. */
static enum pgs_status encode(const struct pgs_type *type, const char *at, size_t size,
                              const char *replacement, struct pgs_buf *out, struct pgs_error *err)
{
    struct pgs_codec_options options = {.null_byte_replacement = pgs_str_of(replacement)};
    struct pgs_vector *vector = pgs_test_vector_new(type, 1);
    struct pgs_str value = {at, size};
    enum pgs_status status = PGS_ERR_OOM;

    if (vector && pgs_vector_set_string(vector, 0, value, err) == PGS_OK)
        status = pgs_encoder_for(type)(type, &options, vector, 0, out, err);
    pgs_test_vector_free(vector);
    return status;
}

static void check_encode(const struct pgs_type *type, const char *at, size_t size,
                         const char *replacement, const char *wanted, size_t wanted_size)
{
    struct pgs_error err;
    struct pgs_buf out;

    pgs_buf_init(&out, 1000);
    if (wanted) {
        CHECK_INT(encode(type, at, size, replacement, &out, &err), PGS_OK);
        CHECK_BYTES(out.at, out.size_bytes, wanted, wanted_size);
    } else {
        CHECK_INT(encode(type, at, size, replacement, &out, &err), PGS_ERR_CONVERSION);
    }
    pgs_buf_release(&out);
}

static void check_zero_bytes(void)
{
    struct pgs_error err;
    struct pgs_buf out;

    pgs_buf_init(&out, 1000);
    CHECK_INT(encode(&text, "a\0b", 3, NULL, &out, &err), PGS_ERR_CONVERSION);
    CHECK(strstr(err.hint, "pg_null_byte_replacement") != NULL);
    pgs_buf_release(&out);
    check_encode(&text, "a\0b\0", 4, "", "ab", 2);
    check_encode(&text, "a\0b\0", 4, "xy", "axybxy", 6);
    check_encode(&text, "\0", 1, "-", "-", 1);
    check_encode(&text, "this is a long\0text", 19, "?", "this is a long?text", 19);
}

/* Every byte is a "char", and comes back from its text. */
static void check_every_char(void)
{
    for (unsigned i = 0; i <= UINT8_MAX; i++) {
        uint8_t value = (uint8_t)i;
        struct pgs_buf out;

        pgs_buf_init(&out, 64);
        CHECK_INT(pgs_golden_round_trip(&byte, &value, 1, &out, NULL), PGS_OK);
        CHECK_BYTES(out.at, out.size_bytes, &value, 1);
        pgs_buf_release(&out);
    }
    check_encode(&byte, "ab", 2, NULL, NULL, 0);
    check_encode(&byte, "\\9aa", 4, NULL, NULL, 0);
    check_encode(&byte, "\303\244", 2, NULL, NULL, 0);
}

int main(void)
{
    text = pgs_golden_type(25, -1);
    name = pgs_golden_type(19, -1);
    varchar = pgs_golden_type(1043, 14);
    bpchar = pgs_golden_type(1042, 24);
    byte = pgs_golden_type(18, -1);
    cast = pgs_golden_type(790, -1);
    for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++)
        pgs_golden_check(VALUES[i].type, VALUES[i].hex, VALUES[i].text, VALUES[i].flags);
    for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++)
        pgs_golden_check_error(REFUSED[i].type, REFUSED[i].hex, REFUSED[i].code, REFUSED[i].part);
    check_zero_bytes();
    check_every_char();
    CHECK(pgs_encoder_for(&cast) == NULL);
    return pgs_check_report();
}
