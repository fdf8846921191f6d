/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void pgs_error_init(struct pgs_error *err)
{
    if (err)
        memset(err, 0, sizeof(*err));
}

enum pgs_status pgs_error_set(struct pgs_error *err, enum pgs_status code, const char *fmt, ...)
{
    va_list args;

    if (!err)
        return code;
    pgs_error_init(err);
    err->code = code;
    va_start(args, fmt);
    (void)vsnprintf(err->message, sizeof(err->message), fmt, args);
    va_end(args);
    return code;
}

enum pgs_status pgs_error_oom(struct pgs_error *err)
{
    return pgs_error_set(err, PGS_ERR_OOM, "out of memory");
}

enum pgs_status pgs_error_context(struct pgs_error *err, const char *fmt, ...)
{
    char prefix[512];
    char message[sizeof(err->message)];
    va_list args;

    if (!err)
        return PGS_OK;
    va_start(args, fmt);
    (void)vsnprintf(prefix, sizeof(prefix), fmt, args);
    va_end(args);
    memcpy(message, err->message, sizeof(message));
    (void)snprintf(err->message, sizeof(err->message), "%s: %.*s", prefix,
                   (int)(sizeof(err->message) - strlen(prefix) - 3), message);
    return err->code;
}

void pgs_error_hint(struct pgs_error *err, const char *fmt, ...)
{
    va_list args;

    if (!err)
        return;
    va_start(args, fmt);
    (void)vsnprintf(err->hint, sizeof(err->hint), fmt, args);
    va_end(args);
}
