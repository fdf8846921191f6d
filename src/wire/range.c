/* SPDX-License-Identifier: MIT
 *
 * Ranges and multiranges are read as their text, which the server makes, and
 * written in binary from that text.
 */
#include <string.h>

#include "wire/datetime_text.h"
#include "wire/families.h"
#include "wire/numeric.h"
#include "wire/text_scan.h"

/* range_send, utils/adt/rangetypes.c, and utils/rangetypes.h, 18. */
enum { EMPTY = 0x01, LOWER_INC = 0x02, UPPER_INC = 0x04, LOWER_INF = 0x08, UPPER_INF = 0x10 };
/* Of a bound in quotes: dates and times with a blank in them. */
enum { QUOTED_BYTES_MAX = 64 };

struct bound {
    char quoted[QUOTED_BYTES_MAX];
    struct pgs_str text;
    bool is_infinite;
};

struct range {
    uint8_t flags;
    struct bound lower;
    struct bound upper;
};

static bool read_quoted(struct pgs_text_scan *scan, struct bound *bound)
{
    size_t size = 0;

    while (!pgs_text_scan_char(scan, '"')) {
        (void)pgs_text_scan_char(scan, '\\');
        if (pgs_text_scan_ended(scan) || size == sizeof(bound->quoted))
            return false;
        bound->quoted[size++] = *scan->at++;
    }
    bound->text.at = bound->quoted;
    bound->text.size_bytes = size;
    return true;
}

/* Up to a comma or a closing bracket, which is left. */
static bool read_bound(struct pgs_text_scan *scan, struct bound *bound)
{
    const char *start = scan->at;

    bound->is_infinite = false;
    if (pgs_text_scan_char(scan, '"'))
        return read_quoted(scan, bound);
    while (!pgs_text_scan_ended(scan) && !strchr(",)]\"\\", *scan->at))
        scan->at++;
    bound->text.at = start;
    bound->text.size_bytes = (size_t)(scan->at - start);
    bound->is_infinite = bound->text.size_bytes == 0;
    return true;
}

static bool read_range(struct pgs_text_scan *scan, struct range *range)
{
    range->flags = EMPTY;
    if (pgs_text_scan_word(scan, "empty"))
        return true;
    range->flags = 0;
    if (pgs_text_scan_char(scan, '['))
        range->flags |= LOWER_INC;
    else if (!pgs_text_scan_char(scan, '('))
        return false;
    if (!read_bound(scan, &range->lower) || !pgs_text_scan_char(scan, ',') ||
        !read_bound(scan, &range->upper))
        return false;
    if (pgs_text_scan_char(scan, ']'))
        range->flags |= UPPER_INC;
    else if (!pgs_text_scan_char(scan, ')'))
        return false;
    if (range->lower.is_infinite)
        range->flags = (uint8_t)((range->flags & ~LOWER_INC) | LOWER_INF);
    if (range->upper.is_infinite)
        range->flags = (uint8_t)((range->flags & ~UPPER_INC) | UPPER_INF);
    return true;
}

static bool read_integer(struct pgs_str text, uint64_t max, uint64_t *value)
{
    struct pgs_text_scan scan = pgs_text_scan_of(text);
    bool negative = pgs_text_scan_char(&scan, '-');

    if (!pgs_text_scan_decimal(&scan, negative ? max + 1 : max, value))
        return false;
    if (negative)
        *value = 0 - *value;
    return pgs_text_scan_ended(&scan);
}

