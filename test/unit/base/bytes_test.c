/* SPDX-License-Identifier: MIT */
#include "base/bytes.h"

#include "check.h"

static void check_integers(void)
{
    static const uint8_t BYTES[] = {0xF1, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x88};
    uint8_t out[8];

    CHECK(pgs_get_be16(BYTES) == 0xF102);
    CHECK(pgs_get_be32(BYTES) == UINT32_C(0xF1020304));
    CHECK(pgs_get_be64(BYTES) == UINT64_C(0xF102030405060788));
    pgs_put_be64(out, pgs_get_be64(BYTES));
    CHECK_BYTES(out, 8, BYTES, 8);
    pgs_put_be32(out, pgs_get_be32(BYTES));
    pgs_put_be16(out + 4, pgs_get_be16(BYTES + 4));
    CHECK_BYTES(out, 6, BYTES, 6);
}

/* Past the end everything is 0, also what would still fit. */
static void check_reader(void)
{
    static const uint8_t BYTES[] = {1, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 4, 9, 9};
    struct pgs_reader reader = pgs_reader_of(BYTES, sizeof(BYTES));

    CHECK_INT(pgs_reader_u8(&reader), 1);
    CHECK_INT(pgs_reader_be16(&reader), 2);
    CHECK_INT(pgs_reader_be32(&reader), 3);
    CHECK_INT(pgs_reader_be64(&reader), 4);
    CHECK(!reader.short_of && reader.left_bytes == 2);
    CHECK_INT(pgs_reader_be32(&reader), 0);
    CHECK(reader.short_of && reader.left_bytes == 2);
    CHECK_INT(pgs_reader_u8(&reader), 0);
    CHECK_INT(pgs_reader_be16(&reader), 0);
    CHECK_INT(pgs_reader_be64(&reader), 0);
    CHECK(pgs_reader_take(&reader, 0) == NULL);
    reader = pgs_reader_of(BYTES, 1);
    CHECK(pgs_reader_take(&reader, SIZE_MAX) == NULL);
    reader = pgs_reader_of(BYTES, 1);
    CHECK(pgs_reader_take(&reader, 1) == BYTES && !reader.short_of);
    CHECK(pgs_reader_take(&reader, 0) == BYTES + 1 && !reader.short_of);
}

int main(void)
{
    check_integers();
    check_reader();
    return pgs_check_report();
}
