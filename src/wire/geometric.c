/* SPDX-License-Identifier: MIT
 *
 * point as STRUCT(x, y); line, lseg, box, path, polygon, circle as lists of
 * doubles, in the order in which PostgreSQL prints them.
 *
 * A path is open or closed, which a list does not tell: both are read alike,
 * and a list is written as an open path.
 * Source: utils/adt/geo_ops.c, 18.
 */
#include <string.h>

#include "wire/families.h"
#include "wire/show.h"

enum { LSEG_OID = 601, LINE_OID = 628, CIRCLE_OID = 718 };
/* path_recv and poly_recv refuse more: INT_MAX bytes of points. */
enum { POINTS_MAX = 0x3FFFFFF };

static double get_double(const uint8_t *at)
{
    uint64_t bits = pgs_get_be64(at);
    double value;

    memcpy(&value, &bits, sizeof(value));
    return value;
}

static void add_double(struct pgs_buf *out, double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof(bits));
    pgs_buf_add_be64(out, bits);
}

/* point_send: x, y. */
PGS_DECODER(pgs_point_decode)
{
    (void)type;
    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 16, "point", err));
    for (uint32_t i = 0; i < 2; i++)
        ((double *)vector->children[i].data)[row] = get_double(at + 8 * (size_t)i);
    return PGS_OK;
}

static enum pgs_status point_at(const struct pgs_vector *vector, size_t row, double point[2],
                                struct pgs_error *err)
{
    for (uint32_t i = 0; i < 2; i++) {
        if (!pgs_vector_is_valid(&vector->children[i], row))
            return pgs_error_set(err, PGS_ERR_CONVERSION, "point has a coordinate that is NULL");
        point[i] = ((const double *)vector->children[i].data)[row];
    }
    return PGS_OK;
}

PGS_ENCODER(pgs_point_encode)
{
    double point[2] = {0, 0};

    (void)type;
    (void)options;
    PGS_TRY(point_at(vector, row, point, err));
    add_double(out, point[0]);
    add_double(out, point[1]);
    return PGS_OK;
}

/* (1,2),(3,4) */
static void print_points(struct pgs_buf *out, const double *numbers, size_t points)
{
    for (size_t i = 0; i < points; i++) {
        pgs_buf_add_text(out, i == 0 ? "(" : ",(");
        pgs_show_float(out, numbers[2 * i], false);
        pgs_buf_add_char(out, ',');
        pgs_show_float(out, numbers[2 * i + 1], false);
        pgs_buf_add_char(out, ')');
    }
}

PGS_ENCODER(pgs_point_print)
{
    double point[2] = {0, 0};

    (void)type;
    (void)options;
    PGS_TRY(point_at(vector, row, point, err));
    print_points(out, point, 1);
    return PGS_OK;
}

static enum pgs_status decode_list(const uint8_t *at, size_t count, struct pgs_vector *vector,
                                   size_t row, struct pgs_error *err)
{
    struct pgs_list_entry *entry = (struct pgs_list_entry *)vector->data + row;
    size_t first = vector->child_rows;
    double *values;

    if (first + count > vector->children[0].capacity_rows &&
        !vector->ops->list_reserve(vector, first + count))
        return pgs_error_oom(err);
    values = (double *)vector->children[0].data + first;
    for (size_t i = 0; i < count; i++)
        values[i] = get_double(at + 8 * i);
    entry->offset = first;
    entry->length = count;
    vector->child_rows = first + count;
    return PGS_OK;
}

/* The numbers of a list, none of which may be NULL. */
static enum pgs_status list_at(const struct pgs_vector *vector, size_t row, const double **numbers,
                               struct pgs_error *err)
{
    const struct pgs_list_entry *entry = (const struct pgs_list_entry *)vector->data + row;
    const struct pgs_vector *child = &vector->children[0];

    for (size_t i = entry->offset; i < entry->offset + entry->length; i++) {
        if (!pgs_vector_is_valid(child, i))
            return pgs_error_set(err, PGS_ERR_CONVERSION,
                                 "geometric value has a number that is NULL");
    }
    *numbers = (const double *)child->data + entry->offset;
    return PGS_OK;
}

static uint64_t length_of(const struct pgs_vector *vector, size_t row)
{
    return ((const struct pgs_list_entry *)vector->data)[row].length;
}

static uint32_t count_of(const struct pgs_type *type)
{
    return type->oid == CIRCLE_OID || type->oid == LINE_OID ? 3 : 4;
}

/* line_send, circle_send: three doubles; lseg_send, box_send: two points. */
PGS_DECODER(pgs_doubles_decode)
{
    uint32_t count = count_of(type);

    (void)options;
    PGS_TRY(pgs_size_check(size_bytes, 8 * count, "line, circle, lseg or box", err));
    return decode_list(at, count, vector, row, err);
}

static enum pgs_status encode_list(const struct pgs_vector *vector, size_t row, struct pgs_buf *out,
                                   struct pgs_error *err)
{
    const double *numbers = NULL;

    PGS_TRY(list_at(vector, row, &numbers, err));
    for (size_t i = 0; i < length_of(vector, row); i++)
        add_double(out, numbers[i]);
    return PGS_OK;
}

