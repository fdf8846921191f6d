/* SPDX-License-Identifier: MIT */
#include "link/conninfo.h"

#include <ctype.h>
#include <string.h>

#include <libpq-fe.h>

#include "base/alloc.h"
#include "link/internal.h"

/* A secret shorter than this is hidden only where it stands alone: hiding each
 * "a" of a message would say nothing and destroy the message. */
#define SECRET_BYTES_WHOLE_WORD 4

struct given {
    char *keyword;
    char *value;
};

struct pgs_conninfo {
    struct given *given;
    size_t count;
    char *display;
};

static const char *const secret_keywords[] = {
    "password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key",
};

bool pgs_conninfo_is_secret(struct pgs_str keyword)
{
    for (size_t i = 0; i < sizeof(secret_keywords) / sizeof(secret_keywords[0]); i++) {
        if (pgs_str_equal(keyword, pgs_str_of(secret_keywords[i])))
            return true;
    }
    return false;
}

static struct given *find(const struct pgs_conninfo *conninfo, struct pgs_str keyword)
{
    for (size_t i = 0; i < conninfo->count; i++) {
        if (pgs_str_equal(keyword, pgs_str_of(conninfo->given[i].keyword)))
            return &conninfo->given[i];
    }
    return NULL;
}

static void free_value(char *value)
{
    if (value)
        pgs_free_secret(value, strlen(value));
}

/* Sets an option; there is room for it. */
static enum pgs_status put(struct pgs_conninfo *conninfo, struct pgs_str keyword,
                           struct pgs_str value, struct pgs_error *err)
{
    struct given *given = find(conninfo, keyword);
    char *copy = pgs_strndup(value.at, value.size_bytes);

    if (!copy)
        return pgs_error_oom(err);
    if (!given) {
        given = &conninfo->given[conninfo->count];
        given->keyword = pgs_strndup(keyword.at, keyword.size_bytes);
        if (!given->keyword) {
            free_value(copy);
            return pgs_error_oom(err);
        }
        conninfo->count++;
    }
    free_value(given->value);
    given->value = copy;
    return PGS_OK;
}

/* libpq quotes what it could not understand, and that may be part of a
 * password: keep its reason up to the first quoted thing that is a word. */
static enum pgs_status fail_parse(char *reason, struct pgs_error *err)
{
    char *end = reason;

    if (!reason)
        return pgs_error_oom(err);
    while (*end && !(end[0] == '"' && isalnum((unsigned char)end[1])) && *end != '\n') {
        if (end[0] == '"' && strncmp(end, "\"=\"", 3) != 0 && strncmp(end, "\"]\"", 3) != 0)
            break;
        end += end[0] == '"' ? 3 : 1;
    }
    while (end > reason && (isspace((unsigned char)end[-1]) || end[-1] == ':'))
        end--;
    *end = '\0';
    (void)pgs_error_set(err, PGS_ERR_USAGE, "could not parse the connection string: %s", reason);
    pgs_error_hint(err, "Write it as \"keyword=value keyword='value with blanks'\" or "
                        "\"postgresql://user@host:port/database\".");
    return PGS_ERR_USAGE;
}

static void wipe_options(PQconninfoOption *options)
{
    for (PQconninfoOption *option = options; option && option->keyword; option++) {
        if (option->val)
            pgs_wipe(option->val, strlen(option->val));
    }
    PQconninfoFree(options);
}

enum pgs_status pgs_conninfo_each_keyword(void (*tell)(void *context, const char *keyword),
                                          void *context, struct pgs_error *err)
{
    PQconninfoOption *options = PQconninfoParse("", NULL);

    if (!options)
        return pgs_error_oom(err);
    for (PQconninfoOption *option = options; option->keyword; option++)
        tell(context, option->keyword);
    PQconninfoFree(options);
    return PGS_OK;
}

static bool is_known(const PQconninfoOption *options, struct pgs_str keyword)
{
    for (; options->keyword; options++) {
        if (pgs_str_equal(keyword, pgs_str_of(options->keyword)))
            return true;
    }
    return false;
}

static enum pgs_status merge(struct pgs_conninfo *conninfo, const PQconninfoOption *options,
                             const struct pgs_conninfo_option *overridden, size_t overridden_count,
                             struct pgs_error *err)
{
    for (size_t i = 0; i < overridden_count; i++) {
        const struct pgs_conninfo_option *option = &overridden[i];

        if (!is_known(options, option->keyword))
            return pgs_error_set(err, PGS_ERR_USAGE, "unknown connection option \"%.*s\"",
                                 PGS_STR_ARG(option->keyword));
        if (option->value.size_bytes && memchr(option->value.at, '\0', option->value.size_bytes))
            return pgs_error_set(err, PGS_ERR_USAGE,
                                 "the value of connection option \"%.*s\" has a zero byte",
                                 PGS_STR_ARG(option->keyword));
        PGS_TRY(put(conninfo, option->keyword, option->value, err));
    }
    for (const PQconninfoOption *option = options; option->keyword; option++) {
        if (option->val)
            PGS_TRY(put(conninfo, pgs_str_of(option->keyword), pgs_str_of(option->val), err));
    }
    return PGS_OK;
}

