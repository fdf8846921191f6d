/* SPDX-License-Identifier: MIT */
#include "scan/plan.h"

#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"

static struct pgs_scan_plan *plan_alloc(void)
{
    struct pgs_scan_plan *plan = pgs_alloc_array(1, sizeof(*plan));

    if (!plan)
        return NULL;
    pgs_arena_init(&plan->arena);
    plan->limit = -1;
    return plan;
}

/* Until told otherwise every column is delivered. */
static bool output_all(struct pgs_scan_plan *plan)
{
    uint32_t *output = pgs_arena_array(&plan->arena, plan->column_count, sizeof(*output));

    if (!output)
        return false;
    for (size_t i = 0; i < plan->column_count; i++)
        output[i] = (uint32_t)i;
    plan->output = output;
    plan->output_count = plan->column_count;
    return true;
}

static bool columns_of_table(struct pgs_scan_plan *plan, const struct pgs_table *table)
{
    struct pgs_scan_column *columns =
        pgs_arena_array(&plan->arena, table->column_count, sizeof(*columns));

    if (!columns)
        return false;
    for (size_t i = 0; i < table->column_count; i++) {
        columns[i].name = table->columns[i].name;
        columns[i].shown_name = table->columns[i].shown_name;
        columns[i].type = table->columns[i].type;
        columns[i].collation = table->columns[i].collation;
        columns[i].is_domain = table->columns[i].is_domain;
    }
    plan->columns = columns;
    plan->column_count = table->column_count;
    return true;
}

enum pgs_status pgs_scan_plan_new_table(const struct pgs_table *table, struct pgs_scan_plan **plan,
                                        struct pgs_error *err)
{
    struct pgs_scan_plan *self = plan_alloc();

    if (!self)
        return pgs_error_oom(err);
    pgs_table_retain(table);
    self->table = table;
    if (!columns_of_table(self, table) || !output_all(self)) {
        pgs_scan_plan_free(self);
        return pgs_error_oom(err);
    }
    *plan = self;
    return PGS_OK;
}

static bool copy_columns(struct pgs_scan_plan *plan, const struct pgs_scan_column *columns,
                         size_t column_count)
{
    struct pgs_scan_column *copy = pgs_arena_array(&plan->arena, column_count, sizeof(*copy));
    struct pgs_str *names = pgs_arena_array(&plan->arena, column_count, sizeof(*names));

    if (!copy || !names)
        return false;
    for (size_t i = 0; i < column_count; i++) {
        copy[i] = columns[i];
        copy[i].name = pgs_arena_str(&plan->arena, columns[i].name);
        copy[i].shown_name = pgs_arena_str(&plan->arena, columns[i].shown_name);
        if (!copy[i].name.at || !copy[i].shown_name.at)
            return false;
        names[i] = copy[i].name;
    }
    plan->query_columns = names;
    plan->columns = copy;
    plan->column_count = column_count;
    return true;
}

enum pgs_status pgs_scan_plan_new_query(struct pgs_str query, const struct pgs_scan_column *columns,
                                        size_t column_count, struct pgs_arena *keep,
                                        struct pgs_scan_plan **plan, struct pgs_error *err)
{
    struct pgs_scan_plan *self = plan_alloc();

    if (!self)
        return pgs_error_oom(err);
    self->arena = *keep;
    pgs_arena_init(keep);
    self->query = pgs_arena_str(&self->arena, query);
    if (!self->query.at || !copy_columns(self, columns, column_count) || !output_all(self)) {
        pgs_scan_plan_free(self);
        return pgs_error_oom(err);
    }
    *plan = self;
    return PGS_OK;
}

static bool copy_filters(struct pgs_scan_plan *plan, const struct pgs_scan_plan *source)
{
    plan->filters = pgs_arena_array(&plan->arena, source->filter_count, sizeof(*plan->filters));
    if (!plan->filters)
        return false;
    for (size_t i = 0; i < source->filter_count; i++) {
        plan->filters[i] = pgs_expr_copy(&plan->arena, source->filters[i]);
        if (!plan->filters[i])
            return false;
    }
    plan->filter_count = source->filter_count;
    return true;
}

static bool copy_output(struct pgs_scan_plan *plan, const uint32_t *output, size_t output_count)
{
    uint32_t *copy = pgs_arena_array(&plan->arena, output_count, sizeof(*copy));

    if (!copy)
        return false;
    if (output_count)
        memcpy(copy, output, output_count * sizeof(*copy));
    plan->output = copy;
    plan->output_count = output_count;
    return true;
}

enum pgs_status pgs_scan_plan_copy(const struct pgs_scan_plan *source, struct pgs_scan_plan **plan,
                                   struct pgs_error *err)
{
    struct pgs_scan_plan *self;

