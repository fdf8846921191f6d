/* SPDX-License-Identifier: MIT
 *
 * From one row of the answer to a table query to struct pgs_table.
 */
#include "base/alloc.h"
#include "base/limits.h"
#include "catalog/internal.h"

enum pgs_status pgs_row_malformed(struct pgs_error *err)
{
    return pgs_error_set(err, PGS_ERR_PROTOCOL, "malformed table in an answer of the catalog");
}

/* ---- cells ---- */

enum pgs_status pgs_row_copy(struct pgs_row_reader *reader, struct pgs_str text,
                             struct pgs_str *copy)
{
    *copy = pgs_arena_str(reader->arena, text);
    return copy->at ? PGS_OK : pgs_error_oom(reader->err);
}

enum pgs_status pgs_row_each(struct pgs_row_reader *reader, size_t cell, pgs_take_element *take)
{
    struct pgs_array_text array;
    struct pgs_str element = {NULL, 0};
    enum pgs_status status;
    bool more = true;
    size_t index = 0;

    if (pgs_result_is_null(reader->answer, reader->row, cell))
        return PGS_OK;
    pgs_array_text_init(&array, pgs_result_get(reader->answer, reader->row, cell));
    status = pgs_array_text_next(&array, &element, &more, reader->err);
    while (status == PGS_OK && more) {
        status = take(reader, index++, element);
        if (status == PGS_OK)
            status = pgs_array_text_next(&array, &element, &more, reader->err);
    }
    pgs_array_text_release(&array);
    return status;
}

/* Columns come in attnum order. */
struct pgs_column *pgs_row_column(struct pgs_row_reader *reader, int64_t attnum)
{
    size_t low = 0;
    size_t high = reader->table->column_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (reader->columns[middle].attnum < attnum)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == reader->table->column_count || reader->columns[low].attnum != attnum)
        return NULL;
    return &reader->columns[low];
}

/* ---- columns ---- */

static enum pgs_collation collation_of(char letter)
{
    switch (letter) {
    case 'n':
        return PGS_COLLATION_NONE;
    case 'c':
        return PGS_COLLATION_C;
    case 'd':
        return PGS_COLLATION_DETERMINISTIC;
    default:
        return PGS_COLLATION_NONDETERMINISTIC;
    }
}

/* Types of extensions may be collatable and compare as they please (citext). */
static enum pgs_collation collation_for(const struct pgs_type *type, char letter)
{
    if (type->kind != PGS_KIND_TEXT && type->kind != PGS_KIND_BPCHAR)
        return PGS_COLLATION_NONE;
    return collation_of(letter);
}

/* "attnum oid typmod ndims flags collation name" */
static enum pgs_status take_column(struct pgs_row_reader *reader, size_t index,
                                   struct pgs_str element)
{
    struct pgs_column *column = &reader->columns[index];
    int64_t attnum, oid, typmod, ndims;
    bool numbers = pgs_take_int(&element, &attnum) && pgs_take_int(&element, &oid) &&
                   pgs_take_int(&element, &typmod) && pgs_take_int(&element, &ndims);
    struct pgs_str flags = pgs_take_word(&element);
    struct pgs_str collation = pgs_take_word(&element);
    struct pgs_type_part part;

    if (!numbers || attnum < 1 || attnum > INT16_MAX || oid < 0 || oid > UINT32_MAX ||
        typmod < -1 || typmod > INT32_MAX || ndims < 0 || ndims > INT16_MAX ||
        flags.size_bytes != 4 || collation.size_bytes != 1 || element.size_bytes == 0 ||
        (index && attnum <= reader->columns[index - 1].attnum))
        return pgs_row_malformed(reader->err);
    part = (struct pgs_type_part){
        .oid = (uint32_t)oid, .typmod = (int32_t)typmod, .ndims = (int32_t)ndims};
    part.name = column->default_sql; /* lent by take_sql_name() */
    column->default_sql = (struct pgs_str){NULL, 0};
    column->attnum = (int16_t)attnum;
    column->not_null = flags.at[0] == 't';
    column->has_default = flags.at[1] == 't';
    column->is_generated = flags.at[2] == 't';
    column->is_identity = flags.at[3] != 'n';
    column->is_identity_always = flags.at[3] == 'a';
    column->type = pgs_type_set_get(reader->types, &part);
    if (!column->type)
        return pgs_error_oom(reader->err);
    column->is_domain = column->type->oid != (uint32_t)oid;
    column->collation = collation_for(column->type, collation.at[0]);
    return pgs_row_copy(reader, element, &column->name);
}

