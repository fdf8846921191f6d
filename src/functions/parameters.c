/* SPDX-License-Identifier: MIT */
#include "functions/parameters.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "catalog/logical_type.h"
#include "functions/parameter_text.h"
#include "scan/chunk.h"
#include "wire/codec.h"

enum { TEXT_OID = 25 };

enum pgs_status pgs_values_open(duckdb_value params, struct pgs_values *values,
                                struct pgs_error *err)
{
    duckdb_logical_type type = duckdb_get_value_type(params);
    bool list = duckdb_get_type_id(type) == DUCKDB_TYPE_LIST;

    if (duckdb_get_type_id(type) != DUCKDB_TYPE_STRUCT && !list)
        return pgs_error_set(err, PGS_ERR_USAGE, "Query parameters must be specified in a STRUCT");
    values->count =
        list ? duckdb_get_list_size(params) : (size_t)duckdb_struct_type_child_count(type);
    values->values = pgs_alloc_array(values->count, sizeof(*values->values));
    values->declared = pgs_alloc_array(values->count, sizeof(*values->declared));
    if (!values->values || !values->declared)
        return pgs_error_oom(err);
    for (size_t i = 0; i < values->count; i++) {
        duckdb_value member =
            list ? duckdb_get_list_child(params, i) : duckdb_get_struct_child(params, i);

        if (member && duckdb_is_null_value(member))
            duckdb_destroy_value(&member);
        values->values[i] = member;
    }
    return PGS_OK;
}

void pgs_values_release(struct pgs_values *values)
{
    for (size_t i = 0; values->values && i < values->count; i++)
        duckdb_destroy_value(&values->values[i]);
    pgs_free(values->values);
    pgs_free(values->declared);
    memset(values, 0, sizeof(*values));
}

/* ---- which types ---- */

static duckdb_type type_id(duckdb_value value)
{
    return duckdb_get_type_id(duckdb_get_value_type(value));
}

/* NULL and VARCHAR take whatever type the server gives them. */
static bool has_type(duckdb_value value)
{
    return value && type_id(value) != DUCKDB_TYPE_VARCHAR;
}

/* The PostgreSQL type of a column made from such values; 0: none without a
 * look at the server's catalog. */
static uint32_t own_oid(duckdb_value value)
{
    struct pgs_source_type source;
    struct pgs_arena arena;
    uint32_t oid = 0;

    if (!value)
        return TEXT_OID;
    pgs_arena_init(&arena);
    if (pgs_source_type_of(duckdb_get_value_type(value), &arena, &source, NULL) == PGS_OK)
        oid = pgs_type_to_oid(&source);
    pgs_arena_release(&arena);
    return oid;
}

/* Declares what has a type of its own where nothing is declared yet; false when
 * that changes nothing. */
static bool declare_all(struct pgs_values *values)
{
    bool changed = false;

    for (size_t i = 0; i < values->count; i++) {
        if (values->declared[i] || !has_type(values->values[i]))
            continue;
        values->declared[i] = own_oid(values->values[i]);
        changed = changed || values->declared[i];
    }
    return changed;
}

/* "could not determine data type of parameter $2", in any language. */
static bool declare_named(struct pgs_values *values, const char *message)
{
    const char *dollar = strchr(message, '$');
    unsigned long number = dollar ? strtoul(dollar + 1, NULL, 10) : 0;

    if (number == 0 || number > values->count || values->declared[number - 1])
        return false;
    values->declared[number - 1] = own_oid(values->values[number - 1]);
    return values->declared[number - 1] != 0;
}

/* Whether the refusal is one that declaring types may help. Source:
 * check_variable_parameters, parser/parse_param.c (42P18); op_error,
 * parser/parse_oper.c and ParseFuncOrColumn (42725), 18. */
