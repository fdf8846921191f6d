/* SPDX-License-Identifier: MIT
 *
 * The user's connection string without its secrets. Only called for text that
 * libpq has parsed, and splits it as libpq does.
 *
 * Source: conninfo_parse, conninfo_uri_parse_options, conninfo_uri_parse_params,
 * fe-connect.c, 18.
 */
#include <ctype.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "link/internal.h"

static const char mask[] = "***";

static bool is_space(char c)
{
    return isspace((unsigned char)c) != 0;
}

/* The end of a value that starts at `at`: quoted, or up to a blank. */
static const char *value_end(const char *at, const char *end)
{
    bool quoted = at < end && *at == '\'';

    if (quoted)
        at++;
    while (at < end) {
        if (*at == '\\') {
            at += end - at > 1 ? 2 : 1;
            continue;
        }
        if (quoted && *at == '\'')
            return at + 1;
        if (!quoted && is_space(*at))
            return at;
        at++;
    }
    return at;
}

static void show_keywords(struct pgs_buf *buf, struct pgs_str text)
{
    const char *at = text.at;
    const char *end = text.at + text.size_bytes;

    while (at < end) {
        const char *start = at;
        struct pgs_str keyword;

        while (at < end && is_space(*at))
            at++;
        keyword.at = at;
        while (at < end && *at != '=' && !is_space(*at))
            at++;
        keyword.size_bytes = (size_t)(at - keyword.at);
        while (at < end && (*at == '=' || is_space(*at))) {
            bool is_equals = *at++ == '=';

            if (is_equals)
                break;
        }
        while (at < end && is_space(*at))
            at++;
        pgs_buf_add(buf, start, (size_t)(at - start));
        start = at;
        at = value_end(at, end);
        if (pgs_conninfo_is_secret(keyword))
            pgs_buf_add_text(buf, mask);
        else
            pgs_buf_add(buf, start, (size_t)(at - start));
    }
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Whether a percent-encoded parameter name is that of a secret. */
static bool is_secret_parameter(const char *at, const char *end)
{
    char name[32];
    size_t size_bytes = 0;

    while (at < end && size_bytes < sizeof(name)) {
        if (*at == '%' && end - at > 2 && hex_digit(at[1]) >= 0 && hex_digit(at[2]) >= 0) {
            name[size_bytes++] = (char)(hex_digit(at[1]) * 16 + hex_digit(at[2]));
            at += 3;
            continue;
        }
        name[size_bytes++] = *at++;
    }
    return at == end && pgs_conninfo_is_secret((struct pgs_str){name, size_bytes});
}

static void show_parameters(struct pgs_buf *buf, const char *at, const char *end)
{
    while (at < end) {
        const char *ampersand = memchr(at, '&', (size_t)(end - at));
        const char *next = ampersand ? ampersand + 1 : end;
        const char *stop = ampersand ? ampersand : end;
        const char *equals = memchr(at, '=', (size_t)(stop - at));

        if (equals && is_secret_parameter(at, equals)) {
            pgs_buf_add(buf, at, (size_t)(equals + 1 - at));
            pgs_buf_add_text(buf, mask);
            pgs_buf_add(buf, stop, (size_t)(next - stop));
        } else {
            pgs_buf_add(buf, at, (size_t)(next - at));
        }
        at = next;
    }
}

static void show_uri(struct pgs_buf *buf, struct pgs_str text, size_t scheme_bytes)
{
    const char *end = text.at + text.size_bytes;
    const char *start = text.at + scheme_bytes;
    const char *at = start;
    const char *colon;
    const char *question;

    pgs_buf_add(buf, text.at, scheme_bytes);
    while (at < end && *at != '@' && *at != '/')
        at++;
    if (at < end && *at == '@') {
        colon = memchr(start, ':', (size_t)(at - start));
        pgs_buf_add(buf, start, (size_t)((colon ? colon + 1 : at) - start));
        if (colon)
            pgs_buf_add_text(buf, mask);
        start = at;
    }
    question = memchr(start, '?', (size_t)(end - start));
    if (!question) {
        pgs_buf_add(buf, start, (size_t)(end - start));
        return;
    }
    pgs_buf_add(buf, start, (size_t)(question + 1 - start));
    show_parameters(buf, question + 1, end);
}

static size_t scheme_of(struct pgs_str text)
{
    static const char *const schemes[] = {"postgresql://", "postgres://"};

    for (size_t i = 0; i < 2; i++) {
        size_t size_bytes = strlen(schemes[i]);

        if (text.size_bytes >= size_bytes && memcmp(text.at, schemes[i], size_bytes) == 0)
            return size_bytes;
    }
    return 0;
}

char *pgs_conninfo_make_display(struct pgs_str text)
{
    struct pgs_buf buf;
    size_t scheme_bytes = scheme_of(text);

    pgs_buf_init(&buf, PGS_SQL_BYTES_MAX);
    if (scheme_bytes)
        show_uri(&buf, text, scheme_bytes);
    else if (text.size_bytes)
        show_keywords(&buf, text);
    return pgs_buf_detach(&buf);
}
