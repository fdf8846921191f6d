/* SPDX-License-Identifier: MIT */
#include "wire/stride.h"

#include <string.h>

#include "base/bytes.h"
#include "wire/datetime.h"

static bool decode_bool(const uint8_t *at, size_t stride_bytes, size_t rows, void *data,
                        size_t first_row)
{
    uint8_t *target = (uint8_t *)data + first_row;

    for (size_t i = 0; i < rows; i++)
        target[i] = at[i * stride_bytes] != 0;
    return true;
}

static bool decode_16(const uint8_t *at, size_t stride_bytes, size_t rows, void *data,
                      size_t first_row)
{
    uint16_t *target = (uint16_t *)data + first_row;

    for (size_t i = 0; i < rows; i++)
        target[i] = pgs_get_be16(at + i * stride_bytes);
    return true;
}

static bool decode_32(const uint8_t *at, size_t stride_bytes, size_t rows, void *data,
                      size_t first_row)
{
    uint32_t *target = (uint32_t *)data + first_row;

    for (size_t i = 0; i < rows; i++)
        target[i] = pgs_get_be32(at + i * stride_bytes);
    return true;
}

static bool decode_64(const uint8_t *at, size_t stride_bytes, size_t rows, void *data,
                      size_t first_row)
{
    uint64_t *target = (uint64_t *)data + first_row;

    for (size_t i = 0; i < rows; i++)
        target[i] = pgs_get_be64(at + i * stride_bytes);
    return true;
}

static bool decode_uuid(const uint8_t *at, size_t stride_bytes, size_t rows, void *data,
                        size_t first_row)
{
    struct pgs_int128 *target = (struct pgs_int128 *)data + first_row;

    for (size_t i = 0; i < rows; i++) {
        target[i].upper = (int64_t)(pgs_get_be64(at + i * stride_bytes) ^ (uint64_t)1 << 63);
        target[i].lower = pgs_get_be64(at + i * stride_bytes + 8);
    }
    return true;
}

/* Infinity and what is out of range is left to the codec. */
static bool decode_date(const uint8_t *at, size_t stride_bytes, size_t rows, void *data,
                        size_t first_row)
{
    int32_t *target = (int32_t *)data + first_row;
    bool odd = false;

    for (size_t i = 0; i < rows; i++) {
        int32_t value = (int32_t)pgs_get_be32(at + i * stride_bytes);

        odd |= value < PGS_DATE_FIRST || value >= PGS_DATE_END;
        target[i] = (int32_t)((uint32_t)value + PGS_EPOCH_DAYS);
    }
    return !odd;
}

static bool decode_time(const uint8_t *at, size_t stride_bytes, size_t rows, void *data,
                        size_t first_row)
{
    int64_t *target = (int64_t *)data + first_row;
    bool odd = false;

    for (size_t i = 0; i < rows; i++) {
        target[i] = (int64_t)pgs_get_be64(at + i * stride_bytes);
        odd |= target[i] < 0 || target[i] > PGS_DAY_MICROS;
    }
    return !odd;
}

static bool decode_timestamp(const uint8_t *at, size_t stride_bytes, size_t rows, void *data,
                             size_t first_row)
{
    int64_t *target = (int64_t *)data + first_row;
    bool odd = false;

    for (size_t i = 0; i < rows; i++) {
        int64_t value = (int64_t)pgs_get_be64(at + i * stride_bytes);

        odd |= value < PGS_TIMESTAMP_FIRST || value >= PGS_TIMESTAMP_END;
        target[i] = (int64_t)((uint64_t)value + (uint64_t)PGS_EPOCH_MICROS);
    }
    return !odd;
}

static const struct {
    pgs_stride_fn decode;
    uint32_t width_bytes;
} FIXED[PGS_KIND_COUNT] = {
    [PGS_KIND_BOOL] = {decode_bool, 1},
    [PGS_KIND_INT2] = {decode_16, 2},
    [PGS_KIND_INT4] = {decode_32, 4},
    [PGS_KIND_INT8] = {decode_64, 8},
    [PGS_KIND_OID] = {decode_32, 4},
    [PGS_KIND_FLOAT4] = {decode_32, 4},
    [PGS_KIND_FLOAT8] = {decode_64, 8},
    [PGS_KIND_UUID] = {decode_uuid, 16},
    [PGS_KIND_DATE] = {decode_date, 4},
    [PGS_KIND_TIME] = {decode_time, 8},
    [PGS_KIND_TIMESTAMP] = {decode_timestamp, 8},
    [PGS_KIND_TIMESTAMPTZ] = {decode_timestamp, 8},
};

bool pgs_stride_column_init(struct pgs_stride_column *column, const struct pgs_type *type,
                            size_t offset_bytes)
{
    column->decode = FIXED[type->kind].decode;
    column->width_bytes = FIXED[type->kind].width_bytes;
    column->offset_bytes = offset_bytes;
    pgs_put_be32(column->length, column->width_bytes);
    return column->decode != NULL;
}

static inline uint32_t raw_32(const uint8_t *at)
{
    uint32_t raw;

    memcpy(&raw, at, sizeof(raw));
    return raw;
}

size_t pgs_stride_rows(const struct pgs_stride_column *columns, size_t column_count,
                       const uint8_t *at, size_t size_bytes, size_t rows_max)
{
    const struct pgs_stride_column *last = &columns[column_count - 1];
    size_t stride_bytes = last->offset_bytes + 4 + last->width_bytes;
    size_t rows = size_bytes / stride_bytes;

    if (rows > rows_max)
        rows = rows_max;
    for (size_t row = 0; row < rows; row++, at += stride_bytes) {
        uint32_t difference = pgs_get_be16(at) ^ (uint32_t)column_count;

        for (size_t i = 0; i < column_count; i++)
            difference |= raw_32(at + columns[i].offset_bytes) ^ raw_32(columns[i].length);
        if (difference)
            return row;
    }
    return rows;
}
