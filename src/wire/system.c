/* SPDX-License-Identifier: MIT
 *
 * The types of PostgreSQL's own bookkeeping: tid, xid, cid, xid8, pg_lsn.
 */
#include <inttypes.h>
#include <stdio.h>

#include "wire/families.h"
#include "wire/text_scan.h"

enum { SHOWN_BYTES = 32 };

static enum pgs_status show(struct pgs_vector *vector, size_t row, const char *shown, int size,
                            struct pgs_error *err)
{
    struct pgs_str text = {shown, (size_t)size};

    return pgs_vector_set_string(vector, row, text, err);
}

/* tidsend and tidrecv, utils/adt/tid.c, 18: block, then offset in it. */
PGS_DECODER(pgs_tid_decode)
{
    char shown[SHOWN_BYTES];

    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 6, "tid", err));
    return show(vector, row, shown,
                snprintf(shown, sizeof(shown), "(%" PRIu32 ",%u)", pgs_get_be32(at),
                         (unsigned)pgs_get_be16(at + 4)),
                err);
}

PGS_ENCODER(pgs_tid_encode)
{
    struct pgs_str text = pgs_vector_string(vector, row);
    struct pgs_text_scan scan = pgs_text_scan_of(text);
    uint64_t block;
    uint64_t offset;

    (void)type;
    (void)options;
    if (!pgs_text_scan_char(&scan, '(') || !pgs_text_scan_decimal(&scan, UINT32_MAX, &block) ||
        !pgs_text_scan_char(&scan, ',') || !pgs_text_scan_decimal(&scan, UINT16_MAX, &offset) ||
        !pgs_text_scan_char(&scan, ')') || !pgs_text_scan_ended(&scan))
        return pgs_text_refuse(text, "tid", err);
    pgs_buf_add_be32(out, (uint32_t)block);
    pgs_buf_add_be16(out, (uint16_t)offset);
    return PGS_OK;
}

static bool read_number(struct pgs_str text, uint64_t max, uint64_t *value)
{
    struct pgs_text_scan scan = pgs_text_scan_of(text);

    return pgs_text_scan_decimal(&scan, max, value) && pgs_text_scan_ended(&scan);
}

/* xidsend, cidsend and their opposites, utils/adt/xid.c, 18. */
PGS_DECODER(pgs_xid_decode)
{
    char shown[SHOWN_BYTES];

    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 4, "xid", err));
    return show(vector, row, shown, snprintf(shown, sizeof(shown), "%" PRIu32, pgs_get_be32(at)),
                err);
}

PGS_ENCODER(pgs_xid_encode)
{
    struct pgs_str text = pgs_vector_string(vector, row);
    uint64_t value;

    (void)type;
    (void)options;
    if (!read_number(text, UINT32_MAX, &value))
        return pgs_text_refuse(text, "xid", err);
    pgs_buf_add_be32(out, (uint32_t)value);
    return PGS_OK;
}

/* xid8send and xid8recv, utils/adt/xid.c, 18. */
PGS_DECODER(pgs_xid8_decode)
{
    char shown[SHOWN_BYTES];

    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 8, "xid8", err));
    return show(vector, row, shown, snprintf(shown, sizeof(shown), "%" PRIu64, pgs_get_be64(at)),
                err);
}

PGS_ENCODER(pgs_xid8_encode)
{
    struct pgs_str text = pgs_vector_string(vector, row);
    uint64_t value;

    (void)type;
    (void)options;
    if (!read_number(text, UINT64_MAX, &value))
        return pgs_text_refuse(text, "xid8", err);
    pgs_buf_add_be64(out, value);
    return PGS_OK;
}

/* pg_lsn_send and pg_lsn_recv, utils/adt/pg_lsn.c, 18: two hexadecimal halves. */
PGS_DECODER(pgs_lsn_decode)
{
    char shown[SHOWN_BYTES];

    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 8, "pg_lsn", err));
    return show(vector, row, shown,
                snprintf(shown, sizeof(shown), "%" PRIX32 "/%" PRIX32, pgs_get_be32(at),
                         pgs_get_be32(at + 4)),
                err);
}

PGS_ENCODER(pgs_lsn_encode)
{
    struct pgs_str text = pgs_vector_string(vector, row);
    struct pgs_text_scan scan = pgs_text_scan_of(text);
    uint64_t upper;
    uint64_t lower;

    (void)type;
    (void)options;
    if (!pgs_text_scan_hex(&scan, 8, &upper) || !pgs_text_scan_char(&scan, '/') ||
        !pgs_text_scan_hex(&scan, 8, &lower) || !pgs_text_scan_ended(&scan))
        return pgs_text_refuse(text, "pg_lsn", err);
    pgs_buf_add_be32(out, (uint32_t)upper);
    pgs_buf_add_be32(out, (uint32_t)lower);
    return PGS_OK;
}
