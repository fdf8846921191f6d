/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/alloc.h"
#include "base/bytes.h"
#include "base/limits.h"
#include "wire/families.h"
#include "wire/rows.h"
#include "wire/stride.h"

static const uint8_t SIGNATURE[11] = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', 0xFF, '\r', '\n', 0};

enum { HEADER_BYTES = sizeof(SIGNATURE) + 8 };
/* Flags 16..31 change the format; 16 says that oids are included (before 12). */
#define FLAGS_CRITICAL UINT32_C(0xFFFF0000)
#define FLAG_OIDS      UINT32_C(0x00010000)
#define TRAILER        0xFFFF

enum state { STATE_HEADER, STATE_EXTENSION, STATE_ROWS, STATE_ENDED };

struct column {
    pgs_decode_fn decode;
    const struct pgs_type *type;
    struct pgs_str name;
};

/* A LIST vector somewhere below the columns, and how far its child was filled
 * when the present row began: what a row cut off by the window's end must give
 * back. */
struct mark {
    struct pgs_vector *list;
    size_t rows;
};

struct pgs_rows_decoder {
    struct column *columns;
    size_t column_count;
    struct pgs_stride_column *stride; /* NULL unless all columns have a fixed width */
    struct mark *marks;
    size_t mark_count;
    struct pgs_str table_name;
    struct pgs_codec_options options;
    enum state state;
    uint32_t extension_left_bytes;
};

/* How many LIST vectors a column of `type` has; false when the type is not
 * well-formed. */
static bool count_lists(const struct pgs_type *type, unsigned depth, size_t *count)
{
    if (!type || depth > PGS_TYPE_DEPTH_MAX || type->kind >= PGS_KIND_COUNT)
        return false;
    if (type->target == PGS_TARGET_LIST) {
        *count += type->dimensions;
        return type->dimensions >= 1 && type->dimensions <= PGS_ARRAY_DIMENSIONS_MAX &&
               count_lists(type->element, depth + 1, count);
    }
    if (type->target != PGS_TARGET_STRUCT)
        return true;
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (!count_lists(type->fields[i].type, depth + 1, count))
            return false;
    }
    return true;
}

static enum pgs_status init_columns(struct pgs_rows_decoder *decoder,
                                    const struct pgs_row_column *columns, struct pgs_error *err)
{
    size_t offset_bytes = 2;
    size_t fixed = 0;

    for (size_t i = 0; i < decoder->column_count; i++) {
        struct column *column = &decoder->columns[i];

        if (!count_lists(columns[i].type, 0, &decoder->mark_count))
            return pgs_error_set(err, PGS_ERR_UNSUPPORTED, "column \"%.*s\" nests too deeply",
                                 PGS_STR_ARG(columns[i].name));
        column->type = columns[i].type;
        column->name = columns[i].name;
        column->decode = pgs_decoder_for(column->type);
        if (fixed == i && pgs_stride_column_init(&decoder->stride[i], column->type, offset_bytes))
            fixed++;
        offset_bytes += 4 + (size_t)decoder->stride[i].width_bytes;
    }
    if (fixed < decoder->column_count || fixed == 0) {
        pgs_free(decoder->stride);
        decoder->stride = NULL;
    }
    return PGS_OK;
}

enum pgs_status pgs_rows_decoder_new(const struct pgs_row_column *columns, size_t column_count,
                                     struct pgs_str table_name,
                                     const struct pgs_codec_options *options,
                                     struct pgs_rows_decoder **decoder, struct pgs_error *err)
{
    struct pgs_rows_decoder *made = pgs_alloc_array(1, sizeof(*made));
    enum pgs_status status = PGS_ERR_OOM;

