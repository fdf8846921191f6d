/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "golden.h"
#include "test_vector.h"

#define ONE   "3ff0000000000000"
#define TWO   "4000000000000000"
#define THREE "4008000000000000"
#define FOUR  "4010000000000000"

static struct pgs_type point, line, lseg, box, path, polygon, circle, points, boxes;

static const struct {
    const struct pgs_type *type;
    const char *hex;
    const char *text;
    unsigned flags;
} VALUES[] = {
    /* SELECT point_send(p) FROM unnest('{"(1,2)","(-0,NaN)"}'::point[]) AS p */
    {&point, ONE TWO, "{1, 2}", PGS_GOLDEN_EXACT},
    {&point, "8000000000000000 7ff8000000000000", "{-0, NaN}", PGS_GOLDEN_EXACT},
    /* SELECT line_send('{1,2,3}'), lseg_send('[(1,2),(3,4)]'), box_send('(3,4),(1,2)'),
     * circle_send('<(1,2),3>') */
    {&line, ONE TWO THREE, "[1, 2, 3]", PGS_GOLDEN_EXACT},
    {&lseg, ONE TWO THREE FOUR, "[1, 2, 3, 4]", PGS_GOLDEN_EXACT},
    {&box, THREE FOUR ONE TWO, "[3, 4, 1, 2]", PGS_GOLDEN_EXACT},
    {&circle, ONE TWO THREE, "[1, 2, 3]", PGS_GOLDEN_EXACT},
    /* SELECT path_send('[(1,2),(3,4)]'), path_send('((1,2))'), poly_send('((1,2),(3,4))') */
    {&path, "00 00000002" ONE TWO THREE FOUR, "[1, 2, 3, 4]", PGS_GOLDEN_EXACT},
    {&path, "01 00000001" ONE TWO, "[1, 2]", PGS_GOLDEN_ONE_WAY},
    {&polygon, "00000002" ONE TWO THREE FOUR, "[1, 2, 3, 4]", PGS_GOLDEN_EXACT},
    /* SELECT array_send('{"(1,2)",NULL}'::point[]), array_send('{(3,4),(1,2)}'::box[]) */
    {&points, "00000001 00000001 00000258 00000002 00000001 00000010" ONE TWO "ffffffff",
     "[{1, 2}, NULL]", PGS_GOLDEN_EXACT},
    {&boxes, "00000001 00000000 0000025b 00000001 00000001 00000020" THREE FOUR ONE TWO,
     "[[3, 4, 1, 2]]", PGS_GOLDEN_EXACT},
};

static enum pgs_status encode(const struct pgs_type *type, struct pgs_vector *vector,
                              struct pgs_error *err)
{
    struct pgs_buf out;
    enum pgs_status status;

    pgs_buf_init(&out, 1000);
    status = pgs_encoder_for(type)(type, NULL, vector, 0, &out, err);
    pgs_buf_release(&out);
    return status;
}

/* A list of `count` zeros is no value of `type`. */
static void check_count(const struct pgs_type *type, uint64_t count, const char *message)
{
    struct pgs_vector *vector = pgs_test_vector_new(type, 1);
    struct pgs_list_entry *entry = vector->data;
    struct pgs_error err = {0};

    CHECK(vector->ops->list_reserve(vector, 8));
    for (int i = 0; i < 8; i++)
        ((double *)vector->children[0].data)[i] = 0;
    entry->length = count;
    CHECK_INT(encode(type, vector, &err), PGS_ERR_CONVERSION);
    CHECK_STR(err.message, message);
    pgs_test_vector_free(vector);
}

static void check_nulls(void)
{
    struct pgs_vector *vector = pgs_test_vector_new(&point, 1);
    struct pgs_error err = {0};

    CHECK_INT(pgs_vector_set_null(&vector->children[1], 0, &err), PGS_OK);
    CHECK_INT(encode(&point, vector, &err), PGS_ERR_CONVERSION);
    CHECK_STR(err.message, "point has a coordinate that is NULL");
    pgs_test_vector_free(vector);

    vector = pgs_test_vector_new(&line, 1);
    CHECK(vector->ops->list_reserve(vector, 3));
    ((struct pgs_list_entry *)vector->data)->length = 3;
    CHECK_INT(pgs_vector_set_null(&vector->children[0], 0, &err), PGS_OK);
    CHECK_INT(encode(&line, vector, &err), PGS_ERR_CONVERSION);
    CHECK_STR(err.message, "geometric value has a number that is NULL");
    pgs_test_vector_free(vector);
}

int main(void)
{
    point = pgs_golden_type(600, -1);
    lseg = pgs_golden_type(601, -1);
    path = pgs_golden_type(602, -1);
    box = pgs_golden_type(603, -1);
    polygon = pgs_golden_type(604, -1);
    line = pgs_golden_type(628, -1);
    circle = pgs_golden_type(718, -1);
    points = pgs_golden_array(&point, 1);
    boxes = pgs_golden_array(&box, 1);
    for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++)
        pgs_golden_check(VALUES[i].type, VALUES[i].hex, VALUES[i].text, VALUES[i].flags);
    pgs_golden_check_error(&path, "00 00000002" ONE TWO, PGS_ERR_PROTOCOL, "of 2 points");
    pgs_golden_check_error(&polygon, "ffffffff", PGS_ERR_PROTOCOL, "points has 4 bytes");
    check_count(&line, 4, "list of 4 numbers, but the geometric type has 3");
    check_count(&box, 3, "list of 3 numbers, but the geometric type has 4");
    check_count(&path, 3, "list of 3 numbers, but a path or polygon has two per point");
    check_count(&polygon, 0, "list of 0 numbers, but a path or polygon has two per point");
    check_nulls();
    return pgs_check_report();
}
