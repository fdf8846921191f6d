/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "check.h"
#include "golden.h"
#include "test_vector.h"

struct golden {
    const struct pgs_type *type;
    const char *hex;
    const char *text;
    unsigned flags;
};

static struct pgs_type int4;
static struct pgs_type text;
static struct pgs_type decimal;
static struct pgs_type uuid;
static struct pgs_type date;
static struct pgs_type posint;
static struct pgs_type ints;
static struct pgs_type ints2;
static struct pgs_type ints3;
static struct pgs_type ints6;
static struct pgs_type texts;
static struct pgs_type texts2;
static struct pgs_type decimals;
static struct pgs_type uuids;
static struct pgs_type dates;
static struct pgs_type posints;

static const struct golden VALUES[] = {
    /* SELECT '{}'::int4[] */
    {&ints, "00000000 00000000 00000017", "[]", PGS_GOLDEN_EXACT},
    /* SELECT '{1,2,3}'::int4[] */
    {&ints,
     "00000001 00000000 00000017 00000003 00000001 00000004 00000001 00000004 "
     "00000002 00000004 00000003",
     "[1, 2, 3]", PGS_GOLDEN_EXACT},
    /* SELECT '{1,NULL,3}'::int4[] */
    {&ints,
     "00000001 00000001 00000017 00000003 00000001 00000004 00000001 ffffffff "
     "00000004 00000003",
     "[1, NULL, 3]", PGS_GOLDEN_EXACT},
    /* SELECT '[5:6]={7,8}'::int4[] */
    {&ints,
     "00000001 00000000 00000017 00000002 00000005 00000004 00000007 00000004 "
     "00000008",
     "[7, 8]", PGS_GOLDEN_ONE_WAY},
    /* SELECT '{{1,2},{3,4}}'::int4[] */
    {&ints2,
     "00000002 00000000 00000017 00000002 00000001 00000002 00000001 00000004 "
     "00000001 00000004 00000002 00000004 00000003 00000004 00000004",
     "[[1, 2], [3, 4]]", PGS_GOLDEN_EXACT},
    /* SELECT '{}'::int4[] */
    {&ints2, "00000000 00000000 00000017", "[]", PGS_GOLDEN_EXACT},
    /* SELECT '{{1,NULL}}'::int4[] */
    {&ints2,
     "00000002 00000001 00000017 00000001 00000001 00000002 00000001 00000004 "
     "00000001 ffffffff",
     "[[1, NULL]]", PGS_GOLDEN_EXACT},
    /* SELECT '{{{1},{2}},{{3},{4}},{{5},{6}}}'::int4[] */
    {&ints3,
     "00000003 00000000 00000017 00000003 00000001 00000002 00000001 00000001 "
     "00000001 00000004 00000001 00000004 00000002 00000004 00000003 00000004 "
     "00000004 00000004 00000005 00000004 00000006",
     "[[[1], [2]], [[3], [4]], [[5], [6]]]", PGS_GOLDEN_EXACT},
    /* SELECT '{{{{{{1,2}}}}}}'::int4[] */
    {&ints6,
     "00000006 00000000 00000017 00000001 00000001 00000001 00000001 00000001 "
     "00000001 00000001 00000001 00000001 00000001 00000002 00000001 00000004 "
     "00000001 00000004 00000002",
     "[[[[[[1, 2]]]]]]", PGS_GOLDEN_EXACT},
    /* SELECT '{a,"",NULL,"a longer text than twelve"}'::text[] */
    {&texts,
     "00000001 00000001 00000019 00000004 00000001 00000001 61000000 00ffffff "
     "ff000000 1961206c 6f6e6765 72207465 78742074 68616e20 7477656c 7665",
     "[a, , NULL, a longer text than twelve]", PGS_GOLDEN_EXACT},
    /* SELECT '{{a,b},{"a longer text than twelve",NULL}}'::text[] */
    {&texts2,
     "00000002 00000001 00000019 00000002 00000001 00000002 00000001 00000001 "
     "61000000 01620000 00196120 6c6f6e67 65722074 65787420 7468616e 20747765 "
     "6c7665ff ffffff",
     "[[a, b], [a longer text than twelve, NULL]]", PGS_GOLDEN_EXACT},
    /* SELECT '{1.5,-2,NULL}'::numeric(10,2)[] */
    {&decimals,
     "00000001 00000001 000006a4 00000003 00000001 0000000c 00020000 00000002 "
     "00011388 0000000a 00010000 40000002 0002ffff ffff",
     "[1.50, -2.00, NULL]", PGS_GOLDEN_EXACT},
    /* SELECT ARRAY['01234567-89ab-cdef-fedc-ba9876543210']::uuid[] */
    {&uuids,
     "00000001 00000000 00000b86 00000001 00000001 00000010 01234567 89abcdef "
     "fedcba98 76543210",
     "[0123456789abcdeffedcba9876543210]", PGS_GOLDEN_EXACT},
    /* SELECT '{infinity,1970-01-01}'::date[] */
    {&dates,
     "00000001 00000000 0000043a 00000002 00000001 00000004 7fffffff 00000004 "
     "ffffd533",
     "[2147483647, 0]", PGS_GOLDEN_EXACT},
    /* SELECT '{1,2}'::posint[] */
    {&posints,
     "00000001 00000000 0000400e 00000002 00000001 00000004 00000001 00000004 "
     "00000002",
     "[1, 2]", PGS_GOLDEN_EXACT},
};

