/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "check.h"
#include "golden.h"
#include "wire/numeric.h"

struct golden {
    const struct pgs_type *type;
    const char *hex;
    const char *text;
    unsigned flags;
};

static struct pgs_type n4_0;
static struct pgs_type n4_2;
static struct pgs_type n9_3;
static struct pgs_type n15_2;
static struct pgs_type n18_4;
static struct pgs_type n18_18;
static struct pgs_type n38_0;
static struct pgs_type n38_10;
static struct pgs_type n38_37;
static struct pgs_type n38_38;
static struct pgs_type n3_m2;
static struct pgs_type n2_5;

static const struct golden VALUES[] = {
    /* SELECT 0::numeric(4,0) */
    {&n4_0, "00000000 00000000", "0", PGS_GOLDEN_EXACT},
    /* SELECT 9999::numeric(4,0) */
    {&n4_0, "00010000 00000000 270f", "9999", PGS_GOLDEN_EXACT},
    /* SELECT (-1)::numeric(4,0) */
    {&n4_0, "00010000 40000000 0001", "-1", PGS_GOLDEN_EXACT},
    /* SELECT 1.5::numeric(4,2) */
    {&n4_2, "00020000 00000002 00011388", "1.50", PGS_GOLDEN_EXACT},
    /* SELECT (-99.99)::numeric(4,2) */
    {&n4_2, "00020000 40000002 006326ac", "-99.99", PGS_GOLDEN_EXACT},
    /* SELECT 0.01::numeric(4,2) */
    {&n4_2, "0001ffff 00000002 0064", "0.01", PGS_GOLDEN_EXACT},
    /* SELECT 123456.789::numeric(9,3) */
    {&n9_3, "00030001 00000003 000c0d80 1ed2", "123456.789", PGS_GOLDEN_EXACT},
    /* SELECT (-0.001)::numeric(9,3) */
    {&n9_3, "0001ffff 40000003 000a", "-0.001", PGS_GOLDEN_EXACT},
    /* SELECT 10000::numeric(9,3) */
    {&n9_3, "00010001 00000003 0001", "10000.000", PGS_GOLDEN_EXACT},
    /* SELECT 901.50::numeric(15,2) */
    {&n15_2, "00020000 00000002 03851388", "901.50", PGS_GOLDEN_EXACT},
    /* SELECT 9999999999999.99::numeric(15,2) */
    {&n15_2, "00050003 00000002 0009270f 270f270f 26ac", "9999999999999.99", PGS_GOLDEN_EXACT},
    /* SELECT (-9999999999999.99)::numeric(15,2) */
    {&n15_2, "00050003 40000002 0009270f 270f270f 26ac", "-9999999999999.99", PGS_GOLDEN_EXACT},
    /* SELECT 100000000::numeric(15,2) */
    {&n15_2, "00010002 00000002 0001", "100000000.00", PGS_GOLDEN_EXACT},
    /* SELECT 99999999999999.9999::numeric(18,4) */
    {&n18_4, "00050003 00000004 0063270f 270f270f 270f", "99999999999999.9999", PGS_GOLDEN_EXACT},
    /* SELECT 0.0001::numeric(18,4) */
    {&n18_4, "0001ffff 00000004 0001", "0.0001", PGS_GOLDEN_EXACT},
    /* SELECT 0.999999999999999999::numeric(18,18) */
    {&n18_18, "0005ffff 00000012 270f270f 270f270f 26ac", "0.999999999999999999", PGS_GOLDEN_EXACT},
    /* SELECT 0.000000000000000001::numeric(18,18) */
    {&n18_18, "0001fffb 00000012 0064", "0.000000000000000001", PGS_GOLDEN_EXACT},
    /* SELECT 99999999999999999999999999999999999999::numeric(38,0) */
    {&n38_0, "000a0009 00000000 0063270f 270f270f 270f270f 270f270f 270f270f",
     "99999999999999999999999999999999999999", PGS_GOLDEN_EXACT},
    /* SELECT (-99999999999999999999999999999999999999)::numeric(38,0) */
    {&n38_0, "000a0009 40000000 0063270f 270f270f 270f270f 270f270f 270f270f",
     "-99999999999999999999999999999999999999", PGS_GOLDEN_EXACT},
    /* SELECT 10000000000000000000000000000000000000::numeric(38,0) */
    {&n38_0, "00010009 00000000 000a", "10000000000000000000000000000000000000", PGS_GOLDEN_EXACT},
    /* SELECT 1234567890123456789012345678.0123456789::numeric(38,10) */
    {&n38_10, "000a0006 0000000a 04d2162e 23340d80 1ed204d2 162e007b 11d722c4",
     "1234567890123456789012345678.0123456789", PGS_GOLDEN_EXACT},
    /* SELECT 0::numeric(38,10) */
    {&n38_10, "00000000 0000000a", "0.0000000000", PGS_GOLDEN_EXACT},
    /* SELECT 9.9999999999999999999999999999999999999::numeric(38,37) */
    {&n38_37, "000b0000 00000025 0009270f 270f270f 270f270f 270f270f 270f270f 2328",
     "9.9999999999999999999999999999999999999", PGS_GOLDEN_EXACT},
    /* SELECT 0.99999999999999999999999999999999999999::numeric(38,38) */
    {&n38_38, "000affff 00000026 270f270f 270f270f 270f270f 270f270f 270f26ac",
     "0.99999999999999999999999999999999999999", PGS_GOLDEN_EXACT},
    /* SELECT (-0.00000000000000000000000000000000000001)::numeric(38,38) */
    {&n38_38, "0001fff6 40000026 0064", "-0.00000000000000000000000000000000000001",
     PGS_GOLDEN_EXACT},
    /* SELECT 12345::numeric(3,-2) */
    {&n3_m2, "00020001 00000000 000108fc", "12300", PGS_GOLDEN_EXACT},
    /* SELECT 99900::numeric(3,-2) */
    {&n3_m2, "00020001 00000000 000926ac", "99900", PGS_GOLDEN_EXACT},
    /* SELECT 0.00099::numeric(2,5) */
    {&n2_5, "0002ffff 00000005 00092328", "0.00099", PGS_GOLDEN_EXACT},
    /* SELECT (-0.00001)::numeric(2,5) */
    {&n2_5, "0001fffe 40000005 03e8", "-0.00001", PGS_GOLDEN_EXACT},
};

