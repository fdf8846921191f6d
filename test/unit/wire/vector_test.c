/* SPDX-License-Identifier: MIT */
#include "wire/vector.h"

#include <string.h>

#include "base/alloc.h"
#include "check.h"
#include "golden.h"
#include "test_vector.h"

enum { ROWS = 200, SIZE_MAX_TRIED = 40 };

static void check_strings(void)
{
    static const char TEXT[] = "0123456789012345678901234567890123456789";
    struct pgs_type type = pgs_golden_type(25, -1);
    struct pgs_vector *vector = pgs_test_vector_new(&type, ROWS);

    for (size_t size = 0; size <= SIZE_MAX_TRIED; size++) {
        struct pgs_str text = {TEXT, size};

        CHECK_INT(pgs_vector_set_string(vector, size, text, NULL), PGS_OK);
    }
    for (size_t size = 0; size <= SIZE_MAX_TRIED; size++) {
        const struct pgs_string *string = (const struct pgs_string *)vector->data + size;
        struct pgs_str text = pgs_vector_string(vector, size);

        CHECK_BYTES(text.at, text.size_bytes, TEXT, size);
        CHECK_BYTES(string->value.pointer.prefix, size < 4 ? size : 4, TEXT, size < 4 ? size : 4);
        for (size_t i = size; i < PGS_STRING_INLINE_BYTES; i++)
            CHECK_INT(string->value.inlined.bytes[i], 0);
    }
    pgs_test_vector_free(vector);
}

/* Text composed in place is as text set at once. */
static void check_composed(void)
{
    struct pgs_type type = pgs_golden_type(25, -1);
    struct pgs_vector *vector = pgs_test_vector_new(&type, 2);

    for (size_t size = 0; size <= SIZE_MAX_TRIED; size++) {
        char *at = pgs_vector_string_open(vector, 0, size);
        char same[SIZE_MAX_TRIED + 1];
        struct pgs_str text = {same, size};

        memset(same, 'q', sizeof(same));
        memset(at, 'q', size);
        pgs_vector_string_close(vector, 0);
        CHECK_INT(pgs_vector_set_string(vector, 1, text, NULL), PGS_OK);
        text = pgs_vector_string(vector, 0);
        CHECK_BYTES(text.at, text.size_bytes, same, size);
        /* Length and prefix, or all that is inline. */
        CHECK_BYTES(vector->data, size > 12 ? 8 : 16,
                    (const char *)vector->data + sizeof(struct pgs_string), size > 12 ? 8 : 16);
    }
    pgs_alloc_fail_after(0);
    CHECK(pgs_vector_string_open(vector, 0, 13) == NULL);
    pgs_alloc_fail_after(-1);
    pgs_test_vector_free(vector);
}

static void check_nulls(void)
{
    struct pgs_type int4 = pgs_golden_type(23, -1);
    struct pgs_type ints = pgs_golden_array(&int4, 1);
    struct pgs_field fields[2] = {{{"a", 1}, &int4, 0}, {{"l", 1}, &ints, 0}};
    struct pgs_type pair = {.kind = PGS_KIND_COMPOSITE,
                            .target = PGS_TARGET_STRUCT,
                            .fields = fields,
                            .field_count = 2};
    struct pgs_vector *vector = pgs_test_vector_new(&pair, ROWS);
    struct pgs_vector *list = &vector->children[1];

    CHECK(pgs_vector_is_valid(vector, 5));
    list->child_rows = 7;
    CHECK_INT(pgs_vector_set_null(vector, 5, NULL), PGS_OK);
    CHECK_INT(pgs_vector_set_null(vector, 130, NULL), PGS_OK);
    for (size_t row = 0; row < ROWS; row++) {
        CHECK(pgs_vector_is_valid(vector, row) == (row != 5 && row != 130));
        CHECK(pgs_vector_is_valid(&vector->children[0], row) == (row != 5 && row != 130));
    }
    CHECK_INT(((struct pgs_list_entry *)list->data)[5].offset, 7);
    CHECK_INT(((struct pgs_list_entry *)list->data)[5].length, 0);
    pgs_vector_set_valid(vector, 100, 40);
    CHECK(pgs_vector_is_valid(vector, 130) && pgs_vector_is_valid(list, 130));
    CHECK(!pgs_vector_is_valid(vector, 5));
    pgs_test_vector_free(vector);
}

static void check_no_memory(void)
{
    struct pgs_type text = pgs_golden_type(25, -1);
    struct pgs_vector *vector = pgs_test_vector_new(&text, 1);
    struct pgs_error err;

    pgs_alloc_fail_after(0);
    CHECK_INT(pgs_vector_set_null(vector, 0, &err), PGS_ERR_OOM);
    pgs_alloc_fail_after(0);
    CHECK_INT(pgs_vector_set_string(vector, 0, pgs_str_of("more than twelve bytes"), &err),
              PGS_ERR_OOM);
    pgs_alloc_fail_after(-1);
    CHECK(pgs_vector_is_valid(vector, 0));
    pgs_test_vector_free(vector);
}

int main(void)
{
    check_strings();
    check_composed();
    check_nulls();
    check_no_memory();
    return pgs_check_report();
}
