/* SPDX-License-Identifier: MIT
 *
 * The only way names and values get into SQL text. Everything that builds SQL
 * for the server appends identifiers and literals through these.
 *
 * The output means the same whatever standard_conforming_strings, DateStyle,
 * TimeZone, bytea_output or the locale are.
 * Source: quote_identifier, ruleutils.c; quote_literal, quote.c, 18.
 */
#ifndef PGS_SQL_QUOTE_H
#define PGS_SQL_QUOTE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/port.h"
#include "base/str.h"

PGS_EXTERN_C_BEGIN

/* "name", always quoted, quotes doubled. The server cuts names longer than
 * PGS_NAME_BYTES_MAX: whoever creates objects checks that first. A zero byte
 * breaks the buffer. */
void pgs_quote_ident(struct pgs_buf *sql, struct pgs_str name);

/* "schema"."name", or just "name" when schema is empty. */
void pgs_quote_qualified(struct pgs_buf *sql, struct pgs_str schema, struct pgs_str name);

/* 'text' with quotes doubled; text with a backslash in it becomes E'text' with
 * backslashes doubled too, after a space where the E would otherwise join a
 * word. Untyped: next to a column it takes the column's type, so that indexes
 * on text, varchar, char(n) and enum columns all serve it.
 * A zero byte breaks the buffer: callers check with pgs_sql_text_is_safe().
 * The client encoding must be UTF-8: in encodings where a backslash byte may
 * end a character the doubling would be wrong. */
void pgs_quote_literal(struct pgs_buf *sql, struct pgs_str text);

/* Whether PostgreSQL can hold `text` at all: no zero byte. */
bool pgs_sql_text_is_safe(struct pgs_str text);

PGS_EXTERN_C_END

#endif