/* The SQL name must be known when the type is built; default_sql, not yet read,
 * lends its place. */
static enum pgs_status take_sql_name(struct pgs_row_reader *reader, size_t index,
                                     struct pgs_str element)
{
    if (index >= reader->table->column_count)
        return pgs_row_malformed(reader->err);
    return pgs_row_copy(reader, element, &reader->columns[index].default_sql);
}

static enum pgs_status name_columns(struct pgs_row_reader *reader)
{
    size_t count = reader->table->column_count;
    struct pgs_str *names = pgs_alloc_array(count, sizeof(*names));
    enum pgs_status status;

    if (!names)
        return pgs_error_oom(reader->err);
    for (size_t i = 0; i < count; i++)
        names[i] = reader->columns[i].name;
    status = pgs_names_make_unique(reader->arena, names, count, reader->err);
    for (size_t i = 0; i < count; i++)
        reader->columns[i].shown_name = names[i];
    pgs_free(names);
    return status;
}

static enum pgs_status read_columns(struct pgs_row_reader *reader)
{
    struct pgs_table *table = reader->table;
    struct pgs_str text = pgs_result_get(reader->answer, reader->row, PGS_TABLE_COLUMNS);

    PGS_TRY(pgs_array_text_count(text, &table->column_count, reader->err));
    if (table->column_count > PGS_COLUMNS_MAX)
        return pgs_row_malformed(reader->err);
    reader->columns = pgs_arena_array(reader->arena, table->column_count, sizeof(*reader->columns));
    if (!reader->columns)
        return pgs_error_oom(reader->err);
    table->columns = reader->columns;
    PGS_TRY(pgs_row_each(reader, PGS_TABLE_SQL_NAMES, take_sql_name));
    PGS_TRY(pgs_row_each(reader, PGS_TABLE_COLUMNS, take_column));
    return name_columns(reader);
}

/* ---- what only some columns have ---- */

static enum pgs_status take_default(struct pgs_row_reader *reader, size_t index,
                                    struct pgs_str element)
{
    struct pgs_column *column;
    int64_t attnum;

    (void)index;
    if (!pgs_take_int(&element, &attnum))
        return pgs_row_malformed(reader->err);
    column = pgs_row_column(reader, attnum);
    return column ? pgs_row_copy(reader, element, &column->default_sql) : PGS_OK;
}

static enum pgs_status take_comment(struct pgs_row_reader *reader, size_t index,
                                    struct pgs_str element)
{
    struct pgs_column *column;
    int64_t attnum;

    (void)index;
    if (!pgs_take_int(&element, &attnum))
        return pgs_row_malformed(reader->err);
    if (attnum == 0)
        return pgs_row_copy(reader, element, &reader->table->comment);
    column = pgs_row_column(reader, attnum);
    return column ? pgs_row_copy(reader, element, &column->comment) : PGS_OK;
}

/* A float4 as the server prints it: digits, a point, perhaps an exponent. Own
 * reading, since strtod() follows the locale. */
static double read_real(struct pgs_str text)
{
    double value = 0, scale = 1;
    bool negative = text.size_bytes && text.at[0] == '-';
    bool fraction = false;
    size_t i = negative ? 1 : 0;
    int64_t exponent = 0;

    for (; i < text.size_bytes && text.at[i] != 'e'; i++) {
        if (text.at[i] == '.' && !fraction) {
            fraction = true;
            continue;
        }
        if (text.at[i] < '0' || text.at[i] > '9')
            return 0;
        value = value * 10 + (text.at[i] - '0');
        scale = fraction ? scale * 10 : scale;
    }
    if (i < text.size_bytes) {
        struct pgs_str digits = {text.at + i + 1, text.size_bytes - i - 1};

        if (digits.size_bytes && digits.at[0] == '+')
            digits = (struct pgs_str){digits.at + 1, digits.size_bytes - 1};
        if (!pgs_take_int(&digits, &exponent) || exponent < -40 || exponent > 40)
            return 0;
    }
    value /= scale;
    for (; exponent > 0; exponent--)
        value *= 10;
    for (; exponent < 0; exponent++)
        value /= 10;
    return negative ? -value : value;
}

