/* SPDX-License-Identifier: MIT */
#include "write/insert.h"

#include <pthread.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "link/copy.h"
#include "scan/chunk.h"
#include "sql/quote.h"
#include "sql/statement.h"
#include "wire/rows.h"

/* A shared insert pays one statement per buffer, so it gathers more. */
#define SHARED_BUFFER_BYTES ((size_t)4 * 1024 * 1024)

/* The first that reads text of type "char" as it shows it: charin, char.c. */
#define OCTAL_CHAR_VERSION 150000

struct pgs_insert {
    struct pgs_transaction *transaction;
    const struct pgs_table *table; /* retained */
    struct pgs_row_column *columns;
    size_t column_count;
    enum pgs_row_format format;
    struct pgs_insert_options options;
    struct pgs_buf sql;
    pthread_mutex_t lock; /* stream, rows, failed */
    struct pgs_copy_in *stream;
    bool holds_main;
    bool failed;
    int64_t rows;
};

struct pgs_insert_part {
    struct pgs_insert *insert;
    struct pgs_rows_encoder *encoder;
    struct pgs_vector *vectors;
    struct pgs_buf bytes;
};

/* Says which columns can be given instead. */
static enum pgs_status fail_generated(const struct pgs_table *table, const uint32_t *columns,
                                      size_t column_count, uint32_t generated,
                                      struct pgs_error *err)
{
    const char *before = "";
    struct pgs_buf names;

    pgs_buf_init(&names, PGS_SQL_BYTES_MAX);
    for (size_t i = 0; i < column_count; i++) {
        if (table->columns[columns[i]].is_generated)
            continue;
        pgs_buf_add_text(&names, before);
        pgs_quote_ident(&names, table->columns[columns[i]].shown_name);
        before = ", ";
    }
    pgs_error_set(err, PGS_ERR_UNSUPPORTED,
                  "cannot insert into generated column \"%.*s\" of table \"%.*s\": the server "
                  "computes its values",
                  PGS_STR_ARG(table->columns[generated].shown_name), PGS_STR_ARG(table->name));
    pgs_error_hint(err, "name the columns to insert into and leave it out: (%s)", names.at);
    pgs_buf_release(&names);
    return PGS_ERR_UNSUPPORTED;
}

static enum pgs_status check_columns(const struct pgs_table *table, const uint32_t *columns,
                                     size_t column_count, struct pgs_error *err)
{
    for (size_t i = 0; i < column_count; i++) {
        if (table->columns[columns[i]].is_generated)
            return fail_generated(table, columns, column_count, columns[i], err);
    }
    return PGS_OK;
}

static enum pgs_status set_up_columns(struct pgs_insert *insert, const uint32_t *columns,
                                      struct pgs_error *err)
{
    struct pgs_str *names = pgs_alloc_array(insert->column_count, sizeof(*names));

    if (!names)
        return pgs_error_oom(err);
    for (size_t i = 0; i < insert->column_count; i++) {
        const struct pgs_column *column = &insert->table->columns[columns[i]];

        names[i] = column->name;
        insert->columns[i].name = column->shown_name;
        insert->columns[i].type = column->type;
    }
    if (!insert->options.as_text)
        insert->format = pgs_rows_format_for(insert->columns, insert->column_count);
    pgs_deparse_copy_in(&insert->sql, insert->table->schema, insert->table->name, names,
                        insert->column_count, insert->format);
    pgs_free(names);
    return pgs_buf_status(&insert->sql, err);
}

enum pgs_status pgs_insert_open(struct pgs_transaction *transaction, const struct pgs_table *table,
                                const uint32_t *columns, size_t column_count,
                                const struct pgs_insert_options *options,
                                struct pgs_insert **insert, struct pgs_error *err)
{
    struct pgs_insert *self = pgs_alloc_array(1, sizeof(*self));
    enum pgs_status status;

    if (!self)
        return pgs_error_oom(err);
    self->transaction = transaction;
    pgs_table_retain(table);
    self->table = table;
    self->options = *options;
    self->options.codec.octal_char_unknown =
        transaction->database->facts.version < OCTAL_CHAR_VERSION;
    self->format = PGS_ROWS_TEXT;
    self->column_count = column_count;
    pgs_buf_init(&self->sql, PGS_SQL_BYTES_MAX);
    pthread_mutex_init(&self->lock, NULL);
    self->columns = pgs_alloc_array(column_count, sizeof(*self->columns));
    status = check_columns(table, columns, column_count, err);
    if (status == PGS_OK)
        status = self->columns ? set_up_columns(self, columns, err) : pgs_error_oom(err);
    if (status == PGS_OK)
        status = pgs_session_begin_write(transaction->session, err);
    if (status != PGS_OK) {
        pgs_insert_free(self);
        return status;
    }
    *insert = self;
    return PGS_OK;
}

static void let_main_go(struct pgs_insert *insert)
{
    if (insert->holds_main)
        pgs_session_unlock(insert->transaction->session);
    insert->holds_main = false;
}

/* The header or trailer, which only the binary format has. */
static enum pgs_status send_mark(struct pgs_insert *insert, void (*add_mark)(struct pgs_buf *out),
                                 struct pgs_error *err)
{
    struct pgs_buf mark;
    enum pgs_status status;

    if (insert->format != PGS_ROWS_BINARY)
        return PGS_OK;
    pgs_buf_init(&mark, PGS_SEND_BYTES);
    add_mark(&mark);
    status = pgs_buf_status(&mark, err);
    if (status == PGS_OK)
        status = pgs_copy_in_write(insert->stream, mark.at, mark.size_bytes, err);
    pgs_buf_release(&mark);
    return status;
}

