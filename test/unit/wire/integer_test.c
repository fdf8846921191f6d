/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "check.h"
#include "golden.h"

struct golden {
    const struct pgs_type *type;
    const char *hex;
    const char *text;
    unsigned flags;
};

static struct pgs_type int2;
static struct pgs_type int4;
static struct pgs_type int8;
static struct pgs_type oid;

static const struct golden VALUES[] = {
    /* SELECT 1::int2 */
    {&int2, "0001", "1", PGS_GOLDEN_EXACT},
    /* SELECT (-32768)::int2 */
    {&int2, "8000", "-32768", PGS_GOLDEN_EXACT},
    /* SELECT 32767::int2 */
    {&int2, "7fff", "32767", PGS_GOLDEN_EXACT},
    /* SELECT 0 */
    {&int4, "00000000", "0", PGS_GOLDEN_EXACT},
    /* SELECT (-2147483648)::int4 */
    {&int4, "80000000", "-2147483648", PGS_GOLDEN_EXACT},
    /* SELECT 2147483647 */
    {&int4, "7fffffff", "2147483647", PGS_GOLDEN_EXACT},
    /* SELECT (-9223372036854775808)::int8 */
    {&int8, "80000000 00000000", "-9223372036854775808", PGS_GOLDEN_EXACT},
    /* SELECT 9223372036854775807 */
    {&int8, "7fffffff ffffffff", "9223372036854775807", PGS_GOLDEN_EXACT},
    /* SELECT (-1)::int8 */
    {&int8, "ffffffff ffffffff", "-1", PGS_GOLDEN_EXACT},
    /* SELECT 4294967295::oid */
    {&oid, "ffffffff", "4294967295", PGS_GOLDEN_EXACT},
    /* SELECT 26::oid */
    {&oid, "0000001a", "26", PGS_GOLDEN_EXACT},
};

static const struct {
    const struct pgs_type *type;
    const char *hex;
    enum pgs_status code;
    const char *part;
} REFUSED[] = {
    {&int2, "000001", PGS_ERR_PROTOCOL, "type smallint has 3 bytes"},
    {&int4, "0000000001", PGS_ERR_PROTOCOL, "integer"},
    {&int8, "00000001", PGS_ERR_PROTOCOL, "bigint"},
};

static void check_every_int2(void)
{
    for (int32_t i = INT16_MIN; i <= INT16_MAX; i++) {
        uint8_t bytes[2] = {(uint8_t)((uint32_t)i >> 8), (uint8_t)i};
        char wanted[16];
        struct pgs_buf out;

        (void)snprintf(wanted, sizeof(wanted), "%d", i);
        pgs_buf_init(&out, 64);
        CHECK_INT(pgs_golden_decode(&int2, NULL, bytes, 2, &out, NULL), PGS_OK);
        CHECK_STR(out.at, wanted);
        pgs_buf_reset(&out);
        CHECK_INT(pgs_golden_round_trip(&int2, bytes, 2, &out, NULL), PGS_OK);
        CHECK_BYTES(out.at, out.size_bytes, bytes, 2);
        pgs_buf_release(&out);
    }
}

int main(void)
{
    int2 = pgs_golden_type(21, -1);
    int4 = pgs_golden_type(23, -1);
    int8 = pgs_golden_type(20, -1);
    oid = pgs_golden_type(26, -1);
    for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++)
        pgs_golden_check(VALUES[i].type, VALUES[i].hex, VALUES[i].text, VALUES[i].flags);
    for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++)
        pgs_golden_check_error(REFUSED[i].type, REFUSED[i].hex, REFUSED[i].code, REFUSED[i].part);
    check_every_int2();
    return pgs_check_report();
}
