/* SPDX-License-Identifier: MIT */
#include "base/alloc.h"
#include "base/limits.h"
#include "wire/families.h"
#include "wire/rows.h"
#include "wire/text_quote.h"

/* The signature, no flags, no extension. */
static const uint8_t HEADER[19] = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', 0xFF, '\r', '\n'};

struct column {
    pgs_encode_fn encode; /* or the printer */
    const struct pgs_type *type;
    struct pgs_str name;
};

struct pgs_rows_encoder {
    struct column *columns;
    size_t column_count;
    enum pgs_row_format format;
    struct pgs_str table_name;
    struct pgs_codec_options options;
};

static enum pgs_status fail_column(const struct pgs_rows_encoder *encoder, size_t column,
                                   enum pgs_status status, struct pgs_error *err)
{
    (void)pgs_error_context(err, "table \"%.*s\", column \"%.*s\"",
                            PGS_STR_ARG(encoder->table_name),
                            PGS_STR_ARG(encoder->columns[column].name));
    return status;
}

static enum pgs_status init_columns(struct pgs_rows_encoder *encoder,
                                    const struct pgs_row_column *columns, struct pgs_error *err)
{
    for (size_t i = 0; i < encoder->column_count; i++) {
        struct column *column = &encoder->columns[i];

        column->type = columns[i].type;
        column->name = columns[i].name;
        column->encode = encoder->format == PGS_ROWS_TEXT ? pgs_printer_for(column->type)
                                                          : pgs_encoder_for(column->type);
        if (!column->encode) {
            pgs_error_set(err, PGS_ERR_UNSUPPORTED,
                          "type %.*s can be read but not written: its binary form is not known",
                          PGS_STR_ARG(column->type->sql_name));
            return fail_column(encoder, i, PGS_ERR_UNSUPPORTED, err);
        }
    }
    return PGS_OK;
}

enum pgs_row_format pgs_rows_format_for(const struct pgs_row_column *columns, size_t column_count)
{
    for (size_t i = 0; i < column_count; i++) {
        if (!pgs_encoder_for(columns[i].type))
            return PGS_ROWS_TEXT;
    }
    return PGS_ROWS_BINARY;
}

enum pgs_status pgs_rows_encoder_new(const struct pgs_row_column *columns, size_t column_count,
                                     enum pgs_row_format format, struct pgs_str table_name,
                                     const struct pgs_codec_options *options,
                                     struct pgs_rows_encoder **encoder, struct pgs_error *err)
{
    struct pgs_rows_encoder *made = pgs_alloc_array(1, sizeof(*made));
    enum pgs_status status;

    *encoder = NULL;
    if (!made)
        return pgs_error_oom(err);
    made->column_count = column_count;
    made->format = format;
    made->table_name = table_name;
    if (options)
        made->options = *options;
    made->columns = pgs_alloc_array(column_count, sizeof(*made->columns));
    if (!made->columns)
        status = pgs_error_oom(err);
    else if (column_count > PGS_COLUMNS_MAX)
        status = pgs_error_set(err, PGS_ERR_UNSUPPORTED, "%zu columns are more than PostgreSQL has",
                               column_count);
    else
        status = init_columns(made, columns, err);
    if (status == PGS_OK)
        *encoder = made;
    else
        pgs_rows_encoder_free(made);
    return status;
}

void pgs_rows_encoder_free(struct pgs_rows_encoder *encoder)
{
    if (!encoder)
        return;
    pgs_free(encoder->columns);
    pgs_free(encoder);
}

void pgs_rows_encode_header(struct pgs_buf *out)
{
    pgs_buf_add(out, HEADER, sizeof(HEADER));
}

void pgs_rows_encode_trailer(struct pgs_buf *out)
{
    pgs_buf_add_be16(out, UINT16_MAX);
}

static enum pgs_status encode_binary(struct pgs_rows_encoder *encoder,
                                     const struct pgs_vector *vectors, size_t first_row,
                                     size_t rows, struct pgs_buf *out, struct pgs_error *err)
{
    for (size_t row = first_row; row < first_row + rows; row++) {
        pgs_buf_add_be16(out, (uint16_t)encoder->column_count);
        for (size_t i = 0; i < encoder->column_count; i++) {
            const struct column *column = &encoder->columns[i];
            enum pgs_status status = pgs_encode_field(
                column->encode, column->type, &encoder->options, &vectors[i], row, out, err);

            if (PGS_UNLIKELY(status != PGS_OK))
                return fail_column(encoder, i, status, err);
        }
    }
    return pgs_buf_status(out, err);
}

/* CopyOneRowTo and CopyAttributeOutText, commands/copyto.c, 18. */
static enum pgs_status encode_text(struct pgs_rows_encoder *encoder,
                                   const struct pgs_vector *vectors, size_t first_row, size_t rows,
                                   struct pgs_buf *out, struct pgs_error *err)
{
    for (size_t row = first_row; row < first_row + rows; row++) {
        for (size_t i = 0; i < encoder->column_count; i++) {
            const struct column *column = &encoder->columns[i];
            size_t start;
            enum pgs_status status;

            if (i > 0)
                pgs_buf_add_char(out, '\t');
            if (!pgs_vector_is_valid(&vectors[i], row)) {
                pgs_buf_add_text(out, "\\N");
                continue;
            }
            start = out->size_bytes;
            status = column->encode(column->type, &encoder->options, &vectors[i], row, out, err);
            if (PGS_UNLIKELY(status != PGS_OK))
                return fail_column(encoder, i, status, err);
            pgs_text_escape_field(out, start);
        }
        pgs_buf_add_char(out, '\n');
    }
    return pgs_buf_status(out, err);
}

enum pgs_status pgs_rows_encode(struct pgs_rows_encoder *encoder, const struct pgs_vector *vectors,
                                size_t first_row, size_t rows, struct pgs_buf *out,
                                struct pgs_error *err)
{
    return encoder->format == PGS_ROWS_TEXT
               ? encode_text(encoder, vectors, first_row, rows, out, err)
               : encode_binary(encoder, vectors, first_row, rows, out, err);
}
