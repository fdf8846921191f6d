/* SPDX-License-Identifier: MIT */
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

static struct pgs_type uuid;

static const struct golden VALUES[] = {
    /* SELECT '00000000-0000-0000-0000-000000000000'::uuid */
    {&uuid, "00000000 00000000 00000000 00000000", "00000000000000000000000000000000",
     PGS_GOLDEN_EXACT},
    /* SELECT 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid */
    {&uuid, "ffffffff ffffffff ffffffff ffffffff", "ffffffffffffffffffffffffffffffff",
     PGS_GOLDEN_EXACT},
    /* SELECT '01234567-89ab-cdef-fedc-ba9876543210'::uuid */
    {&uuid, "01234567 89abcdef fedcba98 76543210", "0123456789abcdeffedcba9876543210",
     PGS_GOLDEN_EXACT},
};

static const struct {
    const struct pgs_type *type;
    const char *hex;
    enum pgs_status code;
    const char *part;
} REFUSED[] = {
    {&uuid, "00", PGS_ERR_PROTOCOL, "type uuid has 1 bytes"},
};

/* The host compares UUIDs as signed integers; their order must be PostgreSQL's. */
static void check_order(void)
{
    static const uint8_t LOW[16] = {0x7F};
    static const uint8_t HIGH[16] = {0x80};
    struct pgs_vector *vector = pgs_test_vector_new(&uuid, 2);
    const struct pgs_int128 *values;

    CHECK_INT(pgs_uuid_decode(&uuid, NULL, LOW, 16, vector, 0, NULL), PGS_OK);
    CHECK_INT(pgs_uuid_decode(&uuid, NULL, HIGH, 16, vector, 1, NULL), PGS_OK);
    values = vector->data;
    CHECK(values[0].upper < 0 && values[1].upper >= 0);
    pgs_test_vector_free(vector);
}

int main(void)
{
    uuid = pgs_golden_type(2950, -1);
    for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++)
        pgs_golden_check(VALUES[i].type, VALUES[i].hex, VALUES[i].text, VALUES[i].flags);
    for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++)
        pgs_golden_check_error(REFUSED[i].type, REFUSED[i].hex, REFUSED[i].code, REFUSED[i].part);
    check_order();
    return pgs_check_report();
}
