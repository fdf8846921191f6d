/* SPDX-License-Identifier: MIT
 *
 * Objects created and dropped in the database, inside the transaction: the
 * statement is built, sent, and the transaction's view told.
 */
#ifndef PGS_WRITE_DDL_H
#define PGS_WRITE_DDL_H

#include <stdbool.h>

#include "base/error.h"
#include "base/port.h"
#include "base/str.h"
#include "catalog/database.h"
#include "duckdb.h"
#include "sql/ddl.h"

PGS_EXTERN_C_BEGIN

/* A column to be created, in the host's types. */
struct pgs_new_column {
    struct pgs_str name;
    duckdb_logical_type type;
    bool not_null;
    duckdb_value default_value; /* NULL: none */
};

struct pgs_new_table {
    struct pgs_str schema;
    struct pgs_str name;
    bool if_not_exists;
    const struct pgs_new_column *columns;
    size_t column_count;
    const struct pgs_key_def *keys;
    size_t key_count;
};

enum pgs_status pgs_create_table(struct pgs_transaction *transaction,
                                 const struct pgs_new_table *table,
                                 struct pgs_error *err) PGS_MUST_CHECK;
enum pgs_status pgs_create_schema(struct pgs_transaction *transaction, struct pgs_str name,
                                  bool if_not_exists, struct pgs_error *err) PGS_MUST_CHECK;
enum pgs_status pgs_drop_object(struct pgs_transaction *transaction, enum pgs_object_kind kind,
                                struct pgs_str schema, struct pgs_str name, bool if_exists,
                                bool cascade, struct pgs_error *err) PGS_MUST_CHECK;

PGS_EXTERN_C_END

#endif
