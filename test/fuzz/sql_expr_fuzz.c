/* SPDX-License-Identifier: MIT
 *
 * Trees built of arbitrary bytes: judging never fails, what is shippable is
 * written without breaking the buffer, with balanced parentheses outside of
 * quotes and without a zero byte, and a copy of the tree gives the same text.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "sql/expr.h"
#include "sql/literal.h"
#include "sql/shippable.h"
#include "sql/statement.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { DEPTH_MAX = 8, ARGS_MAX = 4 };

static const uint32_t oids[] = {16,   17,   18,   19,   20,   21,   23,   25,   26,
                                114,  142,  700,  701,  1042, 1043, 1082, 1083, 1114,
                                1184, 1186, 1266, 1700, 2950, 3802, 16385};

static const struct pgs_str labels[] = {{"a", 1}, {"it's", 4}, {"\\", 1}};

struct builder {
    struct pgs_reader in;
    struct pgs_arena *arena;
};

static void require(bool condition)
{
    if (!condition)
        abort();
}

static struct pgs_str take_text(struct builder *builder)
{
    size_t size = pgs_reader_u8(&builder->in) % 24;
    const uint8_t *at = pgs_reader_take(&builder->in, size);
    struct pgs_str text = {(const char *)at, at ? size : 0};

    return text;
}

static const struct pgs_type *take_type(struct builder *builder)
{
    struct pgs_type *type = pgs_arena_alloc(builder->arena, sizeof(*type));

    if (!type || pgs_reader_u8(&builder->in) == 0)
        return NULL;
    type->oid = oids[pgs_reader_u8(&builder->in) % (sizeof(oids) / sizeof(oids[0]))];
    type->kind = (enum pgs_kind)(pgs_reader_u8(&builder->in) % PGS_KIND_COUNT);
    type->target = (enum pgs_target)(pgs_reader_u8(&builder->in) % PGS_TARGET_COUNT);
    type->labels = labels;
    type->label_count = 3;
    return type;
}

static const struct pgs_expr *take_column(struct builder *builder)
{
    struct pgs_expr_column column = {.relation = pgs_reader_u8(&builder->in) % 3};

    column.name = take_text(builder);
    if (memchr(column.name.at ? column.name.at : "", 0, column.name.size_bytes))
        column.name.size_bytes = 0;
    column.type = take_type(builder);
    column.collation = (enum pgs_collation)(pgs_reader_u8(&builder->in) % 4);
    column.is_domain = pgs_reader_u8(&builder->in) % 2;
    return pgs_expr_column_new(builder->arena, &column);
}

static const struct pgs_expr *take_const(struct builder *builder)
{
    struct pgs_expr_const constant = {
        .target = (enum pgs_target)(pgs_reader_u8(&builder->in) % PGS_TARGET_COUNT)};
    uint64_t bits = pgs_reader_be64(&builder->in);

    constant.is_null = pgs_reader_u8(&builder->in) % 8 == 7;
    constant.scale = pgs_reader_u8(&builder->in);
    switch (constant.target) {
    case PGS_TARGET_VARCHAR:
    case PGS_TARGET_JSON:
    case PGS_TARGET_BLOB:
    case PGS_TARGET_ENUM:
        constant.value.text = take_text(builder);
        break;
    case PGS_TARGET_FLOAT:
        constant.value.number = (double)(float)(int64_t)bits;
        break;
    case PGS_TARGET_DOUBLE:
        memcpy(&constant.value.number, &bits, sizeof(bits));
        break;
    case PGS_TARGET_BOOLEAN:
        constant.value.boolean = bits & 1;
        break;
    default:
        constant.value.interval.micros = (int64_t)bits;
        constant.value.wide.lower = pgs_reader_be64(&builder->in);
        constant.value.wide.upper = (int64_t)bits;
        break;
    }
    return pgs_expr_const_new(builder->arena, &constant);
}

static const struct pgs_expr *take_expr(struct builder *builder, unsigned depth)
{
    enum pgs_expr_kind kind = (enum pgs_expr_kind)(pgs_reader_u8(&builder->in) % 9);
    const struct pgs_expr *args[ARGS_MAX];
    size_t count;

    if (kind == PGS_EXPR_COLUMN)
        return take_column(builder);
    if (kind == PGS_EXPR_CONST || depth == DEPTH_MAX)
        return take_const(builder);
    count = kind == PGS_EXPR_COMPARE ? 2 : pgs_reader_u8(&builder->in) % (ARGS_MAX + 1);
    for (size_t i = 0; i < count; i++)
        args[i] = take_expr(builder, depth + 1);
    if (kind == PGS_EXPR_COMPARE)
        return pgs_expr_compare_new(builder->arena,
                                    (enum pgs_compare_op)(pgs_reader_u8(&builder->in) % 6), args[0],
                                    args[1]);
    return pgs_expr_new(builder->arena, kind, args, count);
}

/* A walk over the text as the server's scanner would take it: E'…' literals
 * never hold a lone backslash, so one rule does for both kinds of literal. */
static void check_text(struct pgs_str text)
{
    int open = 0;
    char quote = 0;

    for (size_t i = 0; i < text.size_bytes; i++) {
        char c = text.at[i];

        require(c != '\0');
        if (quote) {
            quote = c == quote ? 0 : quote;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else {
            open += (c == '(') - (c == ')');
            require(open >= 0);
        }
    }
    require(open == 0 && !quote);
}

static void check_expr(struct pgs_arena *arena, const struct pgs_expr *expr)
{
    struct pgs_ship_facts facts = {.encoding_is_utf8 = true};
    const char *reason = NULL;
    struct pgs_buf first;
    struct pgs_buf second;
    bool shippable = pgs_expr_is_shippable(expr, &facts, &reason);

    require(shippable == !reason);
    pgs_buf_init(&first, (size_t)1 << 20);
    pgs_buf_init(&second, (size_t)1 << 20);
    pgs_deparse_expr(&first, expr);
    pgs_deparse_expr(&second, pgs_expr_copy(arena, expr));
    require(!shippable || pgs_buf_status(&first, NULL) == PGS_OK);
    if (pgs_buf_status(&first, NULL) == PGS_OK) {
        require(pgs_str_equal(pgs_buf_str(&first), pgs_buf_str(&second)));
        check_text(pgs_buf_str(&first));
    }
    pgs_buf_release(&second);
    pgs_buf_release(&first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pgs_arena arena;
    struct builder builder = {pgs_reader_of(data, size), &arena};
    const struct pgs_expr *expr;

    pgs_arena_init(&arena);
    expr = take_expr(&builder, 0);
    if (expr)
        check_expr(&arena, expr);
    pgs_arena_release(&arena);
    return 0;
}
