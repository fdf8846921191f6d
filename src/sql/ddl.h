/* SPDX-License-Identifier: MIT
 *
 * Statements that create and drop objects, as text, and the PostgreSQL names of
 * DuckDB's types.
 *
 * The server cuts names longer than PGS_NAME_BYTES_MAX without an error: the
 * caller checks them first. A name with a zero byte breaks the buffer.
 *
 * Thread: pure.
 * Source: CREATE TABLE, CREATE SCHEMA, DROP ..., "Data Types", PostgreSQL
 * documentation, 18; LogicalTypeId, duckdb/common/types.hpp, 1.5.6.
 */
#ifndef PGS_SQL_DDL_H
#define PGS_SQL_DDL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/port.h"
#include "base/str.h"
#include "sql/expr.h"

PGS_EXTERN_C_BEGIN

enum pgs_object_kind {
    PGS_OBJECT_SCHEMA,
    PGS_OBJECT_TABLE,
    PGS_OBJECT_VIEW,
    PGS_OBJECT_MATERIALIZED_VIEW,
    PGS_OBJECT_FOREIGN_TABLE,
    PGS_OBJECT_INDEX,
    PGS_OBJECT_TYPE,
    PGS_OBJECT_SEQUENCE
};

struct pgs_column_def {
    struct pgs_str name;
    struct pgs_str sql_type; /* already PostgreSQL's spelling, from pgs_type_to_sql() */
    bool not_null;
    /* NULL: none. One for which !pgs_literal_exists() breaks the buffer. */
    const struct pgs_expr_const *default_value;
};

/* PRIMARY KEY or UNIQUE over columns of the table. */
struct pgs_key_def {
    bool primary;
    const struct pgs_str *columns;
    size_t column_count;
};

struct pgs_create_table {
    struct pgs_str schema;
    struct pgs_str name;
    bool if_not_exists;
    const struct pgs_column_def *columns;
    size_t column_count;
    const struct pgs_key_def *keys;
    size_t key_count;
};

/* CREATE TABLE "s"."t" ("a" integer NOT NULL DEFAULT 5, PRIMARY KEY ("a")). No
 * columns at all is legal. */
void pgs_deparse_create_table(struct pgs_buf *sql, const struct pgs_create_table *create);
/* CREATE SCHEMA IF NOT EXISTS "s". */
void pgs_deparse_create_schema(struct pgs_buf *sql, struct pgs_str name, bool if_not_exists);
/* DROP TABLE IF EXISTS "s"."t" CASCADE. `schema` is empty for a schema. */
void pgs_deparse_drop(struct pgs_buf *sql, enum pgs_object_kind kind, struct pgs_str schema,
                      struct pgs_str name, bool if_exists, bool cascade);

/* A DuckDB type, reduced to what naming it in PostgreSQL needs. Built by the
 * host side.
 *
 *   DuckDB                      PostgreSQL          what is lost
 *   BOOLEAN                     boolean
 *   TINYINT, UTINYINT           smallint            reads back as SMALLINT
 *   SMALLINT INTEGER BIGINT     smallint integer bigint
 *   USMALLINT                   integer             reads back as INTEGER
 *   UINTEGER                    bigint              reads back as BIGINT
 *   UBIGINT                     numeric(20,0)       reads back as DECIMAL(20,0)
 *   HUGEINT, UHUGEINT           numeric(38,0)       reads back as DECIMAL(38,0), exactly; values
 *                                                   of 39 digits are refused with an error. With
 *                                                   39 digits they would be stored, but every
 *                                                   value would be read and written as a DOUBLE.
 *   FLOAT, DOUBLE               real, double precision
 *   DECIMAL(p,s)                numeric(p,s)
 *   VARCHAR                     varchar
 *   JSON                        json
 *   BLOB, UUID                  bytea, uuid
 *   DATE, TIME, TIMETZ          date, time, timetz  infinite dates kept
 *   TIMESTAMP, _S, _MS          timestamp           reads back as TIMESTAMP
 *   TIMESTAMP_NS                timestamp           nanoseconds: DuckDB rounds to microseconds
 *   TIMESTAMPTZ, INTERVAL       timestamptz, interval
 *   GEOMETRY                    geometry            needs PostGIS
 *   T[], T[n]                   T[]                 the length n
 *   user type                   its own name
 *   ENUM, STRUCT without name   refused: PostgreSQL needs a named type
 *   MAP, UNION                  refused
 *   anything else               varchar             its text (BIT, BIGNUM, TIME_NS ...)
 */
enum pgs_source_type_id {
    PGS_SOURCE_BOOLEAN,
    PGS_SOURCE_TINYINT,
    PGS_SOURCE_SMALLINT,
    PGS_SOURCE_INTEGER,
    PGS_SOURCE_BIGINT,
    PGS_SOURCE_HUGEINT,
    PGS_SOURCE_UTINYINT,
    PGS_SOURCE_USMALLINT,
    PGS_SOURCE_UINTEGER,
    PGS_SOURCE_UBIGINT,
    PGS_SOURCE_UHUGEINT,
    PGS_SOURCE_FLOAT,
    PGS_SOURCE_DOUBLE,
    PGS_SOURCE_DECIMAL,
    PGS_SOURCE_VARCHAR,
    PGS_SOURCE_JSON,
    PGS_SOURCE_BLOB,
    PGS_SOURCE_UUID,
    PGS_SOURCE_DATE,
    PGS_SOURCE_TIME,
    PGS_SOURCE_TIMETZ,
    PGS_SOURCE_TIMESTAMP,
    PGS_SOURCE_TIMESTAMP_S,
    PGS_SOURCE_TIMESTAMP_MS,
    PGS_SOURCE_TIMESTAMP_NS,
    PGS_SOURCE_TIMESTAMPTZ,
    PGS_SOURCE_INTERVAL,
    PGS_SOURCE_LIST,
    PGS_SOURCE_ENUM,  /* without a name, as the next; with one they are PGS_SOURCE_USER */
    PGS_SOURCE_OTHER, /* travels as its text */
    PGS_SOURCE_STRUCT,
    PGS_SOURCE_MAP,
    PGS_SOURCE_UNION,
    PGS_SOURCE_ARRAY, /* of fixed length: `element` */
    PGS_SOURCE_BIT,
    PGS_SOURCE_TIME_NS,
    PGS_SOURCE_GEOMETRY,
    PGS_SOURCE_USER /* exists on the server as "schema"."spelling" */
};

struct pgs_source_type {
    enum pgs_source_type_id id;
    uint8_t precision, scale;              /* DECIMAL */
    const struct pgs_source_type *element; /* LIST, ARRAY */
    struct pgs_str schema;                 /* USER: empty = found by search_path */
    struct pgs_str spelling;               /* USER: the name; else DuckDB's text, for messages */
};

/* Appends the PostgreSQL type that columns of `type` get in CREATE TABLE, or
 * fails with PGS_ERR_UNSUPPORTED and the reason, having appended nothing of
 * use. Nesting is bounded by PGS_TYPE_DEPTH_MAX. */
enum pgs_status pgs_type_to_sql(struct pgs_buf *sql, const struct pgs_source_type *type,
                                struct pgs_error *err) PGS_MUST_CHECK;

/* The oid of that type when it is a built-in one, without a typmod; 0 otherwise. */
uint32_t pgs_type_to_oid(const struct pgs_source_type *type);

PGS_EXTERN_C_END

#endif
