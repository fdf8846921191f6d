/* SPDX-License-Identifier: MIT
 *
 * What a PostgreSQL database contains, as much of it as was asked for: schemas,
 * relations with their columns and types. Loaded through a session, so that it
 * shows what that transaction sees, its own uncommitted DDL included.
 *
 * Two objects: struct pgs_catalog lives as long as the database is attached and
 * holds what may be shared between transactions; struct pgs_view is one
 * transaction's look at it. Every name is resolved at most once per
 * transaction: by one small message that compares what is shared with the
 * server and travels with BEGIN, or by one that loads the relation.
 *
 * A struct pgs_table is immutable, reference-counted, and owns everything it
 * points to.
 *
 * Thread: pgs_catalog from any thread; a pgs_view from one thread at a time per
 * call (it has its own lock); tables are immutable.
 * Source: catalogs.sgml (pg_class, pg_attribute, pg_type, pg_enum, pg_index,
 * pg_collation), PostgreSQL 14 to 18.
 */
#ifndef PGS_CATALOG_CATALOG_H
#define PGS_CATALOG_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/port.h"
#include "base/str.h"
#include "link/session.h"
#include "sql/expr.h"
#include "wire/type.h"

PGS_EXTERN_C_BEGIN

enum pgs_relkind {
    PGS_REL_TABLE = 'r',
    PGS_REL_VIEW = 'v',
    PGS_REL_MATERIALIZED_VIEW = 'm',
    PGS_REL_FOREIGN_TABLE = 'f',
    PGS_REL_PARTITIONED = 'p'
};

struct pgs_column {
    struct pgs_str name;       /* PostgreSQL's spelling, for SQL */
    struct pgs_str shown_name; /* unique without regard to case, for DuckDB: x, X -> x, X_1 */
    const struct pgs_type *type;
    int16_t attnum;
    bool not_null;     /* proven for every row that a scan gives, not merely declared */
    bool has_default;  /* default, identity or generated: may be omitted on INSERT */
    bool is_generated; /* GENERATED ALWAYS AS (…): cannot be written */
    bool is_identity;
    bool is_identity_always; /* GENERATED ALWAYS AS IDENTITY */
    bool is_domain;          /* declared with a domain; `type` is what it is based on */
    enum pgs_collation collation;
    struct pgs_str default_sql; /* pg_get_expr, also of a generated column; empty if none */
    struct pgs_str comment;     /* empty if none */
    double distinct;            /* pg_stats n_distinct as stored; 0 = unknown, as in listings */
};

/* A unique index that is valid, not deferrable, not partial and over plain
 * columns: what PRIMARY KEY, UNIQUE or CREATE UNIQUE INDEX made. Columns are
 * indexes into pgs_table.columns. Of an inheritance parent it says nothing about
 * the rows of its children. The primary key comes first. */
struct pgs_key {
    bool primary;
    const uint32_t *columns;
    uint32_t column_count;
};

enum pgs_constraint_kind {
    PGS_CONSTRAINT_PRIMARY = 'p',
    PGS_CONSTRAINT_UNIQUE = 'u',
    PGS_CONSTRAINT_FOREIGN = 'f',
    PGS_CONSTRAINT_CHECK = 'c'
};

/* A constraint as declared, for showing; keys say what may be relied on. NOT
 * NULL is told by the columns. */
struct pgs_constraint {
    enum pgs_constraint_kind kind;
    const uint32_t *columns; /* indexes into pgs_table.columns; CHECK: those it reads */
    uint32_t column_count;
    struct pgs_str check_sql; /* CHECK: the expression, pg_get_expr */
    /* FOREIGN KEY: what it refers to, as many columns. */
    struct pgs_str target_schema;
    struct pgs_str target_table;
    const struct pgs_str *target_columns;
};