static size_t count_options(const PQconninfoOption *options)
{
    size_t count = 0;

    while (options[count].keyword)
        count++;
    return count;
}

enum pgs_status pgs_conninfo_new(struct pgs_str text, const struct pgs_conninfo_option *overridden,
                                 size_t overridden_count, struct pgs_conninfo **conninfo,
                                 struct pgs_error *err)
{
    struct pgs_conninfo *made = NULL;
    PQconninfoOption *options = NULL;
    char *reason = NULL;
    char *copy = NULL;
    enum pgs_status status = PGS_OK;

    *conninfo = NULL;
    if (text.size_bytes && memchr(text.at, '\0', text.size_bytes))
        return pgs_error_set(err, PGS_ERR_USAGE, "the connection string has a zero byte");
    copy = pgs_strndup(text.at, text.size_bytes);
    made = pgs_alloc_array(1, sizeof(*made));
    if (!copy || !made) {
        status = pgs_error_oom(err);
        goto done;
    }
    options = PQconninfoParse(copy, &reason);
    if (!options) {
        status = fail_parse(reason, err);
        goto done;
    }
    made->given = pgs_alloc_array(count_options(options) + 1, sizeof(*made->given));
    made->display = made->given ? pgs_conninfo_make_display(text) : NULL;
    if (!made->display) {
        status = pgs_error_oom(err);
        goto done;
    }
    status = merge(made, options, overridden, overridden_count, err);
    if (status != PGS_OK)
        goto done;
    pgs_conninfo_redact(made, made->display);
    *conninfo = made;
    made = NULL;
done:
    pgs_conninfo_free(made);
    wipe_options(options);
    if (reason)
        pgs_wipe(reason, strlen(reason));
    PQfreemem(reason);
    free_value(copy);
    return status;
}

void pgs_conninfo_free(struct pgs_conninfo *conninfo)
{
    if (!conninfo)
        return;
    for (size_t i = 0; i < conninfo->count; i++) {
        pgs_free(conninfo->given[i].keyword);
        free_value(conninfo->given[i].value);
    }
    pgs_free(conninfo->given);
    pgs_free(conninfo->display);
    pgs_free(conninfo);
}

const char *pgs_conninfo_display(const struct pgs_conninfo *conninfo)
{
    return conninfo->display;
}

const char *pgs_conninfo_get(const struct pgs_conninfo *conninfo, const char *keyword)
{
    const struct given *given = find(conninfo, pgs_str_of(keyword));

    return given ? given->value : NULL;
}

size_t pgs_conninfo_count(const struct pgs_conninfo *conninfo)
{
    return conninfo->count;
}

void pgs_conninfo_fill(const struct pgs_conninfo *conninfo, const char **keywords,
                       const char **values)
{
    for (size_t i = 0; i < conninfo->count; i++) {
        keywords[i] = conninfo->given[i].keyword;
        values[i] = conninfo->given[i].value;
    }
}

static bool stands_alone(const char *text, const char *at, size_t size_bytes)
{
    bool word_before = at > text && isalnum((unsigned char)at[-1]);
    bool word_after = isalnum((unsigned char)at[size_bytes]);

    return !word_before && !word_after;
}

void pgs_conninfo_redact_value(const char *secret, char *text)
{
    size_t size_bytes = strlen(secret);
    size_t mask_bytes = size_bytes < 3 ? size_bytes : 3;
    char *at = text;

    if (size_bytes == 0)
        return;
    while ((at = strstr(at, secret)) != NULL) {
        if (size_bytes < SECRET_BYTES_WHOLE_WORD && !stands_alone(text, at, size_bytes)) {
            at++;
            continue;
        }
        memset(at, '*', mask_bytes);
        memmove(at + mask_bytes, at + size_bytes, strlen(at + size_bytes) + 1);
        at += mask_bytes;
    }
}

/* A password that is the user's or the database's name: hiding it would only
 * garble text that shows the name anyway. */
static bool is_a_name(const struct pgs_conninfo *conninfo, const char *secret)
{
    const char *user = pgs_conninfo_get(conninfo, "user");
    const char *dbname = pgs_conninfo_get(conninfo, "dbname");

    return (user && strcmp(user, secret) == 0) || (dbname && strcmp(dbname, secret) == 0);
}

void pgs_conninfo_redact(const struct pgs_conninfo *conninfo, char *text)
{
    for (size_t i = 0; i < conninfo->count; i++) {
        if (pgs_conninfo_is_secret(pgs_str_of(conninfo->given[i].keyword)) &&
            !is_a_name(conninfo, conninfo->given[i].value))
            pgs_conninfo_redact_value(conninfo->given[i].value, text);
    }
}

bool pgs_conninfo_is_in(const struct pgs_conninfo *conninfo, const char *text)
{
    for (size_t i = 0; i < conninfo->count; i++) {
        const struct given *given = &conninfo->given[i];

        if (pgs_conninfo_is_secret(pgs_str_of(given->keyword)) && given->value[0] &&
            !is_a_name(conninfo, given->value) && strstr(text, given->value))
            return true;
    }
    return false;
}
