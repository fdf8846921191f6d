/* SPDX-License-Identifier: MIT
 *
 * A growing byte buffer, also used to build text.
 *
 * Invariants: `at` is never NULL and at[size_bytes] is NUL, so the content can
 * be read as a C string at any time. The buffer is sticky: after a failed
 * append (no memory, or more than max_bytes) it is `broken`, further appends do
 * nothing, and pgs_buf_status() says so once at the end.
 *
 * Thread: one thread at a time.
 */
#ifndef PGS_BASE_BUF_H
#define PGS_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/error.h"
#include "base/port.h"
#include "base/str.h"

PGS_EXTERN_C_BEGIN

struct pgs_buf {
    char *at;
    size_t size_bytes;
    size_t capacity_bytes; /* 0: `at` is a shared empty string */
    size_t max_bytes;
    bool broken;             /* set by callers too, for content that cannot be written */
    enum pgs_status failure; /* why it broke; PGS_OK when a caller said so */
};

/* No failure, no allocation. max_bytes bounds the content. */
void pgs_buf_init(struct pgs_buf *buf, size_t max_bytes);
/* Empties, keeps the memory, mends a broken buffer. */
void pgs_buf_reset(struct pgs_buf *buf);
/* Frees the memory; the buffer is as after init. */
void pgs_buf_release(struct pgs_buf *buf);
/* Gives the content away as a C string to be pgs_free()d, or NULL if broken or
 * out of memory; the buffer is as after init. */
char *pgs_buf_detach(struct pgs_buf *buf);

/* Makes room for `size_bytes` more and returns where they go, or NULL (then
 * broken). Call pgs_buf_advance() for what was written. */
static inline char *pgs_buf_reserve(struct pgs_buf *buf, size_t size_bytes);
/* `size_bytes` must not exceed what was reserved. */
static inline void pgs_buf_advance(struct pgs_buf *buf, size_t size_bytes);

void pgs_buf_add(struct pgs_buf *buf, const void *bytes, size_t size_bytes);
void pgs_buf_add_str(struct pgs_buf *buf, struct pgs_str text);
void pgs_buf_add_text(struct pgs_buf *buf, const char *text);
void pgs_buf_add_char(struct pgs_buf *buf, char c);
void pgs_buf_addf(struct pgs_buf *buf, const char *fmt, ...) PGS_PRINTF(2, 3);
/* Big-endian integers, as PostgreSQL sends and wants them. */
static inline void pgs_buf_add_be16(struct pgs_buf *buf, uint16_t value);
static inline void pgs_buf_add_be32(struct pgs_buf *buf, uint32_t value);
static inline void pgs_buf_add_be64(struct pgs_buf *buf, uint64_t value);

/* PGS_OK, or why the buffer broke: PGS_ERR_OOM, PGS_ERR_UNSUPPORTED for too
 * large or for content that a caller refused. */
enum pgs_status pgs_buf_status(const struct pgs_buf *buf, struct pgs_error *err) PGS_MUST_CHECK;

/* pgs_buf_reserve() when there is no room. */
char *pgs_buf_reserve_more(struct pgs_buf *buf, size_t size_bytes);

static inline char *pgs_buf_reserve(struct pgs_buf *buf, size_t size_bytes)
{
    if (PGS_LIKELY(size_bytes < buf->capacity_bytes - buf->size_bytes &&
                   size_bytes <= buf->max_bytes - buf->size_bytes && !buf->broken))
        return buf->at + buf->size_bytes;
    return pgs_buf_reserve_more(buf, size_bytes);
}

static inline void pgs_buf_advance(struct pgs_buf *buf, size_t size_bytes)
{
    if (buf->broken || size_bytes == 0)
        return;
    buf->size_bytes += size_bytes;
    buf->at[buf->size_bytes] = '\0';
}

static inline void pgs_buf_add_be16(struct pgs_buf *buf, uint16_t value)
{
    char *at = pgs_buf_reserve(buf, 2);

    if (!at)
        return;
    pgs_put_be16((uint8_t *)at, value);
    pgs_buf_advance(buf, 2);
}

static inline void pgs_buf_add_be32(struct pgs_buf *buf, uint32_t value)
{
    char *at = pgs_buf_reserve(buf, 4);

    if (!at)
        return;
    pgs_put_be32((uint8_t *)at, value);
    pgs_buf_advance(buf, 4);
}

static inline void pgs_buf_add_be64(struct pgs_buf *buf, uint64_t value)
{
    char *at = pgs_buf_reserve(buf, 8);

    if (!at)
        return;
    pgs_put_be64((uint8_t *)at, value);
    pgs_buf_advance(buf, 8);
}

/* The content; valid until the next change. */
static inline struct pgs_str pgs_buf_str(const struct pgs_buf *buf)
{
    struct pgs_str result = {buf->at, buf->size_bytes};
    return result;
}

PGS_EXTERN_C_END

#endif
