/* SPDX-License-Identifier: MIT */
#include "functions/binary_file.h"

#include <string.h>

#include "base/alloc.h"
#include "functions/binary_columns.h"
#include "scan/chunk.h"

/* The header of the format: signature, flags, length of the extension. */
enum { SIGNATURE_BYTES = 11, HEADER_BYTES = 19 };

/* One reading. */
struct reading {
    const struct pgs_binary_file *bound;
    struct pgs_host_file *file;
    struct pgs_interrupt interrupt;
    struct pgs_rows_decoder *decoder;
    struct pgs_vector *vectors;
    size_t vector_count;
    uint8_t *buffer;
    size_t capacity_bytes; /* grows up to bound->buffer_bytes */
    size_t start_bytes, end_bytes;
    bool at_end; /* of the file */
};

enum { FIRST_BUFFER_BYTES = 256 * 1024 };

enum pgs_status pgs_binary_file_new(const char *path, const duckdb_logical_type *types,
                                    const struct pgs_str *names, size_t count,
                                    struct pgs_binary_file **file, struct pgs_error *err)
{
    struct pgs_binary_file *made = pgs_alloc_array(1, sizeof(*made));
    enum pgs_status status;

    if (!made)
        return pgs_error_oom(err);
    pgs_arena_init(&made->arena);
    made->buffer_bytes = PGS_BINARY_BUFFER_BYTES;
    made->column_count = count;
    made->path = pgs_strndup(path, strlen(path));
    made->columns = pgs_arena_array(&made->arena, count, sizeof(*made->columns));
    if (!made->path || !made->columns)
        status = pgs_error_oom(err);
    else
        status = pgs_binary_columns(&made->arena, types, names, count, made->columns, err);
    if (status == PGS_OK)
        *file = made;
    else
        pgs_binary_file_free(made);
    return status;
}

void pgs_binary_file_free(struct pgs_binary_file *file)
{
    if (!file)
        return;
    pgs_free(file->path);
    pgs_arena_release(&file->arena);
    pgs_free(file);
}

static void close_reading(void *state)
{
    struct reading *reading = state;

    pgs_host_file_free(reading->file);
    pgs_rows_decoder_free(reading->decoder);
    for (size_t i = 0; i < reading->vector_count; i++)
        pgs_vector_tree_release(&reading->vectors[i]);
    pgs_free(reading->vectors);
    pgs_free(reading->buffer);
    pgs_free(reading);
}

static enum pgs_status set_up(struct reading *reading, struct pgs_error *err)
{
    const struct pgs_binary_file *bound = reading->bound;

    reading->vectors = pgs_alloc_array(bound->column_count, sizeof(*reading->vectors));
    reading->capacity_bytes = FIRST_BUFFER_BYTES;
    if (reading->capacity_bytes > bound->buffer_bytes)
        reading->capacity_bytes = (size_t)bound->buffer_bytes;
    /* The header is no row and may be longer than a small buffer. */
    if (reading->capacity_bytes < HEADER_BYTES)
        reading->capacity_bytes = HEADER_BYTES;
    reading->buffer = pgs_alloc(reading->capacity_bytes);
    if (!reading->vectors || !reading->buffer)
        return pgs_error_oom(err);
    for (; reading->vector_count < bound->column_count; reading->vector_count++)
        PGS_TRY(pgs_vector_tree_init(&reading->vectors[reading->vector_count],
                                     bound->columns[reading->vector_count].type, err));
    return pgs_rows_decoder_new(bound->columns, bound->column_count, pgs_str_of(bound->path), NULL,
                                &reading->decoder, err);
}

/* Reads more behind what is held. */
static enum pgs_status fill(struct reading *reading, struct pgs_error *err)
{
    size_t held_bytes = reading->end_bytes - reading->start_bytes;
    size_t got = 0;

