/* SPDX-License-Identifier: MIT */
#include "link/known.h"

#include <pthread.h>
#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "link/internal.h"

struct entry {
    char *shown;
    char *text; /* secret */
};

struct pgs_known {
    pthread_mutex_t mutex; /* what follows */
    struct entry *entries;
    size_t count;
};

struct pgs_known *pgs_known_new(void)
{
    struct pgs_known *known = pgs_alloc_array(1, sizeof(*known));

    if (known)
        (void)pthread_mutex_init(&known->mutex, NULL);
    return known;
}

static void free_text(char *text)
{
    pgs_free_secret(text, text ? strlen(text) : 0);
}

void pgs_known_free(struct pgs_known *known)
{
    if (!known)
        return;
    for (size_t i = 0; i < known->count; i++) {
        pgs_free(known->entries[i].shown);
        free_text(known->entries[i].text);
    }
    pgs_free(known->entries);
    (void)pthread_mutex_destroy(&known->mutex);
    pgs_free(known);
}

/* The mutex is held. */
static struct entry *find(struct pgs_known *known, const char *shown)
{
    for (size_t i = 0; i < known->count; i++) {
        if (strcmp(known->entries[i].shown, shown) == 0)
            return &known->entries[i];
    }
    return NULL;
}

/* The mutex is held; a new entry has its name and no text yet. */
static enum pgs_status add(struct pgs_known *known, const char *shown, struct entry **entry,
                           struct pgs_error *err)
{
    struct entry *grown;
    char *copy;

    if (known->count >= PGS_KNOWN_CONNECTIONS_MAX)
        return pgs_error_set(err, PGS_ERR_USAGE, "more than %d connection strings with a secret",
                             PGS_KNOWN_CONNECTIONS_MAX);
    copy = pgs_strndup(shown, strlen(shown));
    grown = pgs_realloc_array(known->entries, known->count + 1, sizeof(*grown));
    if (grown)
        known->entries = grown;
    if (!copy || !grown) {
        pgs_free(copy);
        return pgs_error_oom(err);
    }
    *entry = &known->entries[known->count++];
    (*entry)->shown = copy;
    (*entry)->text = NULL;
    return PGS_OK;
}

static enum pgs_status keep(struct pgs_known *known, const char *shown, struct pgs_str text,
                            struct pgs_error *err)
{
    char *copy = pgs_strndup(text.at, text.size_bytes);
    enum pgs_status status = PGS_OK;
    struct entry *entry;

    if (!copy)
        return pgs_error_oom(err);
    (void)pthread_mutex_lock(&known->mutex);
    entry = find(known, shown);
    if (!entry)
        status = add(known, shown, &entry, err);
    if (status == PGS_OK) {
        free_text(entry->text);
        entry->text = copy;
        copy = NULL;
    }
    (void)pthread_mutex_unlock(&known->mutex);
    free_text(copy);
    return status;
}

enum pgs_status pgs_known_keep(struct pgs_known *known, struct pgs_str text, struct pgs_buf *shown,
                               struct pgs_error *err)
{
    struct pgs_conninfo *conninfo = NULL;
    const char *display;
    enum pgs_status status;

    PGS_TRY(pgs_conninfo_new(text, NULL, 0, &conninfo, err));
    display = pgs_conninfo_display(conninfo);
    status = pgs_str_equal(pgs_str_of(display), text) ? PGS_OK : keep(known, display, text, err);
    if (status == PGS_OK) {
        pgs_buf_add_text(shown, display);
        status = pgs_buf_status(shown, err);
    }
    pgs_conninfo_free(conninfo);
    return status;
}

static void add_option(struct pgs_buf *text, const char *keyword, const char *value)
{
    pgs_buf_addf(text, "%s='", keyword);
    for (; *value; value++) {
        if (*value == '\'' || *value == '\\')
            pgs_buf_add_char(text, '\\');
        pgs_buf_add_char(text, *value);
    }
    pgs_buf_add_text(text, "' ");
}

static bool is_masked(const char *keyword, const char *value)
{
    return pgs_conninfo_is_secret(pgs_str_of(keyword)) && strcmp(value, "***") == 0;
}

/* The options that are not masked; NULL when out of memory. */
static char *join_open(const char *const *keywords, const char *const *values, size_t count)
{
    struct pgs_buf text;

    pgs_buf_init(&text, PGS_SQL_BYTES_MAX);
    for (size_t i = 0; i < count; i++) {
        if (!is_masked(keywords[i], values[i]))
            add_option(&text, keywords[i], values[i]);
    }
    return pgs_buf_detach(&text);
}

/* `shown` without the secrets that are masked in it; as it is when none are. */
static enum pgs_status without_masks(struct pgs_str shown, char **text, bool *masked,
                                     struct pgs_error *err)
{
    struct pgs_conninfo *conninfo = NULL;
    const char **keywords;
    const char **values;
    size_t count;

    PGS_TRY(pgs_conninfo_new(shown, NULL, 0, &conninfo, err));
    count = pgs_conninfo_count(conninfo);
    keywords = pgs_alloc_array(count + 1, sizeof(*keywords));
    values = pgs_alloc_array(count + 1, sizeof(*values));
    if (keywords && values) {
        pgs_conninfo_fill(conninfo, keywords, values);
        for (size_t i = 0; i < count; i++)
            *masked = *masked || is_masked(keywords[i], values[i]);
        *text =
            *masked ? join_open(keywords, values, count) : pgs_strndup(shown.at, shown.size_bytes);
    }
    pgs_free(keywords);
    pgs_free(values);
    pgs_conninfo_free(conninfo);
    return *text ? PGS_OK : pgs_error_oom(err);
}

enum pgs_status pgs_known_find(struct pgs_known *known, struct pgs_str shown, char **text,
                               bool *lacks_secret, struct pgs_error *err)
{
    char *name = pgs_strndup(shown.at, shown.size_bytes);
    struct entry *entry;

    *text = NULL;
    *lacks_secret = false;
    if (!name)
        return pgs_error_oom(err);
    (void)pthread_mutex_lock(&known->mutex);
    entry = find(known, name);
    if (entry)
        *text = pgs_strndup(entry->text, strlen(entry->text));
    (void)pthread_mutex_unlock(&known->mutex);
    free_text(name);
    if (entry)
        return *text ? PGS_OK : pgs_error_oom(err);
    return without_masks(shown, text, lacks_secret, err);
}
