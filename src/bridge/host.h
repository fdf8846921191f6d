/* SPDX-License-Identifier: MIT
 *
 * The one C header between the core and the bridge to DuckDB.
 *
 * First part: what the core asks of the host (pgs_host_*, implemented in C++ by
 * src/bridge). None of them throws. Second part: what the core offers to be
 * registered (functions, settings): tables of plain structs, listed in
 * src/extension.c.
 *
 * Values and types cross as duckdb.h handles (duckdb_value, duckdb_logical_type,
 * duckdb_data_chunk), which the core reads with DuckDB's own C API.
 *
 * Thread: each function says so; a `struct pgs_host_context *` belongs to the
 * running query and may be used from any of its threads.
 */
#ifndef PGS_BRIDGE_HOST_H
#define PGS_BRIDGE_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/port.h"
#include "base/str.h"
#include "duckdb.h"

struct pgs_database;
struct pgs_known;
struct pgs_scan_plan;
struct pgs_sent;
struct pgs_transaction;

PGS_EXTERN_C_BEGIN

/* ---- what the core asks ------------------------------------------------- */

/* The host's client context of the running statement, opaque. */
struct pgs_host_context;

/* Memory for a string of `size_bytes` that lives as long as `vector`
 * (a duckdb_vector); NULL = out of memory. */
char *pgs_host_string_alloc(void *vector, size_t size_bytes);

/* Whether the user asked the running statement to stop. Any thread. */
struct pgs_interrupt pgs_host_interrupt(struct pgs_host_context *context);

/* The transaction of the running statement on the attached database `name`,
 * begun when needed. PGS_ERR_USAGE when there is no such database or it is not
 * ours; `function` is named in the message. Borrowed. */
enum pgs_status pgs_host_transaction(struct pgs_host_context *context, struct pgs_str name,
                                     const char *function, struct pgs_transaction **transaction,
                                     struct pgs_error *err) PGS_MUST_CHECK;

/* The running statement is going to change that database: the host refuses when
 * it is attached read-only or another database was already written. */
enum pgs_status pgs_host_begin_write(struct pgs_host_context *context, struct pgs_str name,
                                     struct pgs_error *err) PGS_MUST_CHECK;

/* Calls `each` for every attached database of ours and the name it has. */
void pgs_host_each_database(struct pgs_host_context *context,
                            void (*each)(void *argument, struct pgs_str name,
                                         struct pgs_database *database),
                            void *argument);

/* The present value of a setting; the caller destroys it. NULL when unknown or
 * NULL. */
duckdb_value pgs_host_setting(struct pgs_host_context *context, const char *name);

/* Sets a setting for all connections, without asking its `change`. */
enum pgs_status pgs_host_set_global(struct pgs_host_context *context, const char *name,
                                    duckdb_value value, struct pgs_error *err) PGS_MUST_CHECK;

/* Refused when enable_external_access is off. */
enum pgs_status pgs_host_check_external_access(struct pgs_host_context *context,
                                               struct pgs_error *err) PGS_MUST_CHECK;

/* The bytes of a VARCHAR or BLOB, zero bytes included; empty for other types.
 * Borrowed from the value. */
struct pgs_str pgs_host_text(duckdb_value value);

/* Casts `value`, which is not NULL, to the type of `target`, a flat vector, and
 * puts it in row 0. By the host's rules, but exact: PGS_ERR_USAGE, naming both
 * types, for a value that does not fit, would be rounded (but to FLOAT, as any
 * number is), or is nested while the target is text (JSON excepted). */
enum pgs_status pgs_host_cast(struct pgs_host_context *context, duckdb_value value,
                              duckdb_vector target, struct pgs_error *err) PGS_MUST_CHECK;

/* Calls `each` for every remote statement that the last statement of this client
 * sent, in the order in which they ended (link/conn.h; `database` is empty when
 * it was not an attached one), until it fails. */
enum pgs_status pgs_host_each_sent(struct pgs_host_context *context,
                                   enum pgs_status (*each)(void *argument, struct pgs_str database,
                                                           const struct pgs_sent *sent,
                                                           struct pgs_error *err),
                                   void *argument, struct pgs_error *err) PGS_MUST_CHECK;

