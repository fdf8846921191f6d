/* SPDX-License-Identifier: MIT
 *
 * A column of values in the host's own layout (DuckDB's flat vectors), seen
 * from the codecs: plain pointers plus a small table of host calls for what
 * plain pointers cannot do. Codecs never know which host it is; unit tests
 * bring their own.
 *
 * Physical layout of `data`, by enum pgs_target:
 *   BOOLEAN uint8_t 0/1; SMALLINT int16_t; INTEGER int32_t; BIGINT int64_t;
 *   UINTEGER uint32_t; FLOAT float; DOUBLE double;
 *   DECIMAL int16_t (precision <= 4), int32_t (<= 9), int64_t (<= 18), else
 *     struct pgs_int128: the unscaled value;
 *   UUID struct pgs_int128, the 16 bytes big-endian with the top bit flipped;
 *   DATE int32_t days since 1970-01-01, infinity = INT32_MAX, -infinity = -INT32_MAX;
 *   TIME int64_t microseconds; TIMETZ uint64_t: microseconds << 24 |
 *     (offset_max - offset_seconds_east), offset_max = 16*60*60-1;
 *   TIMESTAMP(TZ) int64_t microseconds since 1970-01-01 00:00 UTC, infinity =
 *     INT64_MAX, -infinity = -INT64_MAX;
 *   INTERVAL struct pgs_interval;
 *   VARCHAR, JSON, BLOB struct pgs_string; GEOMETRY too: little-endian ISO WKB;
 *   ENUM uint8_t (<= 255 labels), uint16_t (<= 65535), uint32_t: label index;
 *   LIST struct pgs_list_entry, elements in children[0];
 *   STRUCT `data` is NULL; fields in children[i], same row number.
 * Source: duckdb/common/types/{hugeint,interval,string_type,vector,datetime,
 * timestamp,date}.hpp, 1.5.6. The bridge checks the layouts with static_assert.
 */
#ifndef PGS_WIRE_VECTOR_H
#define PGS_WIRE_VECTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/port.h"
#include "base/str.h"
#include "wire/type.h"

PGS_EXTERN_C_BEGIN

struct pgs_int128 {
    uint64_t lower;
    int64_t upper;
};

struct pgs_interval {
    int32_t months;
    int32_t days;
    int64_t micros;
};

struct pgs_list_entry {
    uint64_t offset; /* of the first element in the child, rows */
    uint64_t length;
};

#define PGS_STRING_INLINE_BYTES 12

/* string_t: up to 12 bytes inline (the rest zeroed), else prefix and pointer. */
struct pgs_string {
    union {
        struct {
            uint32_t length;
            char prefix[4];
            char *at;
        } pointer;
        struct {
            uint32_t length;
            char bytes[PGS_STRING_INLINE_BYTES];
        } inlined;
    } value;
};

struct pgs_vector;

/* What only the host can do. Every member may be called from the thread that
 * works on the vector; none may throw or long jump. */
struct pgs_vector_ops {
    /* Memory for a string of more than PGS_STRING_INLINE_BYTES bytes that lives
     * as long as the vector; NULL = out of memory. */
    char *(*string_alloc)(struct pgs_vector *vector, size_t size_bytes);
    /* Makes the validity mask writable and sets vector->validity (all rows
     * valid). Called before the first NULL. false = out of memory. */
    bool (*validity_open)(struct pgs_vector *vector);
    /* LIST: grows children[0] to hold `rows` rows, keeping its content, and
     * refreshes children[0].data, .validity, .capacity_rows (and those of its
     * own children). false = out of memory. */
    bool (*list_reserve)(struct pgs_vector *vector, size_t rows);
};

/* Owner: the caller that built it; codecs keep no pointer to it. */
struct pgs_vector {
    void *data;
    uint64_t *validity; /* bit set = valid; NULL = every row valid */
    size_t capacity_rows;
    /* LIST: rows in use in children[0]; the writer appends there and moves it;
     * the bridge hands it to the host when the chunk is complete. */
    size_t child_rows;
    struct pgs_vector *children; /* LIST: 1; STRUCT: field_count; else NULL */
    uint32_t child_count;
    const struct pgs_vector_ops *ops; /* NULL for a vector that is only read */
    void *host;                       /* the host's own handle; codecs never touch it */
};

/* Whether `row` is valid (not NULL). */
static inline bool pgs_vector_is_valid(const struct pgs_vector *vector, size_t row)
{
    return !vector->validity || (vector->validity[row / 64] >> (row % 64) & 1);
}

/* Marks `row` NULL, in STRUCT children too; a LIST gets an empty entry. */
enum pgs_status pgs_vector_set_null(struct pgs_vector *vector, size_t row,
                                    struct pgs_error *err) PGS_MUST_CHECK;

/* Takes NULL marks back, in STRUCT children too. */
void pgs_vector_set_valid(struct pgs_vector *vector, size_t first_row, size_t rows);

/* Writes a string: inline or through ops->string_alloc, one copy. */
enum pgs_status pgs_vector_set_string(struct pgs_vector *vector, size_t row, struct pgs_str text,
                                      struct pgs_error *err) PGS_MUST_CHECK;

/* For text that is composed in place: the room for `size_bytes` bytes at `row`,
 * or NULL (out of memory). Fill it, then call pgs_vector_string_close(). */
char *pgs_vector_string_open(struct pgs_vector *vector, size_t row,
                             size_t size_bytes) PGS_MUST_CHECK;
void pgs_vector_string_close(struct pgs_vector *vector, size_t row);

/* The string at `row`; borrowed from the vector. */
struct pgs_str pgs_vector_string(const struct pgs_vector *vector, size_t row);

PGS_EXTERN_C_END

#endif
