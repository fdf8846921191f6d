/* SPDX-License-Identifier: MIT */
#include "wire/stride.h"

#include <string.h>

#include "base/bytes.h"
#include "check.h"
#include "golden.h"
#include "wire/families.h"

static const uint32_t FIXED_OIDS[] = {16, 21, 23, 20, 26, 700, 701, 2950, 1082, 1083, 1114, 1184};

enum { ROWS = 40, STRIDE_BYTES = 23 };

/* The batch gives what the codec gives, or says that it cannot. */
static void check_same(uint32_t oid, uint32_t seed)
{
    struct pgs_type type = pgs_golden_type(oid, -1);
    struct pgs_stride_column column;
    uint8_t bytes[ROWS * STRIDE_BYTES];
    uint8_t by_one[ROWS * 16] = {0};
    uint8_t by_batch[ROWS * 16] = {0};
    struct pgs_vector vector = {.data = by_one, .capacity_rows = ROWS};
    bool odd = false;

    for (size_t i = 0; i < sizeof(bytes); i++) {
        seed = seed * 1664525 + 1013904223;
        /* Small numbers, so that dates and times are in range most of the time. */
        bytes[i] = seed >> 24 < 100 ? (uint8_t)(seed >> 16) : 0;
    }
    CHECK(pgs_stride_column_init(&column, &type, 2));
    for (size_t i = 0; i < ROWS; i++)
        odd |= pgs_decoder_for(&type)(&type, NULL, bytes + i * STRIDE_BYTES, column.width_bytes,
                                      &vector, i, NULL) != PGS_OK;
    if (column.decode(bytes, STRIDE_BYTES, ROWS, by_batch, 0)) {
        CHECK(!odd);
        CHECK_BYTES(by_batch, sizeof(by_batch), by_one, sizeof(by_one));
    }
}

static void check_rows(void)
{
    struct pgs_type int4 = pgs_golden_type(23, -1);
    struct pgs_type int2 = pgs_golden_type(21, -1);
    struct pgs_stride_column columns[2];
    uint8_t row[] = {0, 2, 0, 0, 0, 4, 1, 2, 3, 4, 0, 0, 0, 2, 5, 6};
    uint8_t rows[5 * sizeof(row)];

    CHECK(pgs_stride_column_init(&columns[0], &int4, 2));
    CHECK(pgs_stride_column_init(&columns[1], &int2, 10));
    for (size_t i = 0; i < 5; i++)
        memcpy(rows + i * sizeof(row), row, sizeof(row));
    CHECK_INT(pgs_stride_rows(columns, 2, rows, sizeof(rows), 100), 5);
    CHECK_INT(pgs_stride_rows(columns, 2, rows, sizeof(rows), 3), 3);
    CHECK_INT(pgs_stride_rows(columns, 2, rows, sizeof(rows) - 1, 100), 4);
    CHECK_INT(pgs_stride_rows(columns, 2, rows, 0, 100), 0);
    for (size_t at = 0; at < sizeof(row); at++) {
        bool value = (at >= 6 && at < 10) || at >= 14;

        rows[2 * sizeof(row) + at] ^= 0x80;
        CHECK_INT(pgs_stride_rows(columns, 2, rows, sizeof(rows), 100), value ? 5 : 2);
        rows[2 * sizeof(row) + at] ^= 0x80;
    }
}

int main(void)
{
    struct pgs_type text = pgs_golden_type(25, -1);
    struct pgs_stride_column column;

    for (size_t i = 0; i < sizeof(FIXED_OIDS) / sizeof(FIXED_OIDS[0]); i++) {
        for (uint32_t seed = 0; seed < 300; seed++)
            check_same(FIXED_OIDS[i], seed);
    }
    check_rows();
    CHECK(!pgs_stride_column_init(&column, &text, 2));
    return pgs_check_report();
}
