/* SPDX-License-Identifier: MIT
 *
 * What the files of src/catalog share with each other and nobody else: the
 * shapes of the answers to catalog queries, and the objects built from them.
 *
 * Every load is one message: save search_path, set it to pg_catalog, the
 * queries, put search_path back. Hence neither names nor operators in the
 * queries can be redirected, and what the server prints (pg_get_expr,
 * format_type) is qualified.
 */
#ifndef PGS_CATALOG_INTERNAL_H
#define PGS_CATALOG_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/port.h"
#include "base/str.h"
#include "catalog/catalog.h"
#include "catalog/shown_name.h"
#include "link/result.h"
#include "link/session.h"
#include "wire/type.h"

/* The first oid that is not fixed by pg_type.dat (FirstGenbkiObjectId,
 * access/transam.h): below, pgs_type_init_builtin() knows what we know. */
#define PGS_FIRST_CATALOG_OID 10000
/* Most nodes a type may have when written out as a tree: 1664 columns of a
 * composite of a handful of fields pass, hostile cascades do not. */
#define PGS_TYPE_NODES_MAX 10000
/* More indexes than any table has; beyond, the answer is nonsense. */
#define PGS_TABLE_INDEXES_MAX 100000
/* Most results of one load. */
#define PGS_CATALOG_RESULTS_MAX 4

/* ---- array_text.c: one-dimensional text[] as array_out writes it ---- */

struct pgs_array_text {
    struct pgs_str left; /* what is still to be read */
    struct pgs_buf scratch;
    bool started;
};

/* No allocation. `text` is borrowed. */
void pgs_array_text_init(struct pgs_array_text *array, struct pgs_str text);
void pgs_array_text_release(struct pgs_array_text *array);
/* The next element, borrowed until the next call; *more = false at the end.
 * PGS_ERR_PROTOCOL when the text is not an array of non-NULL elements. */
enum pgs_status pgs_array_text_next(struct pgs_array_text *array, struct pgs_str *element,
                                    bool *more, struct pgs_error *err) PGS_MUST_CHECK;
/* How many elements there are. */
enum pgs_status pgs_array_text_count(struct pgs_str text, size_t *count,
                                     struct pgs_error *err) PGS_MUST_CHECK;
/* Takes the blank-separated word at the front of `text` off, as a decimal
 * integer; false when it is none or does not fit. */
bool pgs_take_int(struct pgs_str *text, int64_t *value);
/* Takes the word at the front off, as it is. */
struct pgs_str pgs_take_word(struct pgs_str *text);

/* ---- type_query.c: facts about types ---- */

/* The columns of the answer. */
enum pgs_type_answer {
    PGS_TYPE_OID,
    PGS_TYPE_CLASS, /* typtype */
    PGS_TYPE_BASE,  /* domain: what it is over */
    PGS_TYPE_BASE_TYPMOD,
    PGS_TYPE_BASE_NDIMS,
    PGS_TYPE_ELEMENT, /* true arrays: the element; ranges, multiranges: the bound; else NULL */
    PGS_TYPE_LABELS,  /* text[] */
    PGS_TYPE_FIELDS,  /* text[] of "oid typmod ndims name" */
    PGS_TYPE_SQL_NAME,
    PGS_TYPE_SENDER, /* base types: the function that sends them, as its source calls it */
    PGS_TYPE_DELIMITER,
    PGS_TYPE_STAMP, /* changes when the type does; of itself alone */
    PGS_TYPE_ANSWER_COLUMNS
};

/* Appends the query for the types that the query `seed` (one column of oids)
 * gives, and all that they consist of. Built-in ones are left out. */
void pgs_type_query(struct pgs_buf *sql, const char *seed);
/* The same for a list of oids; at least one. */
void pgs_type_query_oids(struct pgs_buf *sql, const uint32_t *oids, size_t count);
/* Appends the expression for PGS_TYPE_STAMP; `t` is the row of pg_type. */
void pgs_type_stamp(struct pgs_buf *sql);

/* ---- type_set.c: types built from these facts ---- */

static inline bool pgs_type_choice_equal(const struct pgs_type_choice *a,
                                         const struct pgs_type_choice *b)
{
    return a->array_as_varchar == b->array_as_varchar &&
           a->numeric_as_varchar == b->numeric_as_varchar;
}

