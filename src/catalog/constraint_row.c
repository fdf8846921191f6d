/* SPDX-License-Identifier: MIT
 *
 * The constraints in one row of the answer to a table query.
 */
#include <string.h>

#include "catalog/internal.h"

/* "attnum,attnum…" or "-" */
static enum pgs_status take_columns(struct pgs_row_reader *reader, struct pgs_str word,
                                    struct pgs_constraint *constraint)
{
    size_t count_max = word.size_bytes / 2 + 1;
    uint32_t *columns = pgs_arena_array(reader->arena, count_max, sizeof(*columns));

    if (!columns)
        return pgs_error_oom(reader->err);
    constraint->columns = columns;
    if (pgs_str_equal(word, pgs_str_of("-")))
        return PGS_OK;
    while (word.size_bytes) {
        const char *comma = memchr(word.at, ',', word.size_bytes);
        size_t size_bytes = comma ? (size_t)(comma - word.at) : word.size_bytes;
        size_t taken = comma ? size_bytes + 1 : size_bytes;
        struct pgs_str number = {word.at, size_bytes};
        const struct pgs_column *column;
        int64_t attnum;

        if (!pgs_take_int(&number, &attnum))
            return pgs_row_malformed(reader->err);
        column = pgs_row_column(reader, attnum);
        /* A CHECK may read system columns (tableoid). */
        if (!column && constraint->kind != PGS_CONSTRAINT_CHECK)
            return pgs_row_malformed(reader->err);
        if (column)
            columns[constraint->column_count++] = (uint32_t)(column - reader->columns);
        word = (struct pgs_str){word.at + taken, word.size_bytes - taken};
    }
    return PGS_OK;
}

/* {schema,table,column…} */
static enum pgs_status take_target(struct pgs_row_reader *reader, struct pgs_str text,
                                   struct pgs_constraint *constraint)
{
    size_t wanted = constraint->column_count + 2;
    struct pgs_str *names = pgs_arena_array(reader->arena, wanted, sizeof(*names));
    struct pgs_array_text array;
    struct pgs_str name = {NULL, 0};
    enum pgs_status status = PGS_OK;
    size_t count = 0;
    bool more = true;

    if (!names)
        return pgs_error_oom(reader->err);
    pgs_array_text_init(&array, text);
    while (status == PGS_OK && more) {
        status = pgs_array_text_next(&array, &name, &more, reader->err);
        if (status == PGS_OK && more && count == wanted)
            status = pgs_row_malformed(reader->err);
        if (status == PGS_OK && more)
            status = pgs_row_copy(reader, name, &names[count++]);
    }
    pgs_array_text_release(&array);
    if (status == PGS_OK && count != wanted)
        status = pgs_row_malformed(reader->err);
    constraint->target_schema = names[0];
    constraint->target_table = names[1];
    constraint->target_columns = names + 2;
    return status;
}

/* "kind columns expression or target" */
static enum pgs_status take_constraint(struct pgs_row_reader *reader, size_t index,
                                       struct pgs_str element)
{
    struct pgs_constraint *constraint = &reader->constraints[index];
    struct pgs_str kind = pgs_take_word(&element);
    struct pgs_str columns = pgs_take_word(&element);

    if (kind.size_bytes != 1 || !memchr("pufc", kind.at[0], 4) || columns.size_bytes == 0)
        return pgs_row_malformed(reader->err);
    constraint->kind = (enum pgs_constraint_kind)kind.at[0];
    PGS_TRY(take_columns(reader, columns, constraint));
    if (constraint->kind == PGS_CONSTRAINT_CHECK)
        return pgs_row_copy(reader, element, &constraint->check_sql);
    if (constraint->kind == PGS_CONSTRAINT_FOREIGN)
        return take_target(reader, element, constraint);
    return PGS_OK;
}

enum pgs_status pgs_constraints_read(struct pgs_row_reader *reader)
{
    struct pgs_str text = pgs_result_get(reader->answer, reader->row, PGS_TABLE_CONSTRAINTS);
    struct pgs_table *table = reader->table;

    PGS_TRY(pgs_array_text_count(text, &table->constraint_count, reader->err));
    if (table->constraint_count == 0)
        return PGS_OK;
    reader->constraints =
        pgs_arena_array(reader->arena, table->constraint_count, sizeof(*reader->constraints));
    if (!reader->constraints)
        return pgs_error_oom(reader->err);
    table->constraints = reader->constraints;
    return pgs_row_each(reader, PGS_TABLE_CONSTRAINTS, take_constraint);
}