static const struct {
    const struct pgs_type *type;
    const char *hex;
    enum pgs_status code;
    const char *part;
} REFUSED[] = {
    /* SELECT '{{1,2},{3,4}}'::int4[] */
    {&ints,
     "00000002 00000000 00000017 00000002 00000001 00000002 00000001 00000004 00000001 00000004 00000002 00000004 00000003 00000004 00000004",
     PGS_ERR_CONVERSION, "expected an array with 1 dimensions, but this array has 2 dimensions"},
    /* SELECT '{1}'::int4[] */
    {&ints2, "00000001 00000000 00000017 00000001 00000001 00000004 00000001", PGS_ERR_CONVERSION,
     "expected an array with 2 dimensions, but this array has 1 dimensions"},
    /* SELECT '{1}'::int8[] */
    {&ints, "00000001 00000000 00000014 00000001 00000001 00000008 00000000 00000001",
     PGS_ERR_PROTOCOL, "elements of type 20, expected 23"},
    {&ints, "00000007 00000000 00000017", PGS_ERR_PROTOCOL, "malformed head"},
    {&ints, "00000001 00000002 00000017", PGS_ERR_PROTOCOL, "malformed head"},
    {&ints, "ffffffff 00000000 00000017", PGS_ERR_PROTOCOL, "malformed head"},
    {&ints, "00000001 00000000 00000017 7fffffff 00000001", PGS_ERR_PROTOCOL,
     "more elements than bytes"},
    {&ints, "00000001 00000000 00000017 ffffffff 00000001", PGS_ERR_PROTOCOL,
     "more elements than bytes"},
    {&ints3, "00000003 00000000 00000017 00010000 00000001 00010000 00000001 00010000 00000001",
     PGS_ERR_PROTOCOL, "more elements than bytes"},
    {&ints, "00000001 00000000 00000017 00000001 00000001 fffffffe", PGS_ERR_PROTOCOL, "cut off"},
    {&ints, "00000001 00000000 00000017 00000001 00000001 00000004 00000001 00", PGS_ERR_PROTOCOL,
     "1 bytes too many"},
    {&ints, "00000000 00000000 00000017 00", PGS_ERR_PROTOCOL, "1 bytes too many"},
};

enum { LISTS_MAX = 8 };

/* A LIST value built by hand: entries of the outer list, entries of the inner
 * ones (NULL where the length is NONE), elements counted up from 1. */
#define NONE UINT64_MAX

