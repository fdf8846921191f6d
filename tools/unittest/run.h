/* SPDX-License-Identifier: MIT
 *
 * Runs one test file in this process. The process belongs to the file: it is forked for it and ends
 * after it, so a crash or a hang of DuckDB costs one test. The report goes to standard output. */
#ifndef UNITTEST_RUN_H
#define UNITTEST_RUN_H

#include "compare.h"
#include "record.h"

#include <pthread.h>
#include <stdatomic.h>

/* What the command line asks for; the same for all files. */
struct options {
    bool autoload;           /* --autoloading available, or LOCAL_EXTENSION_REPO is set */
    char *repository;        /* LOCAL_EXTENSION_REPO, absolute; NULL if not set */
    struct strings load;     /* --load: extension files to load into every database */
    struct strings required; /* --require: a missing one fails the test instead of skipping it */
    char *test_dir;          /* parent of the files' own temporary directories */
    bool keep_files;         /* --keep */
};

/* Seen by the parent after a crash or a hang: where the file was. Lives in shared memory. */
struct progress {
    volatile size_t line;
    char sql[2000];
    char skip_reason[300];
};

enum outcome { OUTCOME_PASSED = 0, OUTCOME_FAILED = 1, OUTCOME_SKIPPED = 77 };

struct named_connection {
    char *name;
    struct host_connection *connection;
};

struct label {
    char *name;
    char *hash;
};

struct variable {
    char *name;
    char *value;
};

struct runner {
    const struct options *options;
    struct progress *progress;
    const char *path;
    char *directory; /* this file's own: __TEST_DIR__ */
    char *uuid;
    char *database_path; /* empty: in memory */
    bool read_only;
    char *storage_version;
    struct host_database *database;
    struct host_connection *connection;
    struct named_connection *named;
    size_t named_count;
    struct strings extensions; /* loaded by require, loaded again after a restart */
    struct variable *variables;
    size_t variable_count;
    struct strings ignored_errors; /* an unexpected error holding one of these skips the file */
    struct strings fatal_errors;   /* even an expected error holding one of these is a failure */
    long hash_threshold;
    bool output_hash;
    bool output_result;
    bool has_run_sql;
    atomic_bool finished; /* nothing more is run */
    atomic_int outcome;
    pthread_mutex_t lock; /* labels, report, progress */
    struct label *labels;
    size_t label_count;
};

enum { LOOP_DEPTH_MAX = 16 };

/* What a command runs in: the rounds of its loops and, in a concurrent one, a connection. */
struct scope {
    struct runner *runner;
    struct host_connection *connection; /* NULL outside of concurrent loops */
    size_t depth;
    struct {
        const struct record *loop;
        long round; /* index into values, or the number itself */
    } loops[LOOP_DEPTH_MAX];
};

/* Returns the outcome; a skip reason is in *progress. */
enum outcome run_file(const struct options *options, const char *path, struct progress *progress);

/* database.c. Each returns false after having reported a failure. */
bool database_open(struct runner *runner, const char *path, bool load_required, size_t line);
bool database_reconnect(struct runner *runner, size_t line);
void database_close(struct runner *runner);
struct host_connection *database_connection(struct runner *runner, const char *name, size_t line);
bool database_load_extension(struct runner *runner, const char *name_or_path, char **error);

/* report.c */
void report_failure(struct runner *runner, size_t line, const char *sql, const char *description);
void report_skip(struct runner *runner, const char *reason);

/* scope.c: text with all variables replaced; owned by the caller. */
char *substitute(const struct scope *scope, const char *text);
void set_variable(struct runner *runner, const char *name, const char *value);
bool has_variable(const struct runner *runner, const char *name);

/* Value of a loop's variable in this round, owned. */
char *loop_value(const struct record *loop, long round);
bool conditions_hold(const struct scope *scope, const struct record *record, char **error);

/* require.c: sets *missing (owned) if the file is to be skipped; false after a failure. */
bool check_require(struct runner *runner, const struct record *record, char **missing);

/* query.c: statement and query. */
void run_sql(struct scope *scope, const struct record *record);

#endif
