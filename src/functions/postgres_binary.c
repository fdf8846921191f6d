/* SPDX-License-Identifier: MIT
 *
 * COPY … TO and FROM a file (FORMAT postgres_binary): the binary format of
 * Postgres's own COPY.
 */
#include "base/alloc.h"
#include "base/limits.h"
#include "functions/binary_columns.h"
#include "functions/binary_file.h"
#include "functions/functions.h"
#include "scan/chunk.h"

/* How much may be gathered before it is written: one chunk of wide rows. */
#define WRITE_BYTES_MAX ((size_t)4 * 1024 * 1024 * 1024)

struct pgs_copy_writer {
    struct pgs_host_file *file;
    struct pgs_arena arena;
    struct pgs_row_column *columns;
    struct pgs_vector *vectors;
    size_t column_count;
    struct pgs_rows_encoder *encoder;
    struct pgs_str null_byte_replacement;
    struct pgs_buf bytes;
};

static void free_writer(struct pgs_copy_writer *writer)
{
    if (!writer)
        return;
    pgs_host_file_free(writer->file);
    pgs_rows_encoder_free(writer->encoder);
    for (size_t i = 0; writer->vectors && i < writer->column_count; i++)
        pgs_vector_tree_release(&writer->vectors[i]);
    pgs_buf_release(&writer->bytes);
    pgs_arena_release(&writer->arena);
    pgs_free(writer);
}

static enum pgs_status read_replacement(struct pgs_copy_writer *writer,
                                        struct pgs_host_context *context, struct pgs_error *err)
{
    duckdb_value value = pgs_host_setting(context, "pg_null_byte_replacement");

    if (!value)
        return PGS_OK;
    writer->null_byte_replacement = pgs_arena_str(&writer->arena, pgs_host_text(value));
    duckdb_destroy_value(&value);
    return writer->null_byte_replacement.at ? PGS_OK : pgs_error_oom(err);
}

static enum pgs_status set_up(struct pgs_copy_writer *writer, const duckdb_logical_type *types,
                              const struct pgs_str *names, struct pgs_error *err)
{
    struct pgs_codec_options options = {.null_byte_replacement = writer->null_byte_replacement};
    size_t count = writer->column_count;

    writer->columns = pgs_arena_array(&writer->arena, count, sizeof(*writer->columns));
    writer->vectors = pgs_arena_array(&writer->arena, count, sizeof(*writer->vectors));
    if (!writer->columns || !writer->vectors)
        return pgs_error_oom(err);
    PGS_TRY(pgs_binary_columns(&writer->arena, types, names, count, writer->columns, err));
    for (size_t i = 0; i < count; i++)
        PGS_TRY(pgs_vector_tree_init(&writer->vectors[i], writer->columns[i].type, err));
    return pgs_rows_encoder_new(writer->columns, count, PGS_ROWS_BINARY, pgs_str_of("COPY"),
                                &options, &writer->encoder, err);
}

static enum pgs_status flush(struct pgs_copy_writer *writer, struct pgs_error *err)
{
    PGS_TRY(pgs_buf_status(&writer->bytes, err));
    PGS_TRY(pgs_host_file_write(writer->file, writer->bytes.at, writer->bytes.size_bytes, err));
    pgs_buf_reset(&writer->bytes);
    return PGS_OK;
}

static enum pgs_status check_writer(const duckdb_logical_type *types, const struct pgs_str *names,
                                    size_t count, struct pgs_error *err)
{
    struct pgs_copy_writer writer = {.column_count = count};
    enum pgs_status status;

    pgs_arena_init(&writer.arena);
    status = set_up(&writer, types, names, err);
    pgs_rows_encoder_free(writer.encoder);
    for (size_t i = 0; writer.vectors && i < count; i++)
        pgs_vector_tree_release(&writer.vectors[i]);
    pgs_arena_release(&writer.arena);
    return status;
}

static enum pgs_status open_writer(struct pgs_host_context *context, const char *path,
                                   const duckdb_logical_type *types, const struct pgs_str *names,
                                   size_t count, struct pgs_copy_writer **writer,
                                   struct pgs_error *err)
{
    struct pgs_copy_writer *made = pgs_alloc_array(1, sizeof(*made));
    enum pgs_status status;

    if (!made)
        return pgs_error_oom(err);
    pgs_arena_init(&made->arena);
    pgs_buf_init(&made->bytes, WRITE_BYTES_MAX);
    made->column_count = count;
    status = read_replacement(made, context, err);
    if (status == PGS_OK)
        status = set_up(made, types, names, err);
    if (status == PGS_OK)
        status = pgs_host_file_open(context, path, true, &made->file, err);
    if (status == PGS_OK) {
        pgs_rows_encode_header(&made->bytes);
        *writer = made;
    } else {
        free_writer(made);
    }
    return status;
}

static enum pgs_status write(struct pgs_copy_writer *writer, duckdb_data_chunk chunk,
                             struct pgs_error *err)
{
    for (size_t i = 0; i < writer->column_count; i++)
        pgs_vector_bind_read(&writer->vectors[i], writer->columns[i].type,
                             duckdb_data_chunk_get_vector(chunk, i));
    PGS_TRY(pgs_rows_encode(writer->encoder, writer->vectors, 0, duckdb_data_chunk_get_size(chunk),
                            &writer->bytes, err));
    return writer->bytes.size_bytes >= PGS_SEND_BYTES ? flush(writer, err) : PGS_OK;
}

static enum pgs_status finish(struct pgs_copy_writer *writer, struct pgs_error *err)
{
    pgs_rows_encode_trailer(&writer->bytes);
    PGS_TRY(flush(writer, err));
    return pgs_host_file_close(writer->file, err);
}

static enum pgs_status bind_reader(const char *path, const duckdb_logical_type *types,
                                   const struct pgs_str *names, size_t count, void **bound,
                                   struct pgs_error *err)
{
    struct pgs_binary_file *file = NULL;

    PGS_TRY(pgs_binary_file_new(path, types, names, count, &file, err));
    *bound = file;
    return PGS_OK;
}

const struct pgs_copy_format pgs_postgres_binary = {
    .name = "postgres_binary",
    .open_writer = open_writer,
    .check_writer = check_writer,
    .write = write,
    .finish = finish,
    .free_writer = free_writer,
    .bind_reader = bind_reader,
    .reader = &pgs_binary_file_source,
};