/* Appends the bound's value as its own type sends it; false when it is none. */
static bool add_value(enum pgs_kind kind, struct pgs_str text, struct pgs_buf *out)
{
    uint64_t integer;
    int32_t days;
    int64_t micros;

    switch (kind) {
    case PGS_KIND_INT4:
        if (!read_integer(text, INT32_MAX, &integer))
            return false;
        pgs_buf_add_be32(out, (uint32_t)integer);
        return true;
    case PGS_KIND_INT8:
        if (!read_integer(text, INT64_MAX, &integer))
            return false;
        pgs_buf_add_be64(out, integer);
        return true;
    case PGS_KIND_NUMERIC:
        return pgs_numeric_encode_str(text, out, NULL) == PGS_OK;
    case PGS_KIND_DATE:
        if (!pgs_date_read(text, &days))
            return false;
        pgs_buf_add_be32(out, (uint32_t)days);
        return true;
    case PGS_KIND_TIMESTAMP:
    case PGS_KIND_TIMESTAMPTZ:
        if (!pgs_timestamp_read(text, kind == PGS_KIND_TIMESTAMPTZ, &micros))
            return false;
        pgs_buf_add_be64(out, (uint64_t)micros);
        return true;
    default:
        return false;
    }
}

/* Fills in the length that stands at `start`, of what came after it. */
static void set_size(struct pgs_buf *out, size_t start)
{
    if (!out->broken)
        pgs_put_be32((uint8_t *)out->at + start, (uint32_t)(out->size_bytes - start - 4));
}

static bool add_bound(enum pgs_kind kind, const struct bound *bound, struct pgs_buf *out)
{
    size_t start = out->size_bytes;

    if (bound->is_infinite)
        return true;
    pgs_buf_add_be32(out, 0);
    if (!add_value(kind, bound->text, out))
        return false;
    set_size(out, start);
    return true;
}

/* One range at the scan's place, as range_recv wants it. */
static bool add_range(const struct pgs_type *type, struct pgs_text_scan *scan, struct pgs_buf *out)
{
    struct range range;

    if (!read_range(scan, &range))
        return false;
    pgs_buf_add_char(out, (char)range.flags);
    if (range.flags & EMPTY)
        return true;
    return add_bound(type->element->kind, &range.lower, out) &&
           add_bound(type->element->kind, &range.upper, out);
}

static enum pgs_status refuse(const struct pgs_type *type, struct pgs_str text, const char *name,
                              const struct pgs_buf *out, struct pgs_error *err)
{
    if (out->broken)
        return pgs_buf_status(out, err);
    pgs_text_refuse(text, name, err);
    if (type->element->kind == PGS_KIND_DATE || type->element->kind == PGS_KIND_TIMESTAMP ||
        type->element->kind == PGS_KIND_TIMESTAMPTZ)
        pgs_error_hint(err, "bounds are read in DateStyle ISO, with the offset from UTC where the "
                            "type has a time zone");
    return PGS_ERR_CONVERSION;
}

PGS_ENCODER(pgs_range_encode)
{
    struct pgs_str text = pgs_vector_string(vector, row);
    struct pgs_text_scan scan = pgs_text_scan_of(text);

    (void)options;
    if (!add_range(type, &scan, out) || !pgs_text_scan_ended(&scan))
        return refuse(type, text, "range", out, err);
    return PGS_OK;
}

/* multirange_recv, utils/adt/multirangetypes.c, 18: how many, then each with its
 * length. */
static bool add_ranges(const struct pgs_type *type, struct pgs_text_scan *scan, struct pgs_buf *out,
                       uint32_t *count)
{
    if (!pgs_text_scan_char(scan, '{'))
        return false;
    while (!pgs_text_scan_char(scan, '}')) {
        size_t start;

        if (*count > 0 && !pgs_text_scan_char(scan, ','))
            return false;
        start = out->size_bytes;
        pgs_buf_add_be32(out, 0);
        if (!add_range(type, scan, out) || out->broken)
            return false;
        set_size(out, start);
        *count += 1;
    }
    return pgs_text_scan_ended(scan);
}

PGS_ENCODER(pgs_multirange_encode)
{
    struct pgs_str text = pgs_vector_string(vector, row);
    struct pgs_text_scan scan = pgs_text_scan_of(text);
    size_t start = out->size_bytes;
    uint32_t count = 0;

    (void)options;
    pgs_buf_add_be32(out, 0);
    if (!add_ranges(type, &scan, out, &count))
        return refuse(type, text, "multirange", out, err);
    if (!out->broken)
        pgs_put_be32((uint8_t *)out->at + start, count);
    return PGS_OK;
}
