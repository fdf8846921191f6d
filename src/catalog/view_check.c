/* SPDX-License-Identifier: MIT
 *
 * What other transactions have learnt, taken over when it still holds: one
 * message asks for the stamps of the schemas and of the tables used last; it is
 * the first of the transaction and travels with its BEGIN.
 */
#include "base/alloc.h"
#include "catalog/view_internal.h"

/* What is compared. */
struct check {
    struct pgs_schema_list *schemas; /* NULL: not shared */
    struct pgs_table_load *loads[PGS_SHARED_CHECKED_MAX];
    size_t count;
};

enum { SCHEMA_STAMP, TABLE_STAMPS, TYPE_STAMPS, ANSWERS };

static const struct pgs_table *table_of(const struct pgs_table_load *load)
{
    size_t count = 0;

    return pgs_table_load_tables(load, &count)[0];
}

/* ---- asking ---- */

static void add_table_query(struct pgs_buf *sql, const struct check *check)
{
    pgs_buf_add_text(sql, "SELECT c.oid, ");
    pgs_table_stamp(sql);
    pgs_buf_add_text(sql, "\nFROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace\n"
                          "WHERE c.oid = ANY('{");
    for (size_t i = 0; i < check->count; i++)
        pgs_buf_addf(sql, "%s%u", i ? "," : "", (unsigned)table_of(check->loads[i])->oid);
    pgs_buf_add_text(sql, "}'::oid[]);\n");
}

static void add_type_query(struct pgs_buf *sql, const struct check *check)
{
    const char *comma = "";

    pgs_buf_add_text(sql, "SELECT t.oid, ");
    pgs_type_stamp(sql);
    pgs_buf_add_text(sql, "\nFROM pg_type AS t WHERE t.oid = ANY('{");
    for (size_t i = 0; i < check->count; i++) {
        size_t count = 0;
        const struct pgs_type_stamp *types = pgs_table_load_type_stamps(check->loads[i], &count);

        for (size_t k = 0; k < count; k++) {
            pgs_buf_addf(sql, "%s%u", comma, (unsigned)types[k].oid);
            comma = ",";
        }
    }
    pgs_buf_add_text(sql, "}'::oid[]);\n");
}

/* ---- comparing ---- */

/* Whether the answer has that stamp for that oid. */
static bool confirms(const struct pgs_result *answer, uint32_t oid, struct pgs_str stamp)
{
    for (size_t i = 0; i < pgs_result_rows(answer); i++) {
        if (pgs_result_int(answer, i, 0, -1) == (int64_t)oid)
            return pgs_str_equal(pgs_result_get(answer, i, 1), stamp);
    }
    return false;
}

static bool holds(struct pgs_result *const *answers, const struct pgs_table_load *load)
{
    size_t count = 0;
    const struct pgs_type_stamp *types = pgs_table_load_type_stamps(load, &count);

    if (!confirms(answers[TABLE_STAMPS], table_of(load)->oid, pgs_table_load_stamp(load)))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!confirms(answers[TYPE_STAMPS], types[i].oid, types[i].stamp))
            return false;
    }
    return true;
}

static enum pgs_status take_table(struct pgs_view *view, struct pgs_table_load *load,
                                  struct pgs_error *err)
{
    const struct pgs_table *table = table_of(load);

    if (pgs_view_recall(view, table->schema, table->name))
        return PGS_OK;
    PGS_TRY(pgs_view_keep(view, pgs_table_load_retain(load), err));
    return pgs_view_remember(view, table->schema, table->name, table, err);
}

static enum pgs_status take_schemas(struct pgs_view *view, struct pgs_schema_list *list,
                                    struct pgs_error *err)
{
    if (!list || view->schemas)
        return PGS_OK;
    PGS_TRY(pgs_view_keep_schemas(view, pgs_schema_list_retain(list), err));
    view->schemas = list;
    return PGS_OK;
}

static enum pgs_status take_all(struct pgs_view *view, const struct check *check,
                                struct pgs_error *err)
{
    enum pgs_status status = take_schemas(view, check->schemas, err);

    for (size_t i = 0; i < check->count && status == PGS_OK; i++)
        status = take_table(view, check->loads[i], err);
    return status;
}

static enum pgs_status take_true(struct pgs_view *view, const struct check *check,
                                 struct pgs_result *const *answers, struct pgs_error *err)
{
    struct pgs_schema_list *list = check->schemas;
    enum pgs_status status = PGS_OK;

    if (list && pgs_str_equal(pgs_result_get(answers[SCHEMA_STAMP], 0, 0), list->stamp))
        status = take_schemas(view, list, err);
    else
        pgs_catalog_put_schemas(view->catalog, view->generation, NULL);
    for (size_t i = 0; i < check->count && status == PGS_OK; i++) {
        if (holds(answers, check->loads[i]))
            status = take_table(view, check->loads[i], err);
        else
            pgs_catalog_drop_table(view->catalog, check->loads[i]);
    }
    return status;
}

static enum pgs_status ask(struct pgs_view *view, const struct check *check, struct pgs_error *err)
{
    static const size_t columns[ANSWERS] = {1, 2, 2};
    struct pgs_result *answers[ANSWERS] = {NULL};
    enum pgs_status status;

    pgs_load_begin(&view->sql);
    pgs_schema_stamp_query(&view->sql, &view->options);
    add_table_query(&view->sql, check);
    add_type_query(&view->sql, check);
    PGS_TRY(pgs_load_run(view->session, &view->sql, answers, columns, ANSWERS, err));
    status = take_true(view, check, answers, err);
    for (size_t i = 0; i < ANSWERS; i++)
        pgs_result_free(answers[i]);
    return status;
}

enum pgs_status pgs_view_check_shared(struct pgs_view *view, struct pgs_str schema,
                                      struct pgs_str name, struct pgs_error *err)
{
    struct check check = {.count = 0};
    enum pgs_status status = PGS_OK;

    if (view->checked || view->changed)
        return PGS_OK;
    check.schemas = pgs_catalog_get_schemas(view->catalog, view->generation);
    check.count = pgs_catalog_get_tables(view->catalog, view->generation, &view->choice, schema,
                                         name, check.loads);
    if (view->trusting)
        status = take_all(view, &check, err);
    else if ((check.schemas && !view->schemas) || check.count)
        status = ask(view, &check, err);
    if (status == PGS_OK && !view->trusting)
        view->checked = true;
    pgs_schema_list_release(check.schemas);
    for (size_t i = 0; i < check.count; i++)
        pgs_table_load_release(check.loads[i]);
    return status;
}
