/* SPDX-License-Identifier: MIT */
#include "sql/verb.h"

#include "check.h"

static const struct {
    const char *sql;
    enum pgs_verb verb;
} samples[] = {
    {"", PGS_VERB_OTHER},
    {"  -- nothing\n", PGS_VERB_OTHER},
    {"select 1", PGS_VERB_QUERY},
    {"/* a /* nested */ comment */ -- and\n (SELECT 1)", PGS_VERB_QUERY},
    {"VALUES (1)", PGS_VERB_QUERY},
    {"TABLE t", PGS_VERB_QUERY},
    {"SHOW server_version", PGS_VERB_LOOK},
    {"EXPLAIN INSERT INTO t VALUES (1)", PGS_VERB_LOOK},
    {"EXPLAIN (ANALYZE) INSERT INTO t VALUES (1)", PGS_VERB_OTHER},
    {"insert into t values (1) returning *", PGS_VERB_CHANGE},
    {"MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE", PGS_VERB_CHANGE},
    {"WITH a AS (SELECT 1) SELECT * FROM a", PGS_VERB_QUERY},
    {"WITH a AS (DELETE FROM t RETURNING *) SELECT * FROM a", PGS_VERB_WITH_CHANGE},
    {"WITH a AS (SELECT 'delete', \"update\", $$insert$$, $x$merge$x$) TABLE a", PGS_VERB_QUERY},
    {"WITH a AS (SELECT E'\\' delete' -- insert\n) TABLE a", PGS_VERB_QUERY},
    {"WITH a AS (SELECT $1 /* update */) DELETE FROM t", PGS_VERB_WITH_CHANGE},
    {"selection", PGS_VERB_OTHER},
    {"CREATE TABLE t ()", PGS_VERB_OTHER},
};

static const char *const unfinished[] = {"'",  "\"",    "/*",   "--",    "$",
                                         "$$", "$a$ b", "e'\\", "WITH '"};

int main(void)
{
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        pgs_check_about(samples[i].sql);
        CHECK_INT(pgs_verb_of(pgs_str_of(samples[i].sql)), samples[i].verb);
    }
    pgs_check_about("unfinished tokens end with the text");
    for (size_t i = 0; i < sizeof(unfinished) / sizeof(unfinished[0]); i++)
        CHECK(pgs_verb_of(pgs_str_of(unfinished[i])) != PGS_VERB_CHANGE);
    return pgs_check_report();
}
