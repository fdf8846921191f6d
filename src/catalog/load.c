/* SPDX-License-Identifier: MIT
 *
 * Source: set_config(…, is_local) is undone when the transaction ends, also by
 * an error half way: guc.c, 14 to 18.
 */
#include "base/limits.h"
#include "catalog/internal.h"
#include "sql/quote.h"

void pgs_load_begin(struct pgs_buf *sql)
{
    pgs_buf_reset(sql);
    pgs_buf_add_text(sql, "SELECT pg_catalog.set_config('postgres_scanner.search_path', "
                          "pg_catalog.current_setting('search_path'), true);\n"
                          "SELECT pg_catalog.set_config('search_path', "
                          "'pg_catalog, pg_temp', true);\n");
}

static enum pgs_status check_results(struct pgs_result **results, const size_t *columns,
                                     size_t wanted, struct pgs_error *err)
{
    for (size_t i = 0; i < wanted; i++) {
        size_t got = pgs_result_columns(results[i]);

        if (got != columns[i])
            return pgs_error_set(err, PGS_ERR_PROTOCOL,
                                 "an answer of the catalog has %zu columns, expected %zu", got,
                                 columns[i]);
    }
    return PGS_OK;
}

enum pgs_status pgs_load_run(struct pgs_session *session, struct pgs_buf *sql,
                             struct pgs_result **results, const size_t *columns, size_t wanted,
                             struct pgs_error *err)
{
    struct pgs_result *answers[PGS_CATALOG_RESULTS_MAX + 1] = {NULL};
    enum pgs_status status;

    pgs_buf_add_text(sql, "SELECT pg_catalog.set_config('search_path', "
                          "pg_catalog.current_setting('postgres_scanner.search_path'), true)");
    PGS_TRY(pgs_buf_status(sql, err));
    status = pgs_session_exec_many(session, sql->at, answers, wanted + 1, err);
    if (status == PGS_OK)
        status = check_results(answers, columns, wanted, err);
    for (size_t i = 0; i <= wanted; i++) {
        if (status != PGS_OK || i == wanted)
            pgs_result_free(answers[i]);
        else
            results[i] = answers[i];
    }
    return status;
}

void pgs_load_add_schema(struct pgs_buf *sql, const char *alias, struct pgs_str schema)
{
    if (pgs_str_equal_nocase(schema, pgs_str_of("pg_temp"))) {
        pgs_buf_addf(sql, "%s.oid = pg_my_temp_schema()", alias);
        return;
    }
    pgs_buf_addf(sql, "%s.nspname = ", alias);
    pgs_quote_literal(sql, schema);
}

void pgs_load_add_visible(struct pgs_buf *sql, const struct pgs_catalog_options *options)
{
    pgs_buf_add_text(sql, "n.nspname !~ '^pg_toast'\n"
                          "  AND (n.nspname !~ '^pg_temp_' OR n.oid = pg_my_temp_schema())\n");
    for (size_t i = 0; i < options->schema_count; i++) {
        pgs_buf_add_text(sql, i ? ", " : "  AND n.nspname IN (");
        pgs_quote_literal(sql, options->schemas[i]);
    }
    pgs_buf_add_text(sql, options->schema_count ? ")\n" : "");
}