static void fill(struct pgs_vector *vector, uint64_t outer, const uint64_t *inner)
{
    struct pgs_list_entry *top = vector->data;
    struct pgs_list_entry *entries;
    uint64_t elements = 0;

    top[0].offset = 0;
    top[0].length = outer;
    CHECK(vector->ops->list_reserve(vector, LISTS_MAX));
    entries = vector->children[0].data;
    for (uint64_t i = 0; i < outer; i++) {
        if (inner[i] == NONE) {
            CHECK_INT(pgs_vector_set_null(&vector->children[0], i, NULL), PGS_OK);
            continue;
        }
        entries[i].offset = elements;
        entries[i].length = inner[i];
        elements += inner[i];
    }
    CHECK(vector->ops->list_reserve(&vector->children[0], elements + 1));
    for (uint64_t i = 0; i < elements; i++)
        ((int32_t *)vector->children[0].children[0].data)[i] = (int32_t)i + 1;
}

/* Encodes such a value; `wanted` is the hex, or NULL and `part` of the error. */
static void check_encode(uint64_t outer, const uint64_t *inner, const char *wanted,
                         const char *part)
{
    struct pgs_vector *vector = pgs_test_vector_new(&ints2, 1);
    struct pgs_error err = {0};
    struct pgs_buf bytes;
    struct pgs_buf out;
    enum pgs_status status;

    pgs_buf_init(&bytes, 1000);
    pgs_buf_init(&out, 1000);
    fill(vector, outer, inner);
    status = pgs_encoder_for(&ints2)(&ints2, NULL, vector, 0, &out, &err);
    CHECK_INT(status, wanted ? PGS_OK : PGS_ERR_CONVERSION);
    if (!wanted && !strstr(err.message, part))
        CHECK_STR(err.message, part);
    if (wanted) {
        pgs_golden_bytes(wanted, &bytes);
        CHECK_BYTES(out.at, out.size_bytes, bytes.at, bytes.size_bytes);
    }
    pgs_buf_release(&bytes);
    pgs_buf_release(&out);
    pgs_test_vector_free(vector);
}

static void check_lists(void)
{
    static const char *const EMPTY = "00000000 00000000 00000017";

    check_encode(0, NULL, EMPTY, NULL);
    check_encode(2, (const uint64_t[]){0, 0}, EMPTY, NULL);
    check_encode(2, (const uint64_t[]){1, 1},
                 "00000002 00000000 00000017 00000002 00000001 00000001 00000001 00000004 00000001 "
                 "00000004 00000002",
                 NULL);
    check_encode(2, (const uint64_t[]){1, 2}, NULL, "must all have matching dimensions");
    check_encode(2, (const uint64_t[]){0, 2}, NULL, "found 2 entries, expected 0");
    check_encode(2, (const uint64_t[]){2, 0}, NULL, "found 0 entries, expected 2");
    check_encode(2, (const uint64_t[]){1, NONE}, NULL, "cannot hold a NULL list");
    check_encode(2, (const uint64_t[]){NONE, 1}, NULL, "cannot hold a NULL list");
}

int main(void)
{
    int4 = pgs_golden_type(23, -1);
    text = pgs_golden_type(25, -1);
    decimal = pgs_golden_numeric(10, 2);
    uuid = pgs_golden_type(2950, -1);
    date = pgs_golden_type(1082, -1);
    posint = pgs_golden_type(23, -1);
    ints = pgs_golden_array(&int4, 1);
    ints2 = pgs_golden_array(&int4, 2);
    ints3 = pgs_golden_array(&int4, 3);
    ints6 = pgs_golden_array(&int4, 6);
    texts = pgs_golden_array(&text, 1);
    texts2 = pgs_golden_array(&text, 2);
    decimals = pgs_golden_array(&decimal, 1);
    uuids = pgs_golden_array(&uuid, 1);
    dates = pgs_golden_array(&date, 1);
    posints = pgs_golden_array(&posint, 1);
    posints.element_declared_oid = 16398; /* CREATE DOMAIN posint AS int4 */
    for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++)
        pgs_golden_check(VALUES[i].type, VALUES[i].hex, VALUES[i].text, VALUES[i].flags);
    for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++)
        pgs_golden_check_error(REFUSED[i].type, REFUSED[i].hex, REFUSED[i].code, REFUSED[i].part);
    check_lists();
    return pgs_check_report();
}