static const struct {
    const struct pgs_type *type;
    const char *hex;
    enum pgs_status code;
    const char *part;
} REFUSED[] = {
    /* SELECT 'NaN'::numeric */
    {&n4_0, "00000000 c0000000", PGS_ERR_CONVERSION, "numeric \"NaN\" has no DECIMAL form"},
    /* SELECT 'Infinity'::numeric */
    {&n38_0, "00000000 d0000020", PGS_ERR_CONVERSION, "\"Infinity\""},
    /* SELECT '-Infinity'::numeric */
    {&n38_0, "00000000 f0000020", PGS_ERR_CONVERSION, "\"-Infinity\""},
    /* SELECT 10000::numeric */
    {&n4_0, "00010001 00000000 0001", PGS_ERR_CONVERSION, "out of range for DECIMAL(4,0)"},
    /* SELECT 1e38::numeric */
    {&n38_0, "00010009 00000000 0064", PGS_ERR_CONVERSION, "out of range for DECIMAL(38,0)"},
    /* SELECT 1::numeric */
    {&n38_38, "00010000 00000000 0001", PGS_ERR_CONVERSION, "out of range"},
    /* SELECT 1e131071::numeric */
    {&n38_0, "00017fff 00000000 03e8", PGS_ERR_CONVERSION, "out of range"},
    /* SELECT 99.995::numeric */
    {&n4_2, "00020000 00000003 006326de", PGS_ERR_CONVERSION, "out of range"},
    {&n4_0, "0000", PGS_ERR_PROTOCOL, "only 2 bytes"},
    {&n4_0, "0001 0000 0000 0000", PGS_ERR_PROTOCOL, "1 groups has 8 bytes"},
    {&n4_0, "0000 0000 8000 0000", PGS_ERR_PROTOCOL, "sign 0x8000"},
    {&n4_0, "0001 0000 0000 0000 2710", PGS_ERR_PROTOCOL, "group of 10000"},
    {&n38_10, "0002 0000 0000 0000 0001 ffff", PGS_ERR_PROTOCOL, "group of 65535"},
    {&n38_10, "0001 7fff 0000 0000 0001", PGS_ERR_CONVERSION, "out of range"},
    {&n4_0, "0002 0000 0000 ffff 0001 0001", PGS_ERR_PROTOCOL, "65535 fractional"},
};

/* Writes value / 10^scale as the server would, from its decimal digits. */
static void write_plainly(int32_t value, int32_t scale, struct pgs_buf *out)
{
    uint32_t magnitude = (uint32_t)(value < 0 ? -value : value);
    int32_t fraction_groups = (scale + 3) / 4;
    uint64_t aligned = magnitude;
    uint16_t groups[8];
    uint32_t count = 0;
    int32_t weight;

    for (int32_t i = scale; i < 4 * fraction_groups; i++)
        aligned *= 10;
    for (uint64_t rest = aligned; rest; rest /= 10000)
        count++;
    weight = (int32_t)count - 1 - fraction_groups;
    for (uint32_t i = count; i > 0; i--, aligned /= 10000)
        groups[i - 1] = (uint16_t)(aligned % 10000);
    while (count && groups[count - 1] == 0)
        count--;
    pgs_numeric_write(out, value < 0 ? PGS_NUMERIC_NEGATIVE : PGS_NUMERIC_POSITIVE,
                      count ? weight : 0, (uint32_t)scale, groups, count);
}

static void show(int32_t value, int32_t scale, char *text, size_t size)
{
    int32_t unit = 1;
    int32_t magnitude = value < 0 ? -value : value;

    for (int32_t i = 0; i < scale; i++)
        unit *= 10;
    if (scale)
        (void)snprintf(text, size, "%s%d.%0*d", value < 0 ? "-" : "", magnitude / unit, scale,
                       magnitude % unit);
    else
        (void)snprintf(text, size, "%d", value);
}

