/* SPDX-License-Identifier: MIT */
#include "base/limits.h"
#include "sql/ddl.h"
#include "sql/quote.h"

/* The types whose name is one word or two. */
static const char *const names[] = {
    [PGS_SOURCE_BOOLEAN] = "boolean",
    [PGS_SOURCE_TINYINT] = "smallint",
    [PGS_SOURCE_SMALLINT] = "smallint",
    [PGS_SOURCE_INTEGER] = "integer",
    [PGS_SOURCE_BIGINT] = "bigint",
    [PGS_SOURCE_HUGEINT] = "numeric(38,0)",
    [PGS_SOURCE_UTINYINT] = "smallint",
    [PGS_SOURCE_USMALLINT] = "integer",
    [PGS_SOURCE_UINTEGER] = "bigint",
    [PGS_SOURCE_UBIGINT] = "numeric(20,0)",
    [PGS_SOURCE_UHUGEINT] = "numeric(38,0)",
    [PGS_SOURCE_FLOAT] = "real",
    [PGS_SOURCE_DOUBLE] = "double precision",
    [PGS_SOURCE_VARCHAR] = "varchar",
    [PGS_SOURCE_JSON] = "json",
    [PGS_SOURCE_BLOB] = "bytea",
    [PGS_SOURCE_UUID] = "uuid",
    [PGS_SOURCE_DATE] = "date",
    [PGS_SOURCE_TIME] = "time",
    [PGS_SOURCE_TIMETZ] = "timetz",
    [PGS_SOURCE_TIMESTAMP] = "timestamp",
    [PGS_SOURCE_TIMESTAMP_S] = "timestamp",
    [PGS_SOURCE_TIMESTAMP_MS] = "timestamp",
    [PGS_SOURCE_TIMESTAMP_NS] = "timestamp",
    [PGS_SOURCE_TIMESTAMPTZ] = "timestamptz",
    [PGS_SOURCE_INTERVAL] = "interval",
    [PGS_SOURCE_OTHER] = "varchar",
    [PGS_SOURCE_BIT] = "varchar",
    [PGS_SOURCE_TIME_NS] = "varchar",
    [PGS_SOURCE_GEOMETRY] = "geometry",
    [PGS_SOURCE_USER] = NULL,
};

/* Everything but lists. The refusals are whole sentences because users and
 * tests know them in this form. */
static enum pgs_status add_scalar(struct pgs_buf *sql, const struct pgs_source_type *type,
                                  struct pgs_error *err)
{
    switch (type->id) {
    case PGS_SOURCE_DECIMAL:
        pgs_buf_addf(sql, "numeric(%u,%u)", (unsigned)type->precision, (unsigned)type->scale);
        break;
    case PGS_SOURCE_USER:
        pgs_quote_qualified(sql, type->schema, type->spelling);
        break;
    case PGS_SOURCE_ENUM:
        return pgs_error_set(err, PGS_ERR_UNSUPPORTED,
                             "Enums in Postgres must be named - unnamed enums are not supported. "
                             "Use CREATE TYPE to create a named enum.");
    case PGS_SOURCE_STRUCT:
        return pgs_error_set(err, PGS_ERR_UNSUPPORTED,
                             "Composite types in Postgres must be named - unnamed composite types "
                             "are not supported. Use CREATE TYPE to create a named composite "
                             "type.");
    case PGS_SOURCE_MAP:
        return pgs_error_set(err, PGS_ERR_UNSUPPORTED, "MAP type not supported in Postgres");
    case PGS_SOURCE_UNION:
        return pgs_error_set(err, PGS_ERR_UNSUPPORTED, "UNION type not supported in Postgres");
    default:
        pgs_buf_add_text(sql, names[type->id]);
        break;
    }
    return pgs_buf_status(sql, err);
}

enum pgs_status pgs_type_to_sql(struct pgs_buf *sql, const struct pgs_source_type *type,
                                struct pgs_error *err)
{
    unsigned dimensions = 0;

    while (type && (type->id == PGS_SOURCE_LIST || type->id == PGS_SOURCE_ARRAY)) {
        type = type->element;
        dimensions++;
    }
    if (!type)
        return pgs_error_set(err, PGS_ERR_UNSUPPORTED, "list type without an element type");
    if (dimensions > PGS_ARRAY_DIMENSIONS_MAX)
        return pgs_error_set(err, PGS_ERR_UNSUPPORTED,
                             "lists nested %u deep exceed PostgreSQL's limit of %d dimensions",
                             dimensions, PGS_ARRAY_DIMENSIONS_MAX);
    PGS_TRY(add_scalar(sql, type, err));
    while (dimensions--)
        pgs_buf_add_text(sql, "[]");
    return pgs_buf_status(sql, err);
}