    if (pgs_interrupted(&reading->interrupt))
        return pgs_error_set(err, PGS_ERR_CANCELLED, "interrupted");
    if (reading->start_bytes)
        memmove(reading->buffer, reading->buffer + reading->start_bytes, held_bytes);
    reading->start_bytes = 0;
    reading->end_bytes = held_bytes;
    if (held_bytes == reading->capacity_bytes) {
        uint64_t wanted = (uint64_t)reading->capacity_bytes * 2;
        uint8_t *grown;

        if (held_bytes >= reading->bound->buffer_bytes)
            return pgs_error_set(err, PGS_ERR_PROTOCOL,
                                 "Postgres binary file contains a row larger than the read buffer "
                                 "(%llu bytes). Increase buffer_size.",
                                 (unsigned long long)reading->bound->buffer_bytes);
        if (wanted > reading->bound->buffer_bytes)
            wanted = reading->bound->buffer_bytes;
        grown = pgs_realloc_array(reading->buffer, (size_t)wanted, 1);
        if (!grown)
            return pgs_error_oom(err);
        reading->buffer = grown;
        reading->capacity_bytes = (size_t)wanted;
    }
    PGS_TRY(pgs_host_file_read(reading->file, reading->buffer + held_bytes,
                               reading->capacity_bytes - held_bytes, &got, err));
    reading->end_bytes += got;
    reading->at_end = got == 0;
    return PGS_OK;
}

static enum pgs_status check_header(struct reading *reading, struct pgs_error *err)
{
    static const uint8_t signature[SIGNATURE_BYTES] = {'P',  'G',  'C',  'O',  'P', 'Y',
                                                       '\n', 0xFF, '\r', '\n', 0};

    while (!reading->at_end && reading->end_bytes < HEADER_BYTES)
        PGS_TRY(fill(reading, err));
    if (reading->end_bytes == 0)
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "Postgres binary file '%s' is empty",
                             reading->bound->path);
    if (reading->end_bytes < HEADER_BYTES)
        return pgs_error_set(err, PGS_ERR_PROTOCOL,
                             "Unable to read binary COPY data, invalid header");
    if (memcmp(reading->buffer, signature, SIGNATURE_BYTES) != 0)
        return pgs_error_set(err, PGS_ERR_PROTOCOL,
                             "Expected Postgres binary COPY header, got something else");
    return PGS_OK;
}

static enum pgs_status open_reading(void *bound, struct pgs_host_context *context, void **rows,
                                    struct pgs_error *err)
{
    struct reading *reading = pgs_alloc_array(1, sizeof(*reading));
    enum pgs_status status;

    if (!reading)
        return pgs_error_oom(err);
    reading->bound = bound;
    reading->interrupt = pgs_host_interrupt(context);
    status = pgs_host_file_open(context, reading->bound->path, false, &reading->file, err);
    if (status == PGS_OK)
        status = set_up(reading, err);
    if (status == PGS_OK)
        status = check_header(reading, err);
    if (status == PGS_OK)
        *rows = reading;
    else
        close_reading(reading);
    return status;
}

static enum pgs_status decode(struct reading *reading, size_t rows_max, size_t *count,
                              struct pgs_error *err)
{
    while (*count < rows_max && !pgs_rows_decoder_ended(reading->decoder)) {
        size_t got = 0;
        size_t consumed = 0;

        PGS_TRY(pgs_rows_decode(reading->decoder, reading->buffer + reading->start_bytes,
                                reading->end_bytes - reading->start_bytes, reading->vectors, *count,
                                rows_max - *count, &got, &consumed, err));
        reading->start_bytes += consumed;
        *count += got;
        if (*count == rows_max || pgs_rows_decoder_ended(reading->decoder))
            break;
        if (reading->at_end)
            return pgs_error_set(err, PGS_ERR_PROTOCOL,
                                 "Postgres binary file '%s' ends in the middle of a row",
                                 reading->bound->path);
        PGS_TRY(fill(reading, err));
    }
    return PGS_OK;
}

static enum pgs_status next_rows(void *state, duckdb_data_chunk chunk, size_t *count,
                                 struct pgs_error *err)
{
    struct reading *reading = state;
    const struct pgs_row_column *columns = reading->bound->columns;

    for (size_t i = 0; i < reading->vector_count; i++)
        pgs_vector_bind_write(&reading->vectors[i], columns[i].type,
                              duckdb_data_chunk_get_vector(chunk, i), duckdb_vector_size());
    PGS_TRY(decode(reading, duckdb_vector_size(), count, err));
    for (size_t i = 0; i < reading->vector_count; i++)
        pgs_vector_finish_write(&reading->vectors[i], columns[i].type);
    return PGS_OK;
}

static void release(void *bound)
{
    pgs_binary_file_free(bound);
}

const struct pgs_row_source pgs_binary_file_source = {open_reading, next_rows, close_reading,
                                                      release};
