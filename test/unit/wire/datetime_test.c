/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/bytes.h"
#include "check.h"
#include "golden.h"
#include "test_vector.h"

struct golden {
    const struct pgs_type *type;
    const char *hex;
    const char *text;
    unsigned flags;
};

static struct pgs_type date;
static struct pgs_type time;
static struct pgs_type timetz;
static struct pgs_type timestamp;
static struct pgs_type timestamptz;

static const struct golden VALUES[] = {
    /* SELECT '1970-01-01'::date */
    {&date, "ffffd533", "0", PGS_GOLDEN_EXACT},
    /* SELECT '2000-01-01'::date */
    {&date, "00000000", "10957", PGS_GOLDEN_EXACT},
    /* SELECT '2024-02-29'::date */
    {&date, "00002279", "19782", PGS_GOLDEN_EXACT},
    /* SELECT 'infinity'::date */
    {&date, "7fffffff", "2147483647", PGS_GOLDEN_EXACT},
    /* SELECT '-infinity'::date */
    {&date, "80000000", "-2147483647", PGS_GOLDEN_EXACT},
    /* SELECT '4714-11-24 BC'::date */
    {&date, "ffda97a7", "-2440588", PGS_GOLDEN_EXACT},
    /* SELECT '5874897-12-31'::date */
    {&date, "7fda970c", "2145042905", PGS_GOLDEN_EXACT},
    /* SELECT '00:00'::time */
    {&time, "00000000 00000000", "0", PGS_GOLDEN_EXACT},
    /* SELECT '24:00:00'::time */
    {&time, "00000014 1dd76000", "86400000000", PGS_GOLDEN_EXACT},
    /* SELECT '12:34:56.789012'::time */
    {&time, "0000000a 8be62614", "45296789012", PGS_GOLDEN_EXACT},
    /* SELECT '12:00:00+02'::timetz */
    {&timetz, "0000000a 0eebb000 ffffe3e0", "43200000000/7200", PGS_GOLDEN_EXACT},
    /* SELECT '24:00:00-15:59:59'::timetz */
    {&timetz, "00000014 1dd76000 0000e0ff", "86400000000/-57599", PGS_GOLDEN_EXACT},
    /* SELECT '00:00+15:59:59'::timetz */
    {&timetz, "00000000 00000000 ffff1f01", "0/57599", PGS_GOLDEN_EXACT},
    /* SELECT '1970-01-01'::timestamp */
    {&timestamp, "fffca2fe c4c82000", "0", PGS_GOLDEN_EXACT},
    /* SELECT '2000-01-01 00:00:00.000001'::timestamp */
    {&timestamp, "00000000 00000001", "946684800000001", PGS_GOLDEN_EXACT},
    /* SELECT 'infinity'::timestamp */
    {&timestamp, "7fffffff ffffffff", "9223372036854775807", PGS_GOLDEN_EXACT},
    /* SELECT '-infinity'::timestamp */
    {&timestamp, "80000000 00000000", "-9223372036854775807", PGS_GOLDEN_EXACT},
    /* SELECT '4714-11-24 00:00:00 BC'::timestamp */
    {&timestamp, "fd0f7cc1 411fa000", "-210866803200000000", PGS_GOLDEN_EXACT},
    /* SELECT '294247-01-10 04:00:54.775806'::timestamp */
    {&timestamp, "7ffca2fe c4c81ffe", "9223372036854775806", PGS_GOLDEN_EXACT},
    /* SELECT '1999-12-31 23:59:59.999999+00'::timestamptz */
    {&timestamptz, "ffffffff ffffffff", "946684799999999", PGS_GOLDEN_EXACT},
    /* SELECT 'infinity'::timestamptz */
    {&timestamptz, "7fffffff ffffffff", "9223372036854775807", PGS_GOLDEN_EXACT},
};

