/* SPDX-License-Identifier: MIT
 *
 * What kind of statement a text of the user's is, by its words alone: how it can
 * be sent, not whether it is valid.
 *
 * Thread: pure.
 * Source: "Lexical Structure", PostgreSQL documentation, 18.
 */
#ifndef PGS_SQL_VERB_H
#define PGS_SQL_VERB_H

#include "base/port.h"
#include "base/str.h"

PGS_EXTERN_C_BEGIN

enum pgs_verb {
    PGS_VERB_QUERY,       /* SELECT, VALUES, TABLE, WITH: can be a subquery or a cursor */
    PGS_VERB_CHANGE,      /* INSERT, UPDATE, DELETE, MERGE: can be a WITH item */
    PGS_VERB_WITH_CHANGE, /* WITH that (perhaps) has one of them inside: can be neither */
    PGS_VERB_LOOK,        /* SHOW, EXPLAIN without ANALYZE: changes nothing */
    PGS_VERB_OTHER
};

enum pgs_verb pgs_verb_of(struct pgs_str sql);

PGS_EXTERN_C_END

#endif
