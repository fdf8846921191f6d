/* SPDX-License-Identifier: MIT
 *
 * The runner's only door to DuckDB. host.cpp implements it with DuckDB's C++ classes, because the
 * text of a value must be made exactly as the dialect defines it. No C++ exception leaves it.
 *
 * Every `char **error` receives an owned message on failure and is left alone on success.
 * Thread: a connection belongs to one thread at a time; everything else may be shared. */
#ifndef UNITTEST_HOST_H
#define UNITTEST_HOST_H

#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

struct host_database;
struct host_connection;

struct host_config {
    const char *path; /* empty: in memory */
    bool read_only;
    bool autoload;                   /* load known extensions when SQL names something of theirs */
    const char *repository;          /* where they are installed from; NULL: DuckDB's default */
    const char *extension_directory; /* where they are installed to */
    const char *secret_directory;
    const char *storage_version; /* NULL: DuckDB's default */
};

/* What one SQL text gave. Either `error` is set or the rest is. */
struct host_result {
    char *error;
    size_t row_count;
    size_t column_count;
    char **names;  /* column_count */
    char **values; /* row_count * column_count, row by row, as the dialect writes them */
    int *kinds;    /* column_count, enum host_kind */
    void *types;   /* for host_values_equal */
};

enum host_kind {
    HOST_KIND_OTHER,   /* equal only if the texts are */
    HOST_KIND_NUMERIC, /* host_values_equal decides */
    HOST_KIND_BOOLEAN,
};

/* NULL on failure. */
struct host_database *host_database_open(const struct host_config *config, char **error);
void host_database_close(struct host_database *database);

/* NULL on failure. Must be closed before its database. */
struct host_connection *host_connection_open(struct host_database *database, char **error);
void host_connection_close(struct host_connection *connection);

/* Runs SQL to its end. `converter` is the connection under whose settings values become text. */
void host_query(struct host_connection *connection, struct host_connection *converter,
                const char *sql, struct host_result *result);
void host_result_release(struct host_result *result);

/* Whether two texts are the same value of the column's type; floating point with DuckDB's
 * tolerance. */
bool host_values_equal(struct host_connection *converter, const struct host_result *result,
                       size_t column, const char *left, const char *right);

/* RE2 with dot matching newlines, whole text. Returns false and sets *error for a bad pattern. */
bool host_regex_matches(const char *text, const char *pattern, char **error);

/* Hex MD5 of the values, each followed by a newline. */
void host_hash(char *const *values, size_t count, char hex[33]);

bool host_extension_is_loaded(struct host_database *database, const char *name);

/* Names DuckDB loads by itself when needed. */
bool host_extension_is_autoloadable(const char *name);

/* "v1.5.6/linux_amd64": the folder of a repository that fits this build. Owned by the caller. */
char *host_repository_folder(void);

size_t host_vector_size(void);

#ifdef __cplusplus
}
#endif

#endif
