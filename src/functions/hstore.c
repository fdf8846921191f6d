/* SPDX-License-Identifier: MIT
 *
 * postgres_hstore_get(hstore, key) and postgres_hstore_to_json(hstore): hstore
 * columns are read as their text, and these take that text apart.
 */
#include "wire/hstore.h"
#include "base/buf.h"
#include "base/limits.h"
#include "functions/functions.h"

static bool is_valid(duckdb_vector vector, idx_t row)
{
    uint64_t *validity = duckdb_vector_get_validity(vector);

    return !validity || duckdb_validity_row_is_valid(validity, row);
}

static struct pgs_str text_at(duckdb_vector vector, idx_t row)
{
    duckdb_string_t *strings = duckdb_vector_get_data(vector);
    struct pgs_str text = {duckdb_string_t_data(&strings[row]),
                           duckdb_string_t_length(strings[row])};
    return text;
}

static void set_null(duckdb_vector output, idx_t row)
{
    duckdb_vector_ensure_validity_writable(output);
    duckdb_validity_set_row_invalid(duckdb_vector_get_validity(output), row);
}

static enum pgs_status get_row(duckdb_vector texts, duckdb_vector keys, duckdb_vector output,
                               idx_t row, struct pgs_buf *value, struct pgs_error *err)
{
    bool found;

    if (!is_valid(texts, row) || !is_valid(keys, row)) {
        set_null(output, row);
        return PGS_OK;
    }
    pgs_buf_reset(value);
    PGS_TRY(pgs_hstore_get_value(text_at(texts, row), text_at(keys, row), value, &found, err));
    if (found)
        duckdb_vector_assign_string_element_len(output, row, value->at, value->size_bytes);
    else
        set_null(output, row);
    return PGS_OK;
}

static enum pgs_status get(duckdb_data_chunk input, duckdb_vector output, struct pgs_error *err)
{
    duckdb_vector texts = duckdb_data_chunk_get_vector(input, 0);
    duckdb_vector keys = duckdb_data_chunk_get_vector(input, 1);
    struct pgs_buf value;
    enum pgs_status status = PGS_OK;

    pgs_buf_init(&value, PGS_ROW_BYTES_MAX);
    for (idx_t row = 0; row < duckdb_data_chunk_get_size(input) && status == PGS_OK; row++)
        status = get_row(texts, keys, output, row, &value, err);
    pgs_buf_release(&value);
    return status;
}

static enum pgs_status to_json(duckdb_data_chunk input, duckdb_vector output, struct pgs_error *err)
{
    duckdb_vector texts = duckdb_data_chunk_get_vector(input, 0);
    struct pgs_buf json;
    enum pgs_status status = PGS_OK;

    pgs_buf_init(&json, PGS_ROW_BYTES_MAX);
    for (idx_t row = 0; row < duckdb_data_chunk_get_size(input) && status == PGS_OK; row++) {
        if (!is_valid(texts, row)) {
            set_null(output, row);
            continue;
        }
        pgs_buf_reset(&json);
        status = pgs_hstore_to_json_text(text_at(texts, row), &json, err);
        if (status == PGS_OK)
            duckdb_vector_assign_string_element_len(output, row, json.at, json.size_bytes);
    }
    pgs_buf_release(&json);
    return status;
}

static const char *const parameters[] = {"hstore", "key"};

const struct pgs_scalar_function pgs_hstore_get = {
    .name = "postgres_hstore_get",
    .description = "The value of a key in the text of a Postgres hstore, or NULL.",
    .example = "postgres_hstore_get('\"a\"=>\"1\"', 'a')",
    .parameters = parameters,
    .parameter_count = 2,
    .run = get,
};

const struct pgs_scalar_function pgs_hstore_to_json = {
    .name = "postgres_hstore_to_json",
    .description = "The text of a Postgres hstore as a JSON object.",
    .example = "postgres_hstore_to_json('\"a\"=>\"1\"')",
    .parameters = parameters,
    .parameter_count = 1,
    .returns_json = true,
    .run = to_json,
};