struct pgs_table {
    uint32_t oid;
    enum pgs_relkind kind;
    struct pgs_str schema;
    struct pgs_str name;
    struct pgs_str comment;
    const struct pgs_column *columns;
    size_t column_count;
    const struct pgs_key *keys;
    size_t key_count;
    size_t index_count;                       /* of any sort, those behind keys included */
    const struct pgs_constraint *constraints; /* the primary key first */
    size_t constraint_count;
    /* Size: live when found by name; in a listing as of the last VACUUM or
     * ANALYZE, because looking would wait for whoever has a table locked. */
    int64_t blocks; /* of the relation itself; -1 when it has no storage of its own */
    /* With children or partitions: reltuples scaled to blocks, or estimated from
     * the width of a row when never analysed; -1 unknown (views). */
    double rows;
    bool has_children; /* inheritance children or partitions */
    bool has_ctid;     /* heap storage of its own: ctid ranges are possible */
};

void pgs_table_retain(const struct pgs_table *table);
void pgs_table_release(const struct pgs_table *table); /* NULL is legal */

/* One piece of a relation with storage of its own: itself, a partition leaf, an
 * inheritance child. To be read with ONLY. */
struct pgs_storage {
    struct pgs_str schema;
    struct pgs_str name;
    int64_t blocks; /* -1: cannot be split (foreign table, not a heap) */
};

struct pgs_catalog_options {
    const struct pgs_str *schemas; /* restrict to these; none: all */
    size_t schema_count;
};

/* What the user chose types to become; a definition holds for one choice. */
struct pgs_type_choice {
    bool array_as_varchar;   /* pg_array_as_varchar */
    bool numeric_as_varchar; /* pg_numeric_as_varchar: where no DECIMAL fits */
};

struct pgs_catalog;

/* Copies the options. */
enum pgs_status pgs_catalog_new(const struct pgs_catalog_options *options,
                                struct pgs_catalog **catalog, struct pgs_error *err) PGS_MUST_CHECK;
void pgs_catalog_free(struct pgs_catalog *catalog); /* NULL is legal */
/* Forgets everything that is shared. */
void pgs_catalog_clear(struct pgs_catalog *catalog);

struct pgs_view;

/* `catalog` and `session` must outlive it. No round trip. */
enum pgs_status pgs_view_new(struct pgs_catalog *catalog, struct pgs_session *session,
                             struct pgs_view **view, struct pgs_error *err) PGS_MUST_CHECK;
void pgs_view_free(struct pgs_view *view); /* NULL is legal */

struct pgs_view_settings {
    struct pgs_type_choice types;
    /* Whether what earlier transactions learnt is compared with the server before
     * it is used, by one small message with the first lookup. */
    bool validation;
};

/* Until then: no choice, and validation. What was found for another choice is
 * looked up anew. */
void pgs_view_configure(struct pgs_view *view, const struct pgs_view_settings *settings);

/* The transaction changed the catalog itself (DDL): ask the server again, and
 * keep what is learnt from now on to this transaction. */
void pgs_view_note_ddl(struct pgs_view *view);
/* The transaction ended. Committed DDL makes the shared part be asked anew. */
void pgs_view_end(struct pgs_view *view, bool committed);

/* The relation called `name` in `schema` (the server's spelling, or pg_temp for
 * the session's own); *table = NULL with PGS_OK when there is none. Exact
 * spelling first, then without regard to (ASCII) case. One round trip, none when
 * asked before. `distinct` is filled only when the schemas are known already.
 * Borrowed from the view: valid until the view ends; retain to keep. */
enum pgs_status pgs_view_find_table(struct pgs_view *view, struct pgs_str schema,
                                    struct pgs_str name, const struct pgs_table **table,
                                    struct pgs_error *err) PGS_MUST_CHECK;

/* Every relation of `schema`, in byte order of the names. The first listing of a
 * transaction loads all schemas in two round trips at most, the others none.
 * Cheaper than finding each, hence poorer: no `distinct`, no sql_name of
 * built-in types, older sizes; find the table again to use it. The tables of a
 * listing are kept alive together by retaining any. Borrowed as above. */
enum pgs_status pgs_view_list_tables(struct pgs_view *view, struct pgs_str schema,
                                     const struct pgs_table *const **tables, size_t *count,
                                     struct pgs_error *err) PGS_MUST_CHECK;
/* The relation of that name in what was listed before, exact spelling; NULL when
 * it is not there or nothing was listed. No round trip. */