    *decoder = NULL;
    if (!made)
        return pgs_error_oom(err);
    made->column_count = column_count;
    made->table_name = table_name;
    if (options)
        made->options = *options;
    made->columns = pgs_alloc_array(column_count, sizeof(*made->columns));
    made->stride = pgs_alloc_array(column_count, sizeof(*made->stride));
    if (!made->columns || !made->stride) {
        pgs_error_oom(err);
        goto done;
    }
    status = init_columns(made, columns, err);
    if (status != PGS_OK)
        goto done;
    made->marks = pgs_alloc_array(made->mark_count, sizeof(*made->marks));
    if (!made->marks) {
        status = pgs_error_oom(err);
        goto done;
    }
    *decoder = made;
    made = NULL;
done:
    pgs_rows_decoder_free(made);
    return status;
}

void pgs_rows_decoder_free(struct pgs_rows_decoder *decoder)
{
    if (!decoder)
        return;
    pgs_free(decoder->columns);
    pgs_free(decoder->stride);
    pgs_free(decoder->marks);
    pgs_free(decoder);
}

void pgs_rows_decoder_reset(struct pgs_rows_decoder *decoder)
{
    decoder->state = STATE_HEADER;
    decoder->extension_left_bytes = 0;
}

bool pgs_rows_decoder_ended(const struct pgs_rows_decoder *decoder)
{
    return decoder->state == STATE_ENDED;
}

static enum pgs_status fail_stream(const struct pgs_rows_decoder *decoder, struct pgs_error *err)
{
    (void)pgs_error_context(err, "table \"%.*s\"", PGS_STR_ARG(decoder->table_name));
    return PGS_ERR_PROTOCOL;
}

static enum pgs_status fail_column(const struct pgs_rows_decoder *decoder, size_t column,
                                   enum pgs_status status, struct pgs_error *err)
{
    (void)pgs_error_context(err, "table \"%.*s\", column \"%.*s\"",
                            PGS_STR_ARG(decoder->table_name),
                            PGS_STR_ARG(decoder->columns[column].name));
    return status;
}

/* Takes the file header as far as it is there; the extension may come in
 * pieces of any size. */
static enum pgs_status read_header(struct pgs_rows_decoder *decoder, struct pgs_reader *reader,
                                   struct pgs_error *err)
{
    size_t known = reader->left_bytes < sizeof(SIGNATURE) ? reader->left_bytes : sizeof(SIGNATURE);
    uint32_t flags;
    size_t skipped;

    if (decoder->state == STATE_HEADER) {
        if (known && memcmp(reader->at, SIGNATURE, known) != 0) {
            pgs_error_set(err, PGS_ERR_PROTOCOL, "COPY data has no binary signature");
            return fail_stream(decoder, err);
        }
        if (reader->left_bytes < HEADER_BYTES)
            return PGS_OK;
        (void)pgs_reader_take(reader, sizeof(SIGNATURE));
        flags = pgs_reader_be32(reader);
        decoder->extension_left_bytes = pgs_reader_be32(reader);
        if (flags & FLAGS_CRITICAL) {
            pgs_error_set(err, PGS_ERR_PROTOCOL, "COPY data has %s (flags 0x%08x)",
                          flags & FLAG_OIDS ? "oids" : "an unknown format", flags);
            return fail_stream(decoder, err);
        }
        decoder->state = STATE_EXTENSION;
    }
    skipped = decoder->extension_left_bytes < reader->left_bytes ? decoder->extension_left_bytes
                                                                 : reader->left_bytes;
    (void)pgs_reader_take(reader, skipped);
    decoder->extension_left_bytes -= (uint32_t)skipped;
    if (decoder->extension_left_bytes == 0)
        decoder->state = STATE_ROWS;
    return PGS_OK;
}

/* Finds the LIST vectors below `vector`, in the order count_lists() took. */
static struct mark *find_lists(struct mark *mark, const struct pgs_type *type,
                               struct pgs_vector *vector)
{
    if (type->target == PGS_TARGET_LIST) {
        for (uint32_t i = 0; i < type->dimensions; i++) {
            mark->list = vector;
            mark++;
            vector = &vector->children[0];
        }
        return find_lists(mark, type->element, vector);
    }
    if (type->target == PGS_TARGET_STRUCT) {
        for (uint32_t i = 0; i < type->field_count; i++)
            mark = find_lists(mark, type->fields[i].type, &vector->children[i]);
    }
    return mark;
}

