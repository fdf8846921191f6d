/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "check.h"
#include "golden.h"
#include "test_vector.h"

struct golden {
    const struct pgs_type *type;
    const char *hex;
    const char *text;
    unsigned flags;
};

static struct pgs_type mood;

static const struct golden VALUES[] = {
    /* SELECT 'sad'::mood */
    {&mood, "736164", "sad", PGS_GOLDEN_EXACT},
    /* SELECT 'happy'::mood */
    {&mood, "68617070 79", "happy", PGS_GOLDEN_EXACT},
    /* SELECT 'größer als zwölf Bytes'::mood */
    {&mood, "6772c3b6 c39f6572 20616c73 207a77c3 b66c6620 42797465 73",
     "gr\303\266\303\237er als zw\303\266lf Bytes", PGS_GOLDEN_EXACT},
};

static const struct {
    const struct pgs_type *type;
    const char *hex;
    enum pgs_status code;
    const char *part;
} REFUSED[] = {
    {&mood, "", PGS_ERR_CONVERSION, "enum label \"\" is not known"},
    {&mood, "736164ff", PGS_ERR_CONVERSION, "is not known"},
};

static const struct pgs_str MOODS[] = {
    {"sad", 3},
    {"ok", 2},
    {"happy", 5},
    {"very", 4},
    {"gr\303\266\303\237er als zw\303\266lf Bytes", 25},
};

static struct pgs_arena arena;

static struct pgs_type mood_type(void)
{
    struct pgs_type type;

    memset(&type, 0, sizeof(type));
    type.oid = 16410;
    type.typmod = -1;
    type.kind = PGS_KIND_ENUM;
    type.target = PGS_TARGET_ENUM;
    type.labels = MOODS;
    type.label_count = 5;
    return type;
}

/* Every label of an enum of `count` labels, with and without the hash table. */
static void check_width(uint32_t count, bool indexed)
{
    struct pgs_type type = mood_type();
    struct pgs_str *labels = pgs_arena_array(&arena, count, sizeof(*labels));
    uint32_t step = indexed ? 1 : count / 50 + 1;
    struct pgs_vector *vector;
    struct pgs_buf out;

    for (uint32_t i = 0; i < count; i++) {
        char label[32];

        (void)snprintf(label, sizeof(label), "label number %u", i);
        labels[i] = pgs_arena_str(&arena, pgs_str_of(label));
    }
    type.labels = labels;
    type.label_count = count;
    if (indexed)
        CHECK_INT(pgs_type_index_labels(&type, &arena, NULL), PGS_OK);
    vector = pgs_test_vector_new(&type, 1);
    pgs_buf_init(&out, 100);
    for (uint32_t i = 0; i < count; i += step) {
        pgs_buf_reset(&out);
        CHECK_INT(pgs_decoder_for(&type)(&type, NULL, (const uint8_t *)labels[i].at,
                                         (uint32_t)labels[i].size_bytes, vector, 0, NULL),
                  PGS_OK);
        CHECK_INT(pgs_encoder_for(&type)(&type, NULL, vector, 0, &out, NULL), PGS_OK);
        CHECK_BYTES(out.at, out.size_bytes, labels[i].at, labels[i].size_bytes);
    }
    CHECK_INT(pgs_type_label_index(&type, pgs_str_of("no such label")), count);
    pgs_buf_release(&out);
    pgs_test_vector_free(vector);
}

static void check_widths(void)
{
    static const uint32_t COUNTS[] = {1, 2, 254, 255, 256, 257, 65535, 65536, 70000};

    for (size_t i = 0; i < sizeof(COUNTS) / sizeof(COUNTS[0]); i++) {
        check_width(COUNTS[i], true);
        check_width(COUNTS[i], false);
    }
    pgs_arena_release(&arena);
}

static void check_bad_index(void)
{
    struct pgs_vector *vector = pgs_test_vector_new(&mood, 1);
    struct pgs_buf out;

    pgs_buf_init(&out, 100);
    ((uint8_t *)vector->data)[0] = 5;
    CHECK_INT(pgs_encoder_for(&mood)(&mood, NULL, vector, 0, &out, NULL), PGS_ERR_CONVERSION);
    pgs_buf_release(&out);
    pgs_test_vector_free(vector);
    pgs_alloc_fail_after(0);
    CHECK_INT(pgs_type_index_labels(&mood, &arena, NULL), PGS_ERR_OOM);
    pgs_alloc_fail_after(-1);
    CHECK_INT(pgs_type_label_index(&mood, MOODS[2]), 2);
}

int main(void)
{
    mood = mood_type();
    for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++)
        pgs_golden_check(VALUES[i].type, VALUES[i].hex, VALUES[i].text, VALUES[i].flags);
    for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++)
        pgs_golden_check_error(REFUSED[i].type, REFUSED[i].hex, REFUSED[i].code, REFUSED[i].part);
    pgs_arena_init(&arena);
    check_widths();
    check_bad_index();
    return pgs_check_report();
}