static enum pgs_status take_distinct(struct pgs_row_reader *reader, size_t index,
                                     struct pgs_str element)
{
    struct pgs_column *column;
    int64_t attnum;

    (void)index;
    if (!pgs_take_int(&element, &attnum))
        return pgs_row_malformed(reader->err);
    column = pgs_row_column(reader, attnum);
    if (column)
        column->distinct = read_real(element);
    return PGS_OK;
}

static enum pgs_status take_unproven(struct pgs_row_reader *reader, size_t index,
                                     struct pgs_str element)
{
    struct pgs_column *column;
    int64_t attnum;

    (void)index;
    if (!pgs_take_int(&element, &attnum))
        return pgs_row_malformed(reader->err);
    column = pgs_row_column(reader, attnum);
    if (column)
        column->not_null = false;
    return PGS_OK;
}

/* NOT NULL is a promise nobody keeps for foreign tables; for an inheritance
 * parent before 18, a child may have dropped it. */
static void distrust_not_null(struct pgs_row_reader *reader)
{
    const struct pgs_table *table = reader->table;

    if (table->kind != PGS_REL_FOREIGN_TABLE &&
        !(table->kind == PGS_REL_TABLE && table->has_children))
        return;
    for (size_t i = 0; i < table->column_count; i++)
        reader->columns[i].not_null = false;
}

/* ---- keys ---- */

/* "t|f attnum …" */
static enum pgs_status take_key(struct pgs_row_reader *reader, size_t index, struct pgs_str element)
{
    struct pgs_key *key = &reader->keys[index];
    struct pgs_str primary = pgs_take_word(&element);
    size_t count_max = element.size_bytes / 2 + 1;
    uint32_t *columns = pgs_arena_array(reader->arena, count_max, sizeof(*columns));

    if (!columns)
        return pgs_error_oom(reader->err);
    key->primary = primary.size_bytes && primary.at[0] == 't';
    key->columns = columns;
    while (element.size_bytes) {
        struct pgs_column *column;
        int64_t attnum;

        if (!pgs_take_int(&element, &attnum))
            return pgs_row_malformed(reader->err);
        column = pgs_row_column(reader, attnum);
        if (!column || key->column_count == count_max)
            return pgs_row_malformed(reader->err);
        columns[key->column_count++] = (uint32_t)(column - reader->columns);
    }
    return key->column_count ? PGS_OK : pgs_row_malformed(reader->err);
}

static enum pgs_status read_keys(struct pgs_row_reader *reader)
{
    struct pgs_str text = pgs_result_get(reader->answer, reader->row, PGS_TABLE_KEYS);

    PGS_TRY(pgs_array_text_count(text, &reader->table->key_count, reader->err));
    if (reader->table->key_count == 0)
        return PGS_OK;
    reader->keys = pgs_arena_array(reader->arena, reader->table->key_count, sizeof(*reader->keys));
    if (!reader->keys)
        return pgs_error_oom(reader->err);
    reader->table->keys = reader->keys;
    return pgs_row_each(reader, PGS_TABLE_KEYS, take_key);
}

/* ---- size ---- */

static double width_bytes(const struct pgs_type *type)
{
    switch (type->target) {
    case PGS_TARGET_BOOLEAN:
        return 1;
    case PGS_TARGET_SMALLINT:
        return 2;
    case PGS_TARGET_INTEGER:
    case PGS_TARGET_UINTEGER:
    case PGS_TARGET_FLOAT:
    case PGS_TARGET_DATE:
    case PGS_TARGET_ENUM:
        return 4;
    case PGS_TARGET_BIGINT:
    case PGS_TARGET_DECIMAL:
    case PGS_TARGET_DOUBLE:
    case PGS_TARGET_TIME:
    case PGS_TARGET_TIMESTAMP:
    case PGS_TARGET_TIMESTAMPTZ:
        return 8;
    case PGS_TARGET_TIMETZ:
    case PGS_TARGET_UUID:
    case PGS_TARGET_INTERVAL:
        return 16;
    default:
        return 32;
    }
}

