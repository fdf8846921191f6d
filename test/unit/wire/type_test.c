/* SPDX-License-Identifier: MIT */
#include "wire/type.h"

#include <string.h>

#include "base/limits.h"
#include "check.h"
#include "golden.h"

static void check_numeric(int32_t precision, int32_t scale, int wanted_precision, int wanted_scale)
{
    struct pgs_type type = pgs_golden_numeric(precision, scale);

    CHECK_INT(type.kind, PGS_KIND_NUMERIC);
    CHECK_INT(type.target, wanted_precision ? PGS_TARGET_DECIMAL : PGS_TARGET_DOUBLE);
    CHECK_INT(type.precision, wanted_precision);
    CHECK_INT(type.scale, wanted_scale);
}

/* Every numeric(precision, scale) that PostgreSQL accepts. */
static void check_all_numerics(void)
{
    for (int32_t precision = 1; precision <= 1000; precision++) {
        for (int32_t scale = -1000; scale <= 1000; scale += precision < 50 ? 1 : 37) {
            int32_t digits = scale < 0 ? precision - scale : precision > scale ? precision : scale;

            if (digits <= 38)
                check_numeric(precision, scale, digits, scale < 0 ? 0 : scale);
            else
                check_numeric(precision, scale, 0, 0);
        }
    }
}

static void check_builtins(void)
{
    struct pgs_type type = pgs_golden_type(1700, -1);

    CHECK_INT(type.target, PGS_TARGET_DOUBLE);
    type = pgs_golden_type(1700, 0);
    CHECK_INT(type.target, PGS_TARGET_DOUBLE);
    type = pgs_golden_type(3802, -1);
    CHECK_INT(type.kind, PGS_KIND_JSONB);
    CHECK_INT(type.target, PGS_TARGET_JSON);
    type = pgs_golden_type(790, -1); /* money */
    CHECK_INT(type.kind, PGS_KIND_TEXT_CAST);
    CHECK_INT(type.target, PGS_TARGET_VARCHAR);
    CHECK_INT(pgs_type_array_element_oid(1007), 23);
    CHECK_INT(pgs_type_array_element_oid(23), 0);
    CHECK_INT(pgs_type_array_element_oid(0), 0);
    CHECK_INT(pgs_type_array_oid(23), 1007);
    CHECK_INT(pgs_type_array_oid(1007), 0);
    for (uint32_t oid = 1; oid < 5000; oid++) {
        uint32_t array_oid = pgs_type_array_oid(oid);

        if (array_oid)
            CHECK_INT(pgs_type_array_element_oid(array_oid), oid);
    }
}

static void check_is_binary(void)
{
    struct pgs_type int4 = pgs_golden_type(23, -1);
    struct pgs_type cast = pgs_golden_type(790, -1);
    struct pgs_type ints = pgs_golden_array(&int4, 1);
    struct pgs_type casts = pgs_golden_array(&cast, 1);
    struct pgs_type flat = pgs_golden_array(&int4, 0);
    struct pgs_field fields[2] = {{{"a", 1}, &ints, 0}, {{"b", 1}, &casts, 0}};
    struct pgs_type pair = {.kind = PGS_KIND_COMPOSITE, .fields = fields, .field_count = 2};
    struct pgs_type chain[PGS_TYPE_DEPTH_MAX + 2];

    CHECK(pgs_type_is_binary(&int4));
    CHECK(!pgs_type_is_binary(&cast));
    CHECK(pgs_type_is_binary(&ints));
    CHECK(!pgs_type_is_binary(&casts));
    CHECK(!pgs_type_is_binary(&flat));
    CHECK(!pgs_type_is_binary(&pair));
    pair.field_count = 1;
    CHECK(pgs_type_is_binary(&pair));
    chain[0] = int4;
    for (size_t i = 1; i < PGS_TYPE_DEPTH_MAX + 2; i++) {
        chain[i] = pgs_golden_array(&chain[i - 1], 1);
        CHECK(pgs_type_is_binary(&chain[i]) == (i <= PGS_TYPE_DEPTH_MAX));
    }
}

int main(void)
{
    check_all_numerics();
    check_builtins();
    check_is_binary();
    return pgs_check_report();
}
