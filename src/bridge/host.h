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
struct pgs_scan_plan;
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

/* Calls `each` for every attached database of ours. */
void pgs_host_each_database(struct pgs_host_context *context,
                            void (*each)(void *argument, struct pgs_database *database),
                            void *argument);

/* The present value of a setting; the caller destroys it. NULL when unknown or
 * NULL. */
duckdb_value pgs_host_setting(struct pgs_host_context *context, const char *name);

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
};

/* A table function. Exactly one of bind_scan and run is set. */
struct pgs_table_function {
    const char *name;
    const char *description;
    const char *example;
    const struct pgs_function_parameter *parameters;
    size_t parameter_count;
    const struct pgs_function_parameter *named;
    size_t named_count;
    /* Says what is read; the scan machinery does the rest. *transaction is whose
     * session reads it. */
    enum pgs_status (*bind_scan)(const struct pgs_function_call *call, struct pgs_scan_plan **plan,
                                 struct pgs_transaction **transaction, struct pgs_error *err);
    /* Does something once when the statement runs; the result is one column
     * "Success" BOOLEAN without rows. `check` (may be NULL) runs at bind time. */
    enum pgs_status (*check)(const struct pgs_function_call *call, struct pgs_error *err);
    enum pgs_status (*run)(const struct pgs_function_call *call, struct pgs_error *err);
};

/* A setting: SET name = value. */
struct pgs_setting {
    const char *name;
    const char *description;
    duckdb_type type;          /* BOOLEAN, VARCHAR, UBIGINT, UINTEGER */
    const char *default_value; /* as text, cast to `type`; NULL: NULL */
    bool global_only;          /* SET SESSION is refused */
};

/* Everything to register, from src/extension.c. */
struct pgs_extension {
    const char *name;
    const char *description;
    const struct pgs_table_function *const *functions; /* ends with NULL */
    const struct pgs_setting *settings;                /* ends with a NULL name */
};
const struct pgs_extension *pgs_extension_describe(void);

PGS_EXTERN_C_END

#endif