/* Every value of every DECIMAL(precision <= 3, scale), and the same values in
 * types that are stored wider. */
static void check_small_grid(int32_t precision, int32_t scale, int32_t limit)
{
    struct pgs_type type = pgs_golden_numeric(precision, scale);

    for (int32_t value = -limit; value <= limit; value++) {
        char wanted[32];
        struct pgs_buf bytes;
        struct pgs_buf out;

        pgs_buf_init(&bytes, 100);
        pgs_buf_init(&out, 100);
        show(value, scale, wanted, sizeof(wanted));
        write_plainly(value, scale, &bytes);
        CHECK_INT(
            pgs_golden_decode(&type, NULL, (const uint8_t *)bytes.at, bytes.size_bytes, &out, NULL),
            PGS_OK);
        CHECK_STR(out.at, wanted);
        pgs_buf_reset(&out);
        CHECK_INT(
            pgs_golden_round_trip(&type, (const uint8_t *)bytes.at, bytes.size_bytes, &out, NULL),
            PGS_OK);
        CHECK_BYTES(out.at, out.size_bytes, bytes.at, bytes.size_bytes);
        pgs_buf_release(&bytes);
        pgs_buf_release(&out);
    }
}

static void check_grid(void)
{
    for (int32_t scale = 0; scale <= 9; scale++) {
        check_small_grid(1 > scale ? 1 : scale, scale, 9);
        check_small_grid(3 > scale ? 3 : scale, scale, 999);
        check_small_grid(18, scale, 110);
        check_small_grid(38, scale, 110);
    }
}

/* More fractional digits than the type has: half away from zero. */
static void check_rounding(const char *hex, const struct pgs_type *type, const char *wanted)
{
    struct pgs_buf bytes;
    struct pgs_buf out;

    pgs_buf_init(&bytes, 100);
    pgs_buf_init(&out, 100);
    pgs_golden_bytes(hex, &bytes);
    CHECK_INT(
        pgs_golden_decode(type, NULL, (const uint8_t *)bytes.at, bytes.size_bytes, &out, NULL),
        PGS_OK);
    CHECK_STR(out.at, wanted);
    pgs_buf_release(&bytes);
    pgs_buf_release(&out);
}

static void check_roundings(void)
{
    check_rounding("0001 ffff 4000 0004 1388", &n4_0, "-1");          /* -0.5 */
    check_rounding("0001 ffff 0000 0004 1387", &n4_0, "0");           /* 0.4999 */
    check_rounding("0002 0000 0000 0003 0001 0032", &n4_2, "1.01");   /* 1.0050 */
    check_rounding("0002 0000 0000 0003 0001 0031", &n4_2, "1.00");   /* 1.0049 */
    check_rounding("0001 fffe 0000 0008 270f", &n4_2, "0.00");        /* 0.00009999 */
    check_rounding("0003 0002 0000 0000 0000 0000 0007", &n4_0, "7"); /* leading zero groups */
    check_rounding("0001 8000 0000 0000 0001", &n38_10, "0.0000000000");
    check_rounding("0000 7fff 4000 0000", &n4_0, "0");
}

static void check_nan_as_null(void)
{
    struct pgs_codec_options options = {.numeric_nan_as_null = true};
    static const uint8_t NOT_A_NUMBER[8] = {0, 0, 0, 0, 0xC0, 0, 0, 0};
    struct pgs_error err;
    struct pgs_buf out;

    pgs_buf_init(&out, 100);
    CHECK_INT(pgs_golden_decode(&n15_2, &options, NOT_A_NUMBER, 8, &out, NULL), PGS_OK);
    CHECK_STR(out.at, "NULL");
    CHECK_INT(pgs_golden_decode(&n15_2, NULL, NOT_A_NUMBER, 8, &out, &err), PGS_ERR_CONVERSION);
    CHECK(strstr(err.hint, "pg_numeric_nan_as_null") != NULL);
    pgs_buf_release(&out);
}

int main(void)
{
    n4_0 = pgs_golden_numeric(4, 0);
    n4_2 = pgs_golden_numeric(4, 2);
    n9_3 = pgs_golden_numeric(9, 3);
    n15_2 = pgs_golden_numeric(15, 2);
    n18_4 = pgs_golden_numeric(18, 4);
    n18_18 = pgs_golden_numeric(18, 18);
    n38_0 = pgs_golden_numeric(38, 0);
    n38_10 = pgs_golden_numeric(38, 10);
    n38_37 = pgs_golden_numeric(38, 37);
    n38_38 = pgs_golden_numeric(38, 38);
    n3_m2 = pgs_golden_numeric(3, -2);
    n2_5 = pgs_golden_numeric(2, 5);
    for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++)
        pgs_golden_check(VALUES[i].type, VALUES[i].hex, VALUES[i].text, VALUES[i].flags);
    for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++)
        pgs_golden_check_error(REFUSED[i].type, REFUSED[i].hex, REFUSED[i].code, REFUSED[i].part);
    check_grid();
    check_roundings();
    check_nan_as_null();
    return pgs_check_report();
}
