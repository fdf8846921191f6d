/* SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"

enum { CAPACITY_MIN_BYTES = 64 };

static char empty[1];

void pgs_buf_init(struct pgs_buf *buf, size_t max_bytes)
{
    buf->at = empty;
    buf->size_bytes = 0;
    buf->capacity_bytes = 0;
    buf->max_bytes = max_bytes;
    buf->broken = false;
    buf->failure = PGS_OK;
}

void pgs_buf_reset(struct pgs_buf *buf)
{
    buf->size_bytes = 0;
    buf->broken = false;
    buf->failure = PGS_OK;
    if (buf->capacity_bytes)
        buf->at[0] = '\0';
}

void pgs_buf_release(struct pgs_buf *buf)
{
    if (buf->capacity_bytes)
        pgs_free(buf->at);
    pgs_buf_init(buf, buf->max_bytes);
}

char *pgs_buf_detach(struct pgs_buf *buf)
{
    char *content;

    if (buf->broken)
        content = NULL;
    else if (buf->capacity_bytes)
        content = buf->at;
    else
        content = pgs_strndup("", 0);
    if (buf->broken)
        pgs_buf_release(buf);
    pgs_buf_init(buf, buf->max_bytes);
    return content;
}

static bool grow(struct pgs_buf *buf, size_t needed_bytes)
{
    size_t capacity = buf->capacity_bytes ? buf->capacity_bytes : CAPACITY_MIN_BYTES;
    char *at;

    while (capacity < needed_bytes)
        capacity *= 2; /* cannot overflow: pgs_buf_reserve() bounds what is asked */
    at = pgs_realloc_array(buf->capacity_bytes ? buf->at : NULL, capacity, 1);
    if (!at)
        return false;
    buf->at = at;
    buf->at[buf->size_bytes] = '\0';
    buf->capacity_bytes = capacity;
    return true;
}

static void break_with(struct pgs_buf *buf, enum pgs_status failure)
{
    buf->broken = true;
    buf->failure = failure;
}

char *pgs_buf_reserve_more(struct pgs_buf *buf, size_t size_bytes)
{
    if (buf->broken)
        return NULL;
    if (size_bytes > buf->max_bytes - buf->size_bytes || size_bytes > SIZE_MAX / 4) {
        break_with(buf, PGS_ERR_UNSUPPORTED);
        return NULL;
    }
    if (buf->size_bytes + size_bytes + 1 > buf->capacity_bytes &&
        !grow(buf, buf->size_bytes + size_bytes + 1)) {
        break_with(buf, PGS_ERR_OOM);
        return NULL;
    }
    return buf->at + buf->size_bytes;
}

void pgs_buf_add(struct pgs_buf *buf, const void *bytes, size_t size_bytes)
{
    char *target = pgs_buf_reserve(buf, size_bytes);

    if (!target || size_bytes == 0)
        return;
    memcpy(target, bytes, size_bytes);
    pgs_buf_advance(buf, size_bytes);
}

void pgs_buf_add_str(struct pgs_buf *buf, struct pgs_str text)
{
    pgs_buf_add(buf, text.at, text.size_bytes);
}

void pgs_buf_add_text(struct pgs_buf *buf, const char *text)
{
    pgs_buf_add(buf, text, strlen(text));
}

void pgs_buf_add_char(struct pgs_buf *buf, char c)
{
    pgs_buf_add(buf, &c, 1);
}

void pgs_buf_addf(struct pgs_buf *buf, const char *fmt, ...)
{
    va_list args;
    va_list again;
    int size;
    char *target;

    va_start(args, fmt);
    va_copy(again, args);
    size = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    target = size < 0 ? NULL : pgs_buf_reserve(buf, (size_t)size);
    if (target && size > 0) {
        (void)vsnprintf(target, (size_t)size + 1, fmt, again);
        pgs_buf_advance(buf, (size_t)size);
    }
    va_end(again);
}

enum pgs_status pgs_buf_status(const struct pgs_buf *buf, struct pgs_error *err)
{
    if (!buf->broken)
        return PGS_OK;
    if (buf->failure == PGS_ERR_OOM)
        return pgs_error_oom(err);
    if (buf->failure == PGS_ERR_UNSUPPORTED)
        return pgs_error_set(err, PGS_ERR_UNSUPPORTED, "content exceeds the limit of %zu bytes",
                             buf->max_bytes);
    return pgs_error_set(err, PGS_ERR_UNSUPPORTED,
                         "a value cannot be written in PostgreSQL's SQL (a zero byte in text?)");
}