static const struct {
    const struct pgs_type *type;
    const char *hex;
    enum pgs_status code;
    const char *part;
} REFUSED[] = {
    /* SELECT '294247-01-10 04:00:54.775807'::timestamp */
    {&timestamp, "7ffca2fe c4c81fff", PGS_ERR_CONVERSION, "294247-01-10"},
    /* SELECT '294276-12-31 23:59:59.999999'::timestamp */
    {&timestamp, "7fffff5b b3b29fff", PGS_ERR_CONVERSION,
     "timestamp out of range: a time on 294276-12-31"},
    {&timestamp, "fd0f7cc1411f9fff", PGS_ERR_CONVERSION, "4714-11-23 (BC)"},
    {&date, "7fda970d", PGS_ERR_PROTOCOL, "out of range"},
    {&date, "ffda97a6", PGS_ERR_PROTOCOL, "out of range"},
    {&date, "00", PGS_ERR_PROTOCOL, "type date"},
    {&time, "000000141dd76001", PGS_ERR_PROTOCOL, "out of range"},
    {&time, "ffffffffffffffff", PGS_ERR_PROTOCOL, "out of range"},
    {&timetz, "00000000000000000000e100", PGS_ERR_PROTOCOL, "out of range"},
    {&timetz, "0000000000000000ffff1f00", PGS_ERR_PROTOCOL, "out of range"},
    {&timetz, "ffffffffffffffff00000000", PGS_ERR_PROTOCOL, "out of range"},
    {&timestamp, "00", PGS_ERR_PROTOCOL, "type timestamp"},
};

/* Encoding `value` must fail and show `part`, or give `wanted`. */
static void check_encode(const struct pgs_type *type, int64_t value, const char *part,
                         int64_t wanted)
{
    struct pgs_vector *vector = pgs_test_vector_new(type, 1);
    bool wide = type->kind != PGS_KIND_DATE;
    struct pgs_error err = {0};
    struct pgs_buf out;
    enum pgs_status status;

    pgs_buf_init(&out, 100);
    if (wide)
        ((int64_t *)vector->data)[0] = value;
    else
        ((int32_t *)vector->data)[0] = (int32_t)value;
    status = pgs_encoder_for(type)(type, NULL, vector, 0, &out, &err);
    CHECK_INT(status, part ? PGS_ERR_CONVERSION : PGS_OK);
    if (part && !strstr(err.message, part))
        CHECK_STR(err.message, part);
    if (!part && status == PGS_OK) {
        const uint8_t *at = (const uint8_t *)out.at;

        CHECK_INT(wide ? (int64_t)pgs_get_be64(at) : (int64_t)(int32_t)pgs_get_be32(at), wanted);
    }
    pgs_buf_release(&out);
    pgs_test_vector_free(vector);
}

static void check_ranges(void)
{
    check_encode(&date, -2440588, NULL, -2451545);
    check_encode(&date, -2440589, "DATE \"4714-11-23 (BC)\" is out of range", 0);
    check_encode(&date, 2145042905, NULL, 2145031948);
    check_encode(&date, 2145042906, "DATE \"5874898-01-01\" is out of range", 0);
    check_encode(&date, INT32_MIN, "out of range", 0);
    check_encode(&time, -1, "out of range", 0);
    check_encode(&time, INT64_C(86400000001), "out of range", 0);
    check_encode(&timetz, INT64_C(86400000001) << 24, "out of range", 0);
    check_encode(&timetz, 2 * 57599 + 1, "out of range", 0);
    check_encode(&timestamp, INT64_C(-210866803200000001), "TIMESTAMP on \"4714-11-23 (BC)\"", 0);
    check_encode(&timestamp, INT64_MIN, "out of range", 0);
    check_encode(&timestamp, INT64_MAX - 1, NULL, INT64_C(9222425352054775806));
    check_encode(&timestamptz, -INT64_MAX, NULL, INT64_MIN);
}

int main(void)
{
    date = pgs_golden_type(1082, -1);
    time = pgs_golden_type(1083, -1);
    timetz = pgs_golden_type(1266, -1);
    timestamp = pgs_golden_type(1114, -1);
    timestamptz = pgs_golden_type(1184, -1);
    for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++)
        pgs_golden_check(VALUES[i].type, VALUES[i].hex, VALUES[i].text, VALUES[i].flags);
    for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++)
        pgs_golden_check_error(REFUSED[i].type, REFUSED[i].hex, REFUSED[i].code, REFUSED[i].part);
    check_ranges();
    return pgs_check_report();
}