/* How many rows a block holds when nobody has counted: as the planner does,
 * from the declared widths.
 * Source: table_block_relation_estimate_size, tableam.c; get_typavgwidth,
 * lsyscache.c, 18: header 24, line pointer 4, page header 24. */
static double rows_per_block(const struct pgs_table *table, double block_bytes)
{
    double width = 24 + 4;

    for (size_t i = 0; i < table->column_count; i++)
        width += width_bytes(table->columns[i].type);
    return (block_bytes - 24) / width;
}

static void read_size(struct pgs_row_reader *reader)
{
    struct pgs_table *table = reader->table;
    const struct pgs_result *answer = reader->answer;
    size_t row = reader->row;
    double block_bytes = pgs_result_double(answer, row, PGS_TABLE_BLOCK_SIZE, 8192);
    double blank = pgs_result_double(answer, row, PGS_TABLE_BLANK, 0);

    table->blocks = pgs_result_int(answer, row, PGS_TABLE_BLOCKS, -1);
    if (pgs_result_is_null(answer, row, PGS_TABLE_ROWS) &&
        pgs_result_is_null(answer, row, PGS_TABLE_BLANK)) {
        table->rows = -1;
        return;
    }
    table->rows = pgs_result_double(answer, row, PGS_TABLE_ROWS, 0) +
                  blank * rows_per_block(table, block_bytes);
}

/* ---- tables ---- */

static bool is_relkind(struct pgs_str text)
{
    return text.size_bytes == 1 &&
           (text.at[0] == PGS_REL_TABLE || text.at[0] == PGS_REL_VIEW ||
            text.at[0] == PGS_REL_MATERIALIZED_VIEW || text.at[0] == PGS_REL_FOREIGN_TABLE ||
            text.at[0] == PGS_REL_PARTITIONED);
}

enum pgs_status pgs_table_read(struct pgs_row_reader *reader)
{
    struct pgs_table *table = reader->table;
    const struct pgs_result *answer = reader->answer;
    struct pgs_str kind = pgs_result_get(answer, reader->row, PGS_TABLE_KIND);

    if (!is_relkind(kind))
        return pgs_row_malformed(reader->err);
    table->oid = (uint32_t)pgs_result_int(answer, reader->row, PGS_TABLE_OID, 0);
    table->kind = (enum pgs_relkind)kind.at[0];
    table->has_children = pgs_result_bool(answer, reader->row, PGS_TABLE_HAS_CHILDREN);
    table->has_ctid = pgs_result_bool(answer, reader->row, PGS_TABLE_IS_HEAP) &&
                      (kind.at[0] == PGS_REL_TABLE || kind.at[0] == PGS_REL_MATERIALIZED_VIEW);
    PGS_TRY(pgs_row_copy(reader, pgs_result_get(answer, reader->row, PGS_TABLE_SCHEMA),
                         &table->schema));
    PGS_TRY(
        pgs_row_copy(reader, pgs_result_get(answer, reader->row, PGS_TABLE_NAME), &table->name));
    PGS_TRY(read_columns(reader));
    PGS_TRY(pgs_row_each(reader, PGS_TABLE_DEFAULTS, take_default));
    PGS_TRY(pgs_row_each(reader, PGS_TABLE_COMMENTS, take_comment));
    PGS_TRY(pgs_row_each(reader, PGS_TABLE_DISTINCT, take_distinct));
    PGS_TRY(pgs_row_each(reader, PGS_TABLE_UNPROVEN, take_unproven));
    distrust_not_null(reader);
    PGS_TRY(read_keys(reader));
    table->index_count = (size_t)pgs_result_int(answer, reader->row, PGS_TABLE_INDEX_COUNT, 0);
    if (table->index_count > PGS_TABLE_INDEXES_MAX)
        return pgs_row_malformed(reader->err);
    PGS_TRY(pgs_constraints_read(reader));
    read_size(reader);
    return PGS_OK;
}