struct pgs_type_part {
    uint32_t oid;
    int32_t typmod;
    int32_t ndims;
    struct pgs_str name;
};

struct pgs_type_fact {
    uint32_t oid;
    char type_class;
    char delimiter; /* typdelim */
    uint32_t element_oid;
    struct pgs_type_part base;
    const struct pgs_str *labels;
    size_t label_count;
    const struct pgs_type_part *fields;
    size_t field_count;
    struct pgs_str sql_name;
    enum pgs_kind kind; /* of a base type that its sender tells, else PGS_KIND_TEXT_CAST */
};

struct pgs_type_memo;

/* Everything handed out lives in `arena`. */
struct pgs_type_set {
    struct pgs_arena *arena;
    struct pgs_type_choice choice;
    struct pgs_type_fact *facts; /* by oid */
    size_t fact_count;
    struct pgs_type_memo *memos; /* open addressing; slot count is a power of two */
    size_t memo_count;
    size_t memo_slots;
};

/* No allocation. */
void pgs_type_set_init(struct pgs_type_set *set, struct pgs_arena *arena,
                       const struct pgs_type_choice *choice);
void pgs_type_set_release(struct pgs_type_set *set); /* not the arena */
/* Reads the answer to a type query; once per set. */
enum pgs_status pgs_type_set_load(struct pgs_type_set *set, const struct pgs_result *answer,
                                  struct pgs_error *err) PGS_MUST_CHECK;
/* The type of a column. An unknown oid becomes PGS_KIND_TEXT_CAST. `part->name`
 * is the sql_name, may be empty. NULL: out of memory. */
const struct pgs_type *pgs_type_set_get(struct pgs_type_set *set, const struct pgs_type_part *part);

/* ---- table_query.c: relations ---- */

enum pgs_table_answer {
    PGS_TABLE_OID,
    PGS_TABLE_KIND,
    PGS_TABLE_SCHEMA,
    PGS_TABLE_NAME,
    PGS_TABLE_HAS_CHILDREN,
    PGS_TABLE_IS_HEAP,
    PGS_TABLE_COLUMNS,     /* text[] of "attnum oid typmod ndims flags collation name" */
    PGS_TABLE_SQL_NAMES,   /* text[], as many, or NULL */
    PGS_TABLE_KEYS,        /* text[] of "t|f attnum …" */
    PGS_TABLE_DEFAULTS,    /* text[] of "attnum expression" */
    PGS_TABLE_COMMENTS,    /* text[] of "attnum|0 comment" */
    PGS_TABLE_CONSTRAINTS, /* text[] of "kind attnum,…|- expression or target" */
    PGS_TABLE_DISTINCT,    /* text[] of "attnum n_distinct", or NULL */
    PGS_TABLE_UNPROVEN,    /* text[] of attnum: NOT NULL declared, not proven */
    PGS_TABLE_INDEX_COUNT,
    PGS_TABLE_BLOCKS, /* NULL: no storage */
    PGS_TABLE_ROWS,   /* of what has statistics; NULL: nothing has */
    PGS_TABLE_BLANK,  /* blocks of what has none; NULL: no such piece */
    PGS_TABLE_BLOCK_SIZE,
    PGS_TABLE_STAMP, /* changes when the relation does; NULL in listings */
    PGS_TABLE_ANSWER_COLUMNS
};

/* Appends: find the relation (two answers: ignore the first, then the
 * relation), and its types: three answers in all. `with_distinct`: read pg_stats, which
 * must be permitted. */
void pgs_table_query_one(struct pgs_buf *sql, struct pgs_str schema, struct pgs_str name,
                         bool with_distinct);
/* Appends: all relations that may be seen, in order of schema and name; one
 * answer. Sizes are those of the last VACUUM or ANALYZE: looking at files would
 * wait for whoever has a table locked. */
void pgs_table_query_all(struct pgs_buf *sql, const struct pgs_catalog_options *options);
/* Appends the expression for PGS_TABLE_STAMP; `c` and `n` are the rows of
 * pg_class and pg_namespace. Made of the versions (xmin) of all rows that tell
 * about the relation, and of how large it is by orders of magnitude. Takes no
 * lock, so that it waits for nobody. */