static bool declare_for(struct pgs_values *values, const struct pgs_error *refusal)
{
    if (strcmp(refusal->sqlstate, "42P18") == 0)
        return declare_named(values, refusal->message);
    if (strcmp(refusal->sqlstate, "42725") == 0)
        return declare_all(values);
    return false;
}

static enum pgs_status ask(const struct pgs_values *values, const struct pgs_describer *describer,
                           struct pgs_result **described, struct pgs_error *err)
{
    struct pgs_declared declared = {values->declared, values->count, describer->guarded};

    /* A declaration without a parameter would become one. */
    while (declared.count > 0 && declared.oids[declared.count - 1] == 0)
        declared.count--;
    return describer->describe(describer->context, &declared, described, err);
}

/* Declares values that the server took for text without being told to; false
 * when there are none. */
static bool declare_texts(struct pgs_values *values, const struct pgs_result *described)
{
    bool changed = false;

    for (size_t i = 0; i < values->count; i++) {
        if (values->declared[i] || !has_type(values->values[i]) ||
            pgs_result_parameter_oid(described, i) != TEXT_OID)
            continue;
        values->declared[i] = own_oid(values->values[i]);
        changed = changed || values->declared[i];
    }
    return changed;
}

/* Whether the statement wanted texts (name = $1) or had no opinion (SELECT $1)
 * is seen by asking again with other types. */
static enum pgs_status ask_again(const struct pgs_values *values,
                                 const struct pgs_describer *describer,
                                 struct pgs_result **described, struct pgs_error *err)
{
    struct pgs_result *again = NULL;
    struct pgs_error refusal;
    enum pgs_status status;

    pgs_error_init(&refusal);
    status = ask(values, describer, &again, &refusal);
    if (status == PGS_OK) {
        pgs_result_free(*described);
        *described = again;
    } else if (status != PGS_ERR_SERVER) {
        if (err)
            *err = refusal;
        return status;
    }
    return PGS_OK;
}

enum pgs_status pgs_values_describe(struct pgs_values *values,
                                    const struct pgs_describer *describer,
                                    struct pgs_result **described, struct pgs_error *err)
{
    enum pgs_status status;

    do {
        status = ask(values, describer, described, err);
    } while (status == PGS_ERR_SERVER && declare_for(values, err));
    if (status == PGS_OK && pgs_result_parameters(*described) == values->count &&
        declare_texts(values, *described))
        status = ask_again(values, describer, described, err);
    if (status != PGS_OK) {
        pgs_result_free(*described);
        *described = NULL;
    }
    return status;
}

uint8_t pgs_values_dimensions(const struct pgs_values *values, size_t index)
{
    struct pgs_source_type source;
    const struct pgs_source_type *level = &source;
    struct pgs_arena arena;
    uint8_t dimensions = 0;

    if (!values->values[index])
        return 0;
    pgs_arena_init(&arena);
    if (pgs_source_type_of(duckdb_get_value_type(values->values[index]), &arena, &source, NULL) ==
        PGS_OK) {
        for (; level && (level->id == PGS_SOURCE_LIST || level->id == PGS_SOURCE_ARRAY);
             level = level->element)
            dimensions++;
    }
    pgs_arena_release(&arena);
    return dimensions;
}

/* ---- their bytes ---- */

static bool is_text(duckdb_logical_type logical)
{
    return duckdb_get_type_id(logical) == DUCKDB_TYPE_VARCHAR;
}

/* VARCHAR, and lists of it for an array: the server's input function reads them. */
static bool is_server_text(duckdb_value value, const struct pgs_type *type)
{
    duckdb_logical_type logical = duckdb_get_value_type(value);
    duckdb_logical_type inner = NULL;
    bool text;

    if (duckdb_get_type_id(logical) != DUCKDB_TYPE_LIST || type->target != PGS_TARGET_LIST)
        return is_text(logical);
    inner = duckdb_list_type_child_type(logical);
    while (duckdb_get_type_id(inner) == DUCKDB_TYPE_LIST) {
        duckdb_logical_type below = duckdb_list_type_child_type(inner);

        duckdb_destroy_logical_type(&inner);
        inner = below;
    }
    text = is_text(inner);
    duckdb_destroy_logical_type(&inner);
    return text;
}