static enum pgs_status check_count(const struct pgs_type *type, const struct pgs_vector *vector,
                                   size_t row, struct pgs_error *err)
{
    uint32_t count = count_of(type);

    if (length_of(vector, row) == count)
        return PGS_OK;
    return pgs_error_set(err, PGS_ERR_CONVERSION,
                         "list of %llu numbers, but the geometric type has %u",
                         (unsigned long long)length_of(vector, row), count);
}

PGS_ENCODER(pgs_doubles_encode)
{
    (void)options;
    PGS_TRY(check_count(type, vector, row, err));
    return encode_list(vector, row, out, err);
}

/* <(1,2),3> */
static void print_circle(struct pgs_buf *out, const double *numbers)
{
    pgs_buf_add_char(out, '<');
    print_points(out, numbers, 1);
    pgs_buf_add_char(out, ',');
    pgs_show_float(out, numbers[2], false);
    pgs_buf_add_char(out, '>');
}

/* {1,2,3} */
static void print_line(struct pgs_buf *out, const double *numbers)
{
    for (uint32_t i = 0; i < 3; i++) {
        pgs_buf_add_char(out, i == 0 ? '{' : ',');
        pgs_show_float(out, numbers[i], false);
    }
    pgs_buf_add_char(out, '}');
}

PGS_ENCODER(pgs_doubles_print)
{
    const double *numbers = NULL;

    (void)options;
    PGS_TRY(check_count(type, vector, row, err));
    PGS_TRY(list_at(vector, row, &numbers, err));
    if (type->oid == CIRCLE_OID) {
        print_circle(out, numbers);
    } else if (type->oid == LINE_OID) {
        print_line(out, numbers);
    } else {
        pgs_buf_add_text(out, type->oid == LSEG_OID ? "[" : "");
        print_points(out, numbers, 2);
        pgs_buf_add_text(out, type->oid == LSEG_OID ? "]" : "");
    }
    return PGS_OK;
}

/* `head_bytes` come before the count of points. */
static enum pgs_status decode_points(const uint8_t *at, uint32_t size_bytes, uint32_t head_bytes,
                                     struct pgs_vector *vector, size_t row, struct pgs_error *err)
{
    struct pgs_reader reader = pgs_reader_of(at, size_bytes);
    uint32_t points;

    (void)pgs_reader_take(&reader, head_bytes);
    points = pgs_reader_be32(&reader);
    if (reader.short_of || reader.left_bytes != 16 * (size_t)points)
        return pgs_error_set(err, PGS_ERR_PROTOCOL, "path or polygon of %u points has %u bytes",
                             points, size_bytes);
    return decode_list(reader.at, 2 * (size_t)points, vector, row, err);
}

static enum pgs_status check_points(const struct pgs_vector *vector, size_t row,
                                    struct pgs_error *err)
{
    uint64_t count = length_of(vector, row);

    if (count > 0 && count % 2 == 0 && count / 2 <= POINTS_MAX)
        return PGS_OK;
    return pgs_error_set(err, PGS_ERR_CONVERSION,
                         "list of %llu numbers, but a path or polygon has two per point",
                         (unsigned long long)count);
}

static enum pgs_status encode_points(const struct pgs_vector *vector, size_t row,
                                     struct pgs_buf *out, struct pgs_error *err)
{
    PGS_TRY(check_points(vector, row, err));
    pgs_buf_add_be32(out, (uint32_t)(length_of(vector, row) / 2));
    return encode_list(vector, row, out, err);
}

static enum pgs_status print_list(const struct pgs_vector *vector, size_t row, const char *brackets,
                                  struct pgs_buf *out, struct pgs_error *err)
{
    const double *numbers = NULL;

    PGS_TRY(check_points(vector, row, err));
    PGS_TRY(list_at(vector, row, &numbers, err));
    pgs_buf_add_char(out, brackets[0]);
    print_points(out, numbers, length_of(vector, row) / 2);
    pgs_buf_add_char(out, brackets[1]);
    return PGS_OK;
}

/* path_send: whether it is closed, then as a polygon. */
PGS_DECODER(pgs_path_decode)
{
    (void)type;
    (void)options;
    return decode_points(at, size_bytes, 1, vector, row, err);
}

PGS_ENCODER(pgs_path_encode)
{
    (void)type;
    (void)options;
    pgs_buf_add_char(out, 0);
    return encode_points(vector, row, out, err);
}

PGS_ENCODER(pgs_path_print)
{
    (void)type;
    (void)options;
    return print_list(vector, row, "[]", out, err);
}

/* poly_send: how many points, then they. */
PGS_DECODER(pgs_polygon_decode)
{
    (void)type;
    (void)options;
    return decode_points(at, size_bytes, 0, vector, row, err);
}

PGS_ENCODER(pgs_polygon_encode)
{
    (void)type;
    (void)options;
    return encode_points(vector, row, out, err);
}

PGS_ENCODER(pgs_polygon_print)
{
    (void)type;
    (void)options;
    return print_list(vector, row, "()", out, err);
}
