/* SPDX-License-Identifier: MIT
 *
 * Big-endian integers in untrusted bytes, by shifts: no casts, no alignment
 * assumptions. struct pgs_reader walks over a piece of bytes and is sticky:
 * after reading past the end it is `short_of` and every read gives 0; ask once,
 * before any value read is used as a length, count, index or loop bound.
 */
#ifndef PGS_BASE_BYTES_H
#define PGS_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/port.h"

PGS_EXTERN_C_BEGIN

static inline uint16_t pgs_get_be16(const uint8_t *at)
{
    return (uint16_t)((uint32_t)at[0] << 8 | at[1]);
}

static inline uint32_t pgs_get_be32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static inline uint64_t pgs_get_be64(const uint8_t *at)
{
    return (uint64_t)pgs_get_be32(at) << 32 | pgs_get_be32(at + 4);
}

static inline void pgs_put_be16(uint8_t *at, uint16_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static inline void pgs_put_be32(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)(value >> 24);
    at[1] = (uint8_t)(value >> 16);
    at[2] = (uint8_t)(value >> 8);
    at[3] = (uint8_t)value;
}

static inline void pgs_put_be64(uint8_t *at, uint64_t value)
{
    pgs_put_be32(at, (uint32_t)(value >> 32));
    pgs_put_be32(at + 4, (uint32_t)value);
}

struct pgs_reader {
    const uint8_t *at;
    size_t left_bytes;
    bool short_of; /* something was read past the end */
};

static inline struct pgs_reader pgs_reader_of(const void *at, size_t size_bytes)
{
    struct pgs_reader reader = {(const uint8_t *)at, size_bytes, false};
    return reader;
}

/* The next `size_bytes` bytes, or NULL (then short_of). */
static inline const uint8_t *pgs_reader_take(struct pgs_reader *reader, size_t size_bytes)
{
    const uint8_t *at = reader->at;

    if (reader->short_of || size_bytes > reader->left_bytes) {
        reader->short_of = true;
        return NULL;
    }
    reader->at += size_bytes;
    reader->left_bytes -= size_bytes;
    return at;
}

static inline uint8_t pgs_reader_u8(struct pgs_reader *reader)
{
    const uint8_t *at = pgs_reader_take(reader, 1);
    return at ? at[0] : 0;
}

static inline uint16_t pgs_reader_be16(struct pgs_reader *reader)
{
    const uint8_t *at = pgs_reader_take(reader, 2);
    return at ? pgs_get_be16(at) : 0;
}

static inline uint32_t pgs_reader_be32(struct pgs_reader *reader)
{
    const uint8_t *at = pgs_reader_take(reader, 4);
    return at ? pgs_get_be32(at) : 0;
}

static inline uint64_t pgs_reader_be64(struct pgs_reader *reader)
{
    const uint8_t *at = pgs_reader_take(reader, 8);
    return at ? pgs_get_be64(at) : 0;
}

PGS_EXTERN_C_END

#endif