/* Encodes row 0 of the chunk's one vector. */
static enum pgs_status encode_row(duckdb_data_chunk chunk, const struct pgs_type *type,
                                  struct pgs_buf *bytes, struct pgs_error *err)
{
    static const struct pgs_codec_options options = {0};
    struct pgs_vector vector;
    enum pgs_status status = pgs_vector_tree_init(&vector, type, err);

    if (status != PGS_OK)
        return status;
    pgs_vector_bind_read(&vector, type, duckdb_data_chunk_get_vector(chunk, 0));
    status = pgs_encoder_for(type)(type, &options, &vector, 0, bytes, err);
    pgs_vector_tree_release(&vector);
    return status;
}

static enum pgs_status encode_binary(struct pgs_host_context *context, duckdb_value value,
                                     const struct pgs_type *type, struct pgs_buf *bytes,
                                     struct pgs_error *err)
{
    duckdb_logical_type logical = NULL;
    duckdb_data_chunk chunk;
    enum pgs_status status;

    PGS_TRY(pgs_logical_type_of(type, &logical, err));
    chunk = duckdb_create_data_chunk(&logical, 1);
    duckdb_destroy_logical_type(&logical);
    if (!chunk)
        return pgs_error_oom(err);
    status = pgs_host_cast(context, value, duckdb_data_chunk_get_vector(chunk, 0), err);
    if (status == PGS_OK)
        status = encode_row(chunk, type, bytes, err);
    duckdb_destroy_data_chunk(&chunk);
    return status;
}

static enum pgs_status encode(struct pgs_host_context *context, duckdb_value value,
                              const struct pgs_type *type, struct pgs_arena *arena,
                              struct pgs_parameter *parameter, struct pgs_error *err)
{
    struct pgs_buf bytes;
    enum pgs_status status;

    pgs_buf_init(&bytes, PGS_ROW_BYTES_MAX);
    parameter->binary = !is_server_text(value, type) && pgs_encoder_for(type);
    status = parameter->binary ? encode_binary(context, value, type, &bytes, err)
                               : pgs_parameter_text(value, &bytes, err);
    if (status == PGS_OK)
        status = pgs_buf_status(&bytes, err);
    if (status == PGS_OK) {
        parameter->value = pgs_arena_str(arena, pgs_buf_str(&bytes));
        status = parameter->value.at ? PGS_OK : pgs_error_oom(err);
    }
    pgs_buf_release(&bytes);
    return status;
}

enum pgs_status pgs_values_encode(const struct pgs_values *values, struct pgs_host_context *context,
                                  const uint32_t *oids, const struct pgs_type *const *types,
                                  struct pgs_arena *arena, struct pgs_parameters *parameters,
                                  struct pgs_error *err)
{
    struct pgs_parameter *made = pgs_arena_array(arena, values->count, sizeof(*made));

    if (!made)
        return pgs_error_oom(err);
    for (size_t i = 0; i < values->count; i++) {
        enum pgs_status status = PGS_OK;

        made[i].oid = oids[i];
        if (values->values[i])
            status = encode(context, values->values[i], types[i], arena, &made[i], err);
        if (status == PGS_OK)
            continue;
        if (status == PGS_ERR_CONVERSION && err)
            err->code = PGS_ERR_USAGE;
        (void)pgs_error_context(err, "parameter $%zu", i + 1);
        pgs_error_hint(err, "$%zu::type in the statement chooses another type", i + 1);
        return status == PGS_ERR_CONVERSION ? PGS_ERR_USAGE : status;
    }
    parameters->values = made;
    parameters->count = values->count;
    return PGS_OK;
}