static void set_marks(struct pgs_rows_decoder *decoder)
{
    for (size_t i = 0; i < decoder->mark_count; i++)
        decoder->marks[i].rows = decoder->marks[i].list->child_rows;
}

/* Gives back what the row that did not end has taken. */
static void undo_row(struct pgs_rows_decoder *decoder, struct pgs_vector *vectors, size_t row)
{
    for (size_t i = 0; i < decoder->column_count; i++)
        pgs_vector_set_valid(&vectors[i], row, 1);
    for (size_t i = 0; i < decoder->mark_count; i++) {
        struct mark *mark = &decoder->marks[i];

        pgs_vector_set_valid(&mark->list->children[0], mark->rows,
                             mark->list->child_rows - mark->rows);
        mark->list->child_rows = mark->rows;
    }
}

enum pgs_status pgs_rows_decode_field(struct pgs_rows_decoder *decoder, size_t column,
                                      const uint8_t *at, int64_t size_bytes,
                                      struct pgs_vector *vector, size_t row, struct pgs_error *err)
{
    const struct column *entry = &decoder->columns[column];
    enum pgs_status status;

    if (size_bytes < 0)
        status = pgs_vector_set_null(vector, row, err);
    else if (size_bytes > INT32_MAX)
        status = pgs_error_set(err, PGS_ERR_PROTOCOL, "value is too large");
    else
        status = entry->decode(entry->type, &decoder->options, at, (uint32_t)size_bytes, vector,
                               row, err);
    return status == PGS_OK ? PGS_OK : fail_column(decoder, column, status, err);
}

/* Decodes the fields of a row; *whole says whether all of it was there. */
static enum pgs_status decode_fields(struct pgs_rows_decoder *decoder, struct pgs_reader *reader,
                                     struct pgs_vector *vectors, size_t row, bool *whole,
                                     struct pgs_error *err)
{
    const struct column *columns = decoder->columns;
    const struct pgs_codec_options *options = &decoder->options;
    size_t column_count = decoder->column_count;
    const uint8_t *at = reader->at;
    const uint8_t *end = at + reader->left_bytes;

    *whole = false;
    for (size_t i = 0; i < column_count; i++) {
        enum pgs_status status;
        uint32_t size_bytes;

        if (PGS_UNLIKELY(end - at < 4))
            return PGS_OK;
        size_bytes = pgs_get_be32(at);
        at += 4;
        if (PGS_LIKELY(size_bytes <= (size_t)(end - at))) {
            status =
                columns[i].decode(columns[i].type, options, at, size_bytes, &vectors[i], row, err);
            at += size_bytes;
        } else if (size_bytes == UINT32_MAX) {
            status = pgs_vector_set_null(&vectors[i], row, err);
        } else if (size_bytes > PGS_ROW_BYTES_MAX) {
            status =
                pgs_error_set(err, PGS_ERR_PROTOCOL, "value has a size of %u bytes", size_bytes);
        } else {
            return PGS_OK;
        }
        if (PGS_UNLIKELY(status != PGS_OK))
            return fail_column(decoder, i, status, err);
    }
    reader->left_bytes = (size_t)(end - at);
    reader->at = at;
    *whole = true;
    return PGS_OK;
}

/* Decodes one row or the trailer; *whole is false, and nothing has changed,
 * when more bytes are needed or the stream has ended. */
static enum pgs_status decode_row(struct pgs_rows_decoder *decoder, struct pgs_reader *reader,
                                  struct pgs_vector *vectors, size_t row, bool *whole,
                                  struct pgs_error *err)
{
    struct pgs_reader ahead = *reader;
    uint16_t count = pgs_reader_be16(&ahead);
    enum pgs_status status;