void pgs_table_stamp(struct pgs_buf *sql);

/* ---- table_row.c: one relation built from its row ---- */

/* The row that is being read, and where it goes: the caller sets all but
 * `columns`, `keys` and `constraints`. */
struct pgs_row_reader {
    const struct pgs_result *answer;
    size_t row;
    struct pgs_arena *arena;
    struct pgs_type_set *types;
    struct pgs_table *table;
    struct pgs_column *columns;
    struct pgs_key *keys;
    struct pgs_constraint *constraints;
    struct pgs_error *err;
};

enum pgs_status pgs_table_read(struct pgs_row_reader *reader) PGS_MUST_CHECK;

typedef enum pgs_status pgs_take_element(struct pgs_row_reader *reader, size_t index,
                                         struct pgs_str element);
/* Calls `take` for each element of an array cell; a NULL cell has none. */
enum pgs_status pgs_row_each(struct pgs_row_reader *reader, size_t cell,
                             pgs_take_element *take) PGS_MUST_CHECK;
/* The column of that number; NULL when there is none (dropped meanwhile). */
struct pgs_column *pgs_row_column(struct pgs_row_reader *reader, int64_t attnum);
enum pgs_status pgs_row_copy(struct pgs_row_reader *reader, struct pgs_str text,
                             struct pgs_str *copy) PGS_MUST_CHECK;
enum pgs_status pgs_row_malformed(struct pgs_error *err) PGS_MUST_CHECK;

/* ---- constraint_row.c: the constraints in that row ---- */

enum pgs_status pgs_constraints_read(struct pgs_row_reader *reader) PGS_MUST_CHECK;

/* ---- table_load.c: relations built from the answers ---- */

/* The tables of one load live and die together. */
struct pgs_table_load;

/* Builds the tables of `answer` with `types` (NULL: built-in ones only, used to
 * learn which are needed). The load starts with one reference. */
enum pgs_status pgs_table_load_new(const struct pgs_result *answer, const struct pgs_result *types,
                                   const struct pgs_type_choice *choice,
                                   struct pgs_table_load **load,
                                   struct pgs_error *err) PGS_MUST_CHECK;
/* What it was built for. */
const struct pgs_type_choice *pgs_table_load_choice(const struct pgs_table_load *load);
struct pgs_table_load *pgs_table_load_retain(struct pgs_table_load *load);
void pgs_table_load_release(struct pgs_table_load *load); /* NULL is legal */
const struct pgs_table *const *pgs_table_load_tables(const struct pgs_table_load *load,
                                                     size_t *count);

/* What to compare with the server's later on: the stamp of the one table of a
 * load (empty for a listing), and of each type it needs. Borrowed. */
struct pgs_type_stamp {
    uint32_t oid;
    struct pgs_str stamp;
};
struct pgs_str pgs_table_load_stamp(const struct pgs_table_load *load);
const struct pgs_type_stamp *pgs_table_load_type_stamps(const struct pgs_table_load *load,
                                                        size_t *count);
/* The distinct oids >= PGS_FIRST_CATALOG_OID of the columns in `answer`, by
 * value. Owner of *oids: the caller, pgs_free(). */
enum pgs_status pgs_table_answer_oids(const struct pgs_result *answer, uint32_t **oids,
                                      size_t *count, struct pgs_error *err) PGS_MUST_CHECK;

/* ---- schema_query.c, storage_query.c ---- */

enum pgs_schema_answer {
    PGS_SCHEMA_NAME,
    PGS_SCHEMA_MAY_READ_STATS, /* the same in every row: may pg_stats be read */
    PGS_SCHEMA_ANSWER_COLUMNS
};

void pgs_schema_query(struct pgs_buf *sql, const struct pgs_catalog_options *options);
/* One cell that changes when the answer to pgs_schema_query() does. */
void pgs_schema_stamp_query(struct pgs_buf *sql, const struct pgs_catalog_options *options);