const struct pgs_table *pgs_view_listed_table(struct pgs_view *view, struct pgs_str schema,
                                              struct pgs_str name);

/* One index, for showing. */
struct pgs_index {
    struct pgs_str schema;
    struct pgs_str name;
    struct pgs_str table; /* in the same schema */
    struct pgs_str comment;
    bool unique;
    bool primary;
    struct pgs_str sql; /* pg_get_indexdef */
    /* The key columns as SQL; is_column: a plain column, and the text its name. */
    const struct pgs_str *keys;
    const bool *is_column;
    size_t key_count;
};

/* Every index of `schema`, in name order; as with tables, the first call of a
 * transaction loads those of all schemas, in one round trip. Borrowed from the
 * view. */
enum pgs_status pgs_view_list_indexes(struct pgs_view *view, struct pgs_str schema,
                                      const struct pgs_index **indexes, size_t *count,
                                      struct pgs_error *err) PGS_MUST_CHECK;

/* An enum, domain or composite type that has a name of its own. */
struct pgs_named_type {
    struct pgs_str schema;
    struct pgs_str name;
    struct pgs_str comment;
    const struct pgs_type *type;
};

/* Every such type of `schema`, in name order; loaded as the indexes are. */
enum pgs_status pgs_view_list_types(struct pgs_view *view, struct pgs_str schema,
                                    const struct pgs_named_type **types, size_t *count,
                                    struct pgs_error *err) PGS_MUST_CHECK;

/* Names of relations in `schema` that `name` may be a misspelling of: some few
 * tens at most, in one round trip. Borrowed from the view. */
enum pgs_status pgs_view_list_similar(struct pgs_view *view, struct pgs_str schema,
                                      struct pgs_str name, const struct pgs_str **names,
                                      size_t *count, struct pgs_error *err) PGS_MUST_CHECK;

/* The schemas that may be seen, in name order; `exists` for one. pg_toast and
 * other sessions' temporary schemas are left out. Borrowed. */
enum pgs_status pgs_view_list_schemas(struct pgs_view *view, const struct pgs_str **schemas,
                                      size_t *count, struct pgs_error *err) PGS_MUST_CHECK;
/* *found is the server's spelling (exact first, then without regard to case), or
 * empty when there is none. */
enum pgs_status pgs_view_find_schema(struct pgs_view *view, struct pgs_str name,
                                     struct pgs_str *found, struct pgs_error *err) PGS_MUST_CHECK;

/* The same, but believes the list that was shared before if the exact name is in
 * it: no round trip then. For looking up what is in a schema, which fails anyway
 * when it is gone. */
enum pgs_status pgs_view_guess_schema(struct pgs_view *view, struct pgs_str name,
                                      struct pgs_str *found, struct pgs_error *err) PGS_MUST_CHECK;

/* The pieces a scan of `table` can be split into, with their present size: one
 * round trip, none for a plain table without children (its load told). Only the
 * relation itself with -1 blocks, when reading a piece by itself could give
 * other rows than reading through the parent (privileges, row security); none
 * at all for a partitioned table without partitions. Owner:
 * the caller frees *storage with pgs_free(); its strings are borrowed from
 * `arena`. */
enum pgs_status pgs_view_list_storage(struct pgs_view *view, const struct pgs_table *table,
                                      struct pgs_arena *arena, struct pgs_storage **storage,
                                      size_t *count, struct pgs_error *err) PGS_MUST_CHECK;

/* A type as the description of a statement names it. */
struct pgs_type_wanted {
    uint32_t oid;
    int32_t typmod;
    uint8_t dimensions; /* of an array; 0: not known, shown as one */
    bool is_written;    /* for values that are sent: numeric is read from its text, hence exact,
                         * whatever the settings say of reading */
};

/* The types of a statement's columns and parameters, in `arena`. One round trip
 * at most, none for built-in types. */
enum pgs_status pgs_view_resolve_types(struct pgs_view *view, const struct pgs_type_wanted *wanted,
                                       size_t count, struct pgs_arena *arena,
                                       const struct pgs_type **types,
                                       struct pgs_error *err) PGS_MUST_CHECK;

PGS_EXTERN_C_END

#endif