/* Runs statements on a connection of its own to the host, in one transaction:
 * all of them or none. `sql` are NUL-terminated. */
enum pgs_status pgs_host_execute(struct pgs_host_context *context, const char *const *sql,
                                 size_t count, struct pgs_error *err) PGS_MUST_CHECK;

/* The type that SQL text names ("INTEGER[]"); the caller destroys *type. */
enum pgs_status pgs_host_parse_type(struct pgs_host_context *context, const char *text,
                                    duckdb_logical_type *type,
                                    struct pgs_error *err) PGS_MUST_CHECK;

/* A file of the host's file system: any path that the host can open. `path` is
 * NUL-terminated. One thread at a time. */
struct pgs_host_file;
enum pgs_status pgs_host_file_open(struct pgs_host_context *context, const char *path, bool write,
                                   struct pgs_host_file **file,
                                   struct pgs_error *err) PGS_MUST_CHECK;
/* Up to size_bytes; *got = 0 at the end. */
enum pgs_status pgs_host_file_read(struct pgs_host_file *file, void *at, size_t size_bytes,
                                   size_t *got, struct pgs_error *err) PGS_MUST_CHECK;
enum pgs_status pgs_host_file_write(struct pgs_host_file *file, const void *at, size_t size_bytes,
                                    struct pgs_error *err) PGS_MUST_CHECK;
/* What was written is there when this succeeds. Free it afterwards. */
enum pgs_status pgs_host_file_close(struct pgs_host_file *file,
                                    struct pgs_error *err) PGS_MUST_CHECK;
void pgs_host_file_free(struct pgs_host_file *file); /* NULL is legal */

/* Facts about the running statement. */
struct pgs_host_facts {
    size_t threads;  /* how many the host would use */
    bool autocommit; /* the statement is its own transaction */
};
struct pgs_host_facts pgs_host_facts(struct pgs_host_context *context);

/* ---- what the core offers ----------------------------------------------- */

/* A named or positional parameter of a function. */
struct pgs_function_parameter {
    const char *name;
    duckdb_type type; /* DUCKDB_TYPE_ANY allowed */
};

/* The call of a function being bound. */
struct pgs_function_call {
    struct pgs_host_context *context;
    const duckdb_value *arguments; /* as many as the function has; borrowed */
    size_t argument_count;
    const duckdb_value *options; /* by position in `named`; NULL = not given; borrowed */
    struct pgs_known *known;     /* of this instance of the host (link/known.h); borrowed */
};

/* What a function scans. */
struct pgs_bound_scan {
    struct pgs_scan_plan *plan; /* taken over */
    /* The transaction that reads it, of the attached database so called; borrowed ... */
    struct pgs_transaction *transaction;
    /* ... or a database of its own, taken over: each execution opens a
     * transaction on it. */
    struct pgs_database *database;
};

/* Where a function declares the columns of its result. */
struct pgs_host_columns;
enum pgs_status pgs_host_add_column(struct pgs_host_columns *columns, struct pgs_str name,
                                    duckdb_logical_type type, struct pgs_error *err) PGS_MUST_CHECK;
/* The same for a plain type. */
enum pgs_status pgs_host_add_plain_column(struct pgs_host_columns *columns, const char *name,
                                          duckdb_type type, struct pgs_error *err) PGS_MUST_CHECK;

/* Rows that the core makes, by one thread. `bound` is what binding made: it may
 * be opened several times, also never. */
struct pgs_row_source {
    /* Begins an execution; what it does to the world it does here. *rows is its
     * state, which must not be NULL. */
    enum pgs_status (*open)(void *bound, struct pgs_host_context *context, void **rows,
                            struct pgs_error *err);
    /* Fills `chunk` with up to a vector of rows; *count = 0 at the end. */
    enum pgs_status (*next)(void *rows, duckdb_data_chunk chunk, size_t *count,
                            struct pgs_error *err);
    void (*close)(void *rows);
    void (*release)(void *bound);
};