enum pgs_storage_answer {
    PGS_STORAGE_SCHEMA,
    PGS_STORAGE_NAME,
    PGS_STORAGE_BLOCKS,  /* NULL: cannot be split */
    PGS_STORAGE_IS_OPEN, /* may be read by itself with the same outcome */
    PGS_STORAGE_ANSWER_COLUMNS
};

void pgs_storage_query(struct pgs_buf *sql, uint32_t oid);

/* ---- object_query.c: indexes, named types, similar names ---- */

enum pgs_index_answer {
    PGS_INDEX_SCHEMA,
    PGS_INDEX_NAME,
    PGS_INDEX_TABLE,
    PGS_INDEX_UNIQUE,
    PGS_INDEX_PRIMARY,
    PGS_INDEX_SQL,
    PGS_INDEX_KEYS, /* text[] of "c name" or "e expression" */
    PGS_INDEX_COMMENT,
    PGS_INDEX_ANSWER_COLUMNS
};

void pgs_index_query(struct pgs_buf *sql, const struct pgs_catalog_options *options);

enum pgs_named_type_answer {
    PGS_NAMED_TYPE_SCHEMA,
    PGS_NAMED_TYPE_NAME,
    PGS_NAMED_TYPE_OID,
    PGS_NAMED_TYPE_COMMENT,
    PGS_NAMED_TYPE_ANSWER_COLUMNS
};

/* Two answers: the types, then the facts about them (enum pgs_type_answer). */
void pgs_named_type_query(struct pgs_buf *sql, const struct pgs_catalog_options *options);

enum pgs_similar_answer { PGS_SIMILAR_SCHEMA, PGS_SIMILAR_NAME, PGS_SIMILAR_ANSWER_COLUMNS };

void pgs_similar_query(struct pgs_buf *sql, const struct pgs_catalog_options *options,
                       struct pgs_str name);

/* ---- load.c: one message ---- */

/* Empties `sql` and appends what goes before the queries. */
void pgs_load_begin(struct pgs_buf *sql);
/* Appends what goes after them, sends all, and gives the answers to the last
 * `wanted` of the queries, each with exactly `columns[i]` columns. On failure no
 * results are left. */
enum pgs_status pgs_load_run(struct pgs_session *session, struct pgs_buf *sql,
                             struct pgs_result **results, const size_t *columns, size_t wanted,
                             struct pgs_error *err) PGS_MUST_CHECK;
/* Appends the condition that `alias` is the row of pg_namespace that the user
 * calls `schema`; pg_temp is the session's own. */
void pgs_load_add_schema(struct pgs_buf *sql, const char *alias, struct pgs_str schema);
/* Appends the condition that `n` is a row of pg_namespace that may be seen. */
void pgs_load_add_visible(struct pgs_buf *sql, const struct pgs_catalog_options *options);

/* ---- catalog.c ---- */

/* When the catalog was cleared since `*generation` (0: never
 * asked): *changed, and the options, copied into `arena`. */
enum pgs_status pgs_catalog_options_since(struct pgs_catalog *catalog, uint64_t *generation,
                                          struct pgs_arena *arena,
                                          struct pgs_catalog_options *options, bool *changed,
                                          struct pgs_error *err) PGS_MUST_CHECK;
struct pgs_schema_list;

/* The part that transactions share (shared.h), as of `generation`: when the
 * catalog was cleared since, nothing is given and nothing taken. */
void pgs_catalog_put_schemas(struct pgs_catalog *catalog, uint64_t generation,
                             struct pgs_schema_list *list);
void pgs_catalog_put_table(struct pgs_catalog *catalog, uint64_t generation,
                           struct pgs_table_load *load);
void pgs_catalog_drop_table(struct pgs_catalog *catalog, const struct pgs_table_load *load);
/* NULL when not known; the caller releases it. */
struct pgs_schema_list *pgs_catalog_get_schemas(struct pgs_catalog *catalog, uint64_t generation);
size_t pgs_catalog_get_tables(struct pgs_catalog *catalog, uint64_t generation,
                              const struct pgs_type_choice *choice, struct pgs_str schema,
                              struct pgs_str name, struct pgs_table_load **loads);
/* Whether `schema` may be seen at all. */
bool pgs_catalog_allows(const struct pgs_catalog_options *options, struct pgs_str schema);

#endif
