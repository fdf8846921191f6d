/* SPDX-License-Identifier: MIT */
#include "sql/ddl.h"

#include "sql/literal.h"
#include "sql/quote.h"

static const char *const kind_texts[] = {
    [PGS_OBJECT_SCHEMA] = "SCHEMA",
    [PGS_OBJECT_TABLE] = "TABLE",
    [PGS_OBJECT_VIEW] = "VIEW",
    [PGS_OBJECT_MATERIALIZED_VIEW] = "MATERIALIZED VIEW",
    [PGS_OBJECT_FOREIGN_TABLE] = "FOREIGN TABLE",
    [PGS_OBJECT_INDEX] = "INDEX",
    [PGS_OBJECT_TYPE] = "TYPE",
    [PGS_OBJECT_SEQUENCE] = "SEQUENCE",
};

static void add_column_def(struct pgs_buf *sql, const struct pgs_column_def *column)
{
    pgs_quote_ident(sql, column->name);
    pgs_buf_add_char(sql, ' ');
    pgs_buf_add_str(sql, column->sql_type);
    if (column->not_null)
        pgs_buf_add_text(sql, " NOT NULL");
    if (column->default_value) {
        pgs_buf_add_text(sql, " DEFAULT ");
        pgs_deparse_literal(sql, column->default_value);
    }
}

static void add_key_def(struct pgs_buf *sql, const struct pgs_key_def *key)
{
    pgs_buf_add_text(sql, key->primary ? "PRIMARY KEY (" : "UNIQUE (");
    for (size_t i = 0; i < key->column_count; i++) {
        if (i > 0)
            pgs_buf_add_text(sql, ", ");
        pgs_quote_ident(sql, key->columns[i]);
    }
    pgs_buf_add_char(sql, ')');
}

void pgs_deparse_create_table(struct pgs_buf *sql, const struct pgs_create_table *create)
{
    const char *separator = "";

    pgs_buf_add_text(sql, create->if_not_exists ? "CREATE TABLE IF NOT EXISTS " : "CREATE TABLE ");
    pgs_quote_qualified(sql, create->schema, create->name);
    pgs_buf_add_text(sql, " (");
    for (size_t i = 0; i < create->column_count; i++) {
        pgs_buf_add_text(sql, separator);
        add_column_def(sql, &create->columns[i]);
        separator = ", ";
    }
    for (size_t i = 0; i < create->key_count; i++) {
        pgs_buf_add_text(sql, separator);
        add_key_def(sql, &create->keys[i]);
        separator = ", ";
    }
    pgs_buf_add_char(sql, ')');
}

void pgs_deparse_create_schema(struct pgs_buf *sql, struct pgs_str name, bool if_not_exists)
{
    pgs_buf_add_text(sql, if_not_exists ? "CREATE SCHEMA IF NOT EXISTS " : "CREATE SCHEMA ");
    pgs_quote_ident(sql, name);
}

void pgs_deparse_drop(struct pgs_buf *sql, enum pgs_object_kind kind, struct pgs_str schema,
                      struct pgs_str name, bool if_exists, bool cascade)
{
    pgs_buf_addf(sql, "DROP %s %s", kind_texts[kind], if_exists ? "IF EXISTS " : "");
    pgs_quote_qualified(sql, schema, name);
    if (cascade)
        pgs_buf_add_text(sql, " CASCADE");
}