/* A table function. Exactly one of bind_scan, bind_rows and run is set. */
struct pgs_table_function {
    const char *name;
    const char *description;
    const char *example;
    const struct pgs_function_parameter *parameters;
    size_t parameter_count;
    const struct pgs_function_parameter *named;
    size_t named_count;
    /* Says what is read; the scan machinery does the rest. */
    enum pgs_status (*bind_scan)(const struct pgs_function_call *call, struct pgs_bound_scan *scan,
                                 struct pgs_error *err);
    /* Declares the columns and makes *bound for `source`. */
    enum pgs_status (*bind_rows)(const struct pgs_function_call *call,
                                 struct pgs_host_columns *columns, void **bound,
                                 struct pgs_error *err);
    const struct pgs_row_source *source;
    /* Whether arguments may hold a password: errors then quote no part of the
     * user's statement. */
    bool has_secrets;
    /* Whether it sends statements to attached databases while it runs. */
    bool runs_statements;
    /* Does something once when the statement runs; the result is one column
     * "Success" BOOLEAN without rows. `check` (may be NULL) runs at bind time. */
    enum pgs_status (*check)(const struct pgs_function_call *call, struct pgs_error *err);
    enum pgs_status (*run)(const struct pgs_function_call *call, struct pgs_error *err);
};

/* A scalar function of VARCHARs; NULL when any argument is NULL. */
struct pgs_scalar_function {
    const char *name;
    const char *description;
    const char *example;
    const char *const *parameters; /* names */
    size_t parameter_count;
    bool returns_json; /* else VARCHAR */
    /* `input` has flat columns. */
    enum pgs_status (*run)(duckdb_data_chunk input, duckdb_vector output, struct pgs_error *err);
};

/* A file format of COPY, files being written and read as a whole by one thread. */
struct pgs_copy_writer;
struct pgs_copy_format {
    const char *name;
    /* `types` and `names` are borrowed for the call. */
    enum pgs_status (*open_writer)(struct pgs_host_context *context, const char *path,
                                   const duckdb_logical_type *types, const struct pgs_str *names,
                                   size_t count, struct pgs_copy_writer **writer,
                                   struct pgs_error *err);
    /* Whether such columns can be written, asked before anything happens. */
    enum pgs_status (*check_writer)(const duckdb_logical_type *types, const struct pgs_str *names,
                                    size_t count, struct pgs_error *err);
    /* `chunk` has flat columns. */
    enum pgs_status (*write)(struct pgs_copy_writer *writer, duckdb_data_chunk chunk,
                             struct pgs_error *err);
    enum pgs_status (*finish)(struct pgs_copy_writer *writer, struct pgs_error *err);
    void (*free_writer)(struct pgs_copy_writer *writer); /* NULL is legal */
    /* Binds the reading of a file with columns of these types. */
    enum pgs_status (*bind_reader)(const char *path, const duckdb_logical_type *types,
                                   const struct pgs_str *names, size_t count, void **bound,
                                   struct pgs_error *err);
    const struct pgs_row_source *reader;
};

/* A setting is about to change. */
struct pgs_setting_change {
    struct pgs_host_context *context;
    duckdb_value value; /* NULL: NULL; borrowed */
    bool session;       /* SET SESSION, or RESET of it */
};

/* A setting: SET name = value. */
struct pgs_setting {
    const char *name;
    const char *description;
    duckdb_type type;                           /* BOOLEAN, VARCHAR, UBIGINT, UINTEGER */
    const char *default_value;                  /* as text, cast to `type`; NULL: NULL */
    uint64_t (*default_number)(size_t threads); /* of the machine; instead of default_value */
    bool global;                                /* what SET alone changes: all connections' value */
    /* Refuses the change, or does what it brings with it. May be NULL. */
    enum pgs_status (*change)(const struct pgs_setting_change *change, struct pgs_error *err);
};

/* How many settings the host can tell of changes. */
#define PGS_SETTINGS_MAX 64

/* Everything to register, from src/extension.c. */
struct pgs_extension {
    const char *name;
    const char *description;
    const struct pgs_table_function *const *functions; /* ends with NULL */
    const struct pgs_scalar_function *const *scalars;  /* ends with NULL */
    const struct pgs_copy_format *const *formats;      /* ends with NULL */
    const struct pgs_setting *settings;                /* ends with a NULL name */
};
const struct pgs_extension *pgs_extension_describe(void);

PGS_EXTERN_C_END

#endif