    if (!source->table)
        return pgs_error_set(err, PGS_ERR_UNSUPPORTED, "the plan of a query text cannot be copied");
    PGS_TRY(pgs_scan_plan_new_table(source->table, &self, err));
    self->limit = source->limit;
    self->offset = source->offset;
    self->sole = source->sole;
    self->residual = pgs_arena_str(&self->arena, source->residual);
    if (!copy_filters(self, source) || !copy_output(self, source->output, source->output_count)) {
        pgs_scan_plan_free(self);
        return pgs_error_oom(err);
    }
    *plan = self;
    return PGS_OK;
}

void pgs_scan_plan_free(struct pgs_scan_plan *plan)
{
    if (!plan)
        return;
    pgs_arena_release(&plan->arena);
    pgs_table_release(plan->table);
    pgs_free(plan);
}

enum pgs_status pgs_scan_plan_add_filter(struct pgs_scan_plan *plan, const struct pgs_expr *filter,
                                         struct pgs_error *err)
{
    const struct pgs_expr **filters =
        pgs_arena_array(&plan->arena, plan->filter_count + 1, sizeof(*filters));
    const struct pgs_expr *copy = pgs_expr_copy(&plan->arena, filter);

    if (!filters || !copy)
        return pgs_error_oom(err);
    if (plan->filter_count)
        memcpy(filters, plan->filters, plan->filter_count * sizeof(*filters));
    filters[plan->filter_count] = copy;
    plan->filters = filters;
    plan->filter_count++;
    return PGS_OK;
}

void pgs_scan_plan_note_residual(struct pgs_scan_plan *plan, struct pgs_str text,
                                 const char *reason)
{
    struct pgs_buf note;

    if (plan->residual.size_bytes)
        return;
    pgs_buf_init(&note, PGS_SQL_BYTES_MAX);
    pgs_buf_add_str(&note, text);
    if (reason)
        pgs_buf_addf(&note, " (%s)", reason);
    plan->residual = pgs_arena_str(&plan->arena, pgs_buf_str(&note));
    pgs_buf_release(&note);
}

enum pgs_status pgs_scan_plan_project(struct pgs_scan_plan *plan, const uint32_t *output,
                                      size_t output_count, struct pgs_error *err)
{
    for (size_t i = 0; i < output_count; i++) {
        if (output[i] != PGS_SCAN_NO_COLUMN && output[i] >= plan->column_count)
            return pgs_error_set(err, PGS_ERR_USAGE, "column %u does not exist", output[i]);
    }
    return copy_output(plan, output, output_count) ? PGS_OK : pgs_error_oom(err);
}

double pgs_scan_plan_rows(const struct pgs_scan_plan *plan)
{
    double rows = plan->table ? plan->table->rows : -1;

    if (plan->limit >= 0 && (rows < 0 || rows > (double)plan->limit))
        return (double)plan->limit;
    return rows;
}

void pgs_scan_plan_select(const struct pgs_scan_plan *plan, const struct pgs_storage *relation,
                          const struct pgs_block_range *blocks, struct pgs_select_column *columns,
                          struct pgs_select *select)
{
    memset(select, 0, sizeof(*select));
    if (relation) {
        select->from.schema = relation->schema;
        select->from.name = relation->name;
        select->from.only = true;
    } else if (plan->table) {
        select->from.schema = plan->table->schema;
        select->from.name = plan->table->name;
    } else {
        select->from.query = plan->query;
        select->from.query_columns = plan->query_columns;
        select->from.query_column_count = plan->column_count;
    }
    for (size_t i = 0; i < plan->output_count; i++) {
        if (plan->output[i] == PGS_SCAN_NO_COLUMN)
            continue;
        columns[select->column_count].name = plan->columns[plan->output[i]].name;
        columns[select->column_count].type = plan->columns[plan->output[i]].type;
        select->column_count++;
    }
    select->columns = columns;
    select->where = plan->filters;
    select->where_count = plan->filter_count;
    select->blocks = blocks;
    select->limit = plan->limit;
    select->offset = plan->offset;
}

void pgs_scan_plan_sql(const struct pgs_scan_plan *plan, struct pgs_buf *sql)
{
    struct pgs_select_column *columns;
    struct pgs_select select;

    if (plan->as_is) {
        pgs_buf_add_str(sql, plan->query);
        return;
    }
    columns = pgs_alloc_array(plan->output_count, sizeof(*columns));
    if (!columns)
        return;
    pgs_scan_plan_select(plan, NULL, NULL, columns, &select);
    pgs_deparse_select(sql, &select);
    pgs_free(columns);
}