/* Opens the COPY on the main connection. */
static enum pgs_status open_stream(struct pgs_insert *insert, struct pgs_error *err)
{
    struct pgs_conn *main_conn = NULL;

    PGS_TRY(pgs_session_lock(insert->transaction->session, &main_conn, err));
    insert->holds_main = true;
    PGS_TRY(pgs_copy_in_open(main_conn, insert->sql.at, &insert->stream, err));
    return send_mark(insert, pgs_rows_encode_header, err);
}

/* Ends the COPY and adds the server's count. */
static enum pgs_status close_stream(struct pgs_insert *insert, struct pgs_error *err)
{
    struct pgs_copy_in *stream = insert->stream;
    int64_t rows = 0;
    enum pgs_status status;

    PGS_TRY(send_mark(insert, pgs_rows_encode_trailer, err));
    insert->stream = NULL;
    status = pgs_copy_in_finish(stream, &rows, err);
    let_main_go(insert);
    if (status == PGS_OK)
        insert->rows += rows;
    return status;
}

/* One buffer of whole rows to the server. Called with the lock held. */
static enum pgs_status send(struct pgs_insert *insert, const struct pgs_buf *bytes,
                            struct pgs_error *err)
{
    if (insert->failed)
        return pgs_error_set(err, PGS_ERR_CANCELLED, "another part of the insert failed");
    if (!insert->stream)
        PGS_TRY(open_stream(insert, err));
    PGS_TRY(pgs_copy_in_write(insert->stream, bytes->at, bytes->size_bytes, err));
    return insert->options.shared ? close_stream(insert, err) : PGS_OK;
}

/* What failed stays failed: the stream is dropped, the connection let go. */
static void give_up(struct pgs_insert *insert)
{
    insert->failed = true;
    pgs_copy_in_abort(insert->stream);
    insert->stream = NULL;
    let_main_go(insert);
}

enum pgs_status pgs_insert_finish(struct pgs_insert *insert, int64_t *rows, struct pgs_error *err)
{
    enum pgs_status status = PGS_OK;

    pthread_mutex_lock(&insert->lock);
    if (insert->stream)
        status = close_stream(insert, err);
    if (status != PGS_OK)
        give_up(insert);
    *rows = insert->rows;
    pthread_mutex_unlock(&insert->lock);
    return status;
}

void pgs_insert_free(struct pgs_insert *insert)
{
    if (!insert)
        return;
    give_up(insert);
    pthread_mutex_destroy(&insert->lock);
    pgs_buf_release(&insert->sql);
    pgs_free(insert->columns);
    pgs_table_release(insert->table);
    pgs_free(insert);
}

enum pgs_status pgs_insert_part_new(struct pgs_insert *insert, struct pgs_insert_part **part,
                                    struct pgs_error *err)
{
    struct pgs_insert_part *self = pgs_alloc_array(1, sizeof(*self));
    enum pgs_status status;

    if (!self)
        return pgs_error_oom(err);
    self->insert = insert;
    pgs_buf_init(&self->bytes, PGS_ROW_BYTES_MAX);
    self->vectors = pgs_alloc_array(insert->column_count, sizeof(*self->vectors));
    status = self->vectors ? PGS_OK : pgs_error_oom(err);
    for (size_t i = 0; i < insert->column_count && status == PGS_OK; i++)
        status = pgs_vector_tree_init(&self->vectors[i], insert->columns[i].type, err);
    if (status == PGS_OK)
        status =
            pgs_rows_encoder_new(insert->columns, insert->column_count, insert->format,
                                 insert->table->name, &insert->options.codec, &self->encoder, err);
    if (status != PGS_OK) {
        pgs_insert_part_free(self);
        return status;
    }
    *part = self;
    return PGS_OK;
}

enum pgs_status pgs_insert_part_flush(struct pgs_insert_part *part, struct pgs_error *err)
{
    struct pgs_insert *insert = part->insert;
    enum pgs_status status;

    if (part->bytes.size_bytes == 0)
        return PGS_OK;
    pthread_mutex_lock(&insert->lock);
    status = send(insert, &part->bytes, err);
    if (status != PGS_OK)
        give_up(insert);
    pthread_mutex_unlock(&insert->lock);
    pgs_buf_reset(&part->bytes);
    return status;
}

enum pgs_status pgs_insert_part_append(struct pgs_insert_part *part, duckdb_data_chunk chunk,
                                       struct pgs_error *err)
{
    struct pgs_insert *insert = part->insert;
    size_t enough = insert->options.shared ? SHARED_BUFFER_BYTES : PGS_SEND_BYTES;

    for (size_t i = 0; i < insert->column_count; i++)
        pgs_vector_bind_read(&part->vectors[i], insert->columns[i].type,
                             duckdb_data_chunk_get_vector(chunk, i));
    PGS_TRY(pgs_rows_encode(part->encoder, part->vectors, 0, duckdb_data_chunk_get_size(chunk),
                            &part->bytes, err));
    PGS_TRY(pgs_buf_status(&part->bytes, err));
    return part->bytes.size_bytes >= enough ? pgs_insert_part_flush(part, err) : PGS_OK;
}

void pgs_insert_part_free(struct pgs_insert_part *part)
{
    if (!part)
        return;
    pgs_rows_encoder_free(part->encoder);
    if (part->vectors) {
        for (size_t i = 0; i < part->insert->column_count; i++)
            pgs_vector_tree_release(&part->vectors[i]);
    }
    pgs_free(part->vectors);
    pgs_buf_release(&part->bytes);
    pgs_free(part);
}