    *whole = false;
    if (ahead.short_of)
        return PGS_OK;
    if (PGS_UNLIKELY(count != decoder->column_count)) {
        if (count == TRAILER) {
            *reader = ahead;
            decoder->state = STATE_ENDED;
            return PGS_OK;
        }
        pgs_error_set(err, PGS_ERR_PROTOCOL, "row has %u columns, expected %zu", count,
                      decoder->column_count);
        return fail_stream(decoder, err);
    }
    set_marks(decoder);
    status = decode_fields(decoder, &ahead, vectors, row, whole, err);
    if (PGS_LIKELY(*whole))
        *reader = ahead;
    else
        undo_row(decoder, vectors, row);
    return status;
}

/* Decodes a batch of rows of fixed size. 0: the next *slow_rows rows (at least
 * one) must be decoded one by one. */
static size_t decode_batch(struct pgs_rows_decoder *decoder, struct pgs_reader *reader,
                           struct pgs_vector *vectors, size_t first_row, size_t rows_max,
                           size_t *slow_rows)
{
    const struct pgs_stride_column *columns = decoder->stride;
    const struct pgs_stride_column *last;
    size_t stride_bytes;
    size_t rows;

    *slow_rows = SIZE_MAX;
    if (!columns)
        return 0;
    if (rows_max > PGS_STRIDE_BATCH_ROWS)
        rows_max = PGS_STRIDE_BATCH_ROWS;
    last = &columns[decoder->column_count - 1];
    stride_bytes = last->offset_bytes + 4 + last->width_bytes;
    rows =
        pgs_stride_rows(columns, decoder->column_count, reader->at, reader->left_bytes, rows_max);
    *slow_rows = rows ? rows : 1;
    for (size_t i = 0; rows && i < decoder->column_count; i++) {
        if (!columns[i].decode(reader->at + columns[i].offset_bytes + 4, stride_bytes, rows,
                               vectors[i].data, first_row))
            return 0;
    }
    (void)pgs_reader_take(reader, rows * stride_bytes);
    if (rows)
        *slow_rows = 0;
    return rows;
}

static enum pgs_status decode_rows(struct pgs_rows_decoder *decoder, struct pgs_reader *reader,
                                   struct pgs_vector *vectors, size_t first_row, size_t rows_max,
                                   size_t *rows, struct pgs_error *err)
{
    size_t slow_rows = 0;
    bool whole = true;

    while (*rows < rows_max && whole) {
        if (slow_rows == 0) {
            *rows += decode_batch(decoder, reader, vectors, first_row + *rows, rows_max - *rows,
                                  &slow_rows);
            continue;
        }
        PGS_TRY(decode_row(decoder, reader, vectors, first_row + *rows, &whole, err));
        *rows += whole;
        slow_rows--;
    }
    return PGS_OK;
}

enum pgs_status pgs_rows_decode(struct pgs_rows_decoder *decoder, const uint8_t *at,
                                size_t size_bytes, struct pgs_vector *vectors, size_t first_row,
                                size_t rows_max, size_t *rows, size_t *consumed,
                                struct pgs_error *err)
{
    struct pgs_reader reader = pgs_reader_of(at, size_bytes);
    struct mark *mark = decoder->marks;

    *rows = 0;
    *consumed = 0;
    for (size_t i = 0; i < decoder->column_count && decoder->mark_count; i++)
        mark = find_lists(mark, decoder->columns[i].type, &vectors[i]);
    if (decoder->state == STATE_HEADER || decoder->state == STATE_EXTENSION)
        PGS_TRY(read_header(decoder, &reader, err));
    if (decoder->state == STATE_ROWS)
        PGS_TRY(decode_rows(decoder, &reader, vectors, first_row, rows_max, rows, err));
    if (decoder->state == STATE_ENDED && reader.left_bytes) {
        pgs_error_set(err, PGS_ERR_PROTOCOL, "COPY data goes on after its end");
        return fail_stream(decoder, err);
    }
    *consumed = size_bytes - reader.left_bytes;
    return PGS_OK;
}
