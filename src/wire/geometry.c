/* SPDX-License-Identifier: MIT
 *
 * PostGIS geometry and the host's GEOMETRY.
 *
 * PostGIS sends EWKB: WKB of either byte order whose type word has flags for Z,
 * M and a reference system (SRID) after it. The host keeps WKB as ISO has it:
 * little-endian, Z and M as thousands in the type word, no SRID. So the SRID is
 * lost; a column declared with one gives it to what is written without.
 * Source: lwout_wkb.c and lwin_wkb.c, liblwgeom, PostGIS 3; "Simple Feature
 * Access", OGC 06-103r4, 8.2.
 */
#include "wire/families.h"
#include "wire/show.h"

#define FLAG_Z    UINT32_C(0x80000000)
#define FLAG_M    UINT32_C(0x40000000)
#define FLAG_SRID UINT32_C(0x20000000)

enum { POINT = 1, LINE, POLYGON, MULTI_POINT, MULTI_POLYGON = 6, COLLECTION };
/* The host's own limit: Geometry::MAX_RECURSION_DEPTH, geometry.hpp, 1.5.6. */
enum { DEPTH_MAX = 16 };

struct walk {
    struct pgs_reader reader;
    uint8_t *out; /* NULL: only measured */
    size_t size_bytes;
    bool is_little;           /* the byte order of what is read now */
    size_t numbers_per_point; /* the same in all parts; 0: not read yet */
};

static uint32_t get_32(struct walk *walk)
{
    uint32_t value = pgs_reader_be32(&walk->reader);

    return walk->is_little ? __builtin_bswap32(value) : value;
}

static void put(struct walk *walk, const uint8_t *at, size_t size_bytes)
{
    for (size_t i = 0; walk->out && i < size_bytes; i++)
        walk->out[walk->size_bytes + i] = at[i];
    walk->size_bytes += size_bytes;
}

static void put_32(struct walk *walk, uint32_t value)
{
    uint8_t bytes[4];

    pgs_put_be32(bytes, __builtin_bswap32(value));
    put(walk, bytes, sizeof(bytes));
}

/* `count` numbers of eight bytes. */
static void copy_numbers(struct walk *walk, size_t count)
{
    const uint8_t *at = pgs_reader_take(&walk->reader, 8 * count);

    if (!at || walk->is_little) {
        put(walk, at, at ? 8 * count : 0);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        uint8_t bytes[8];

        for (size_t j = 0; j < 8; j++)
            bytes[j] = at[8 * i + 7 - j];
        put(walk, bytes, sizeof(bytes));
    }
}

/* A count and as many points. */
static void copy_points(struct walk *walk)
{
    uint32_t count = get_32(walk);

    put_32(walk, count);
    copy_numbers(walk, count * walk->numbers_per_point);
}

static enum pgs_status fail_malformed(struct pgs_error *err)
{
    return pgs_error_set(err, PGS_ERR_PROTOCOL, "geometry is malformed");
}

/* Byte order, type and, if there, SRID. */
static enum pgs_status copy_head(struct walk *walk, uint32_t *shape, struct pgs_error *err)
{
    static const uint8_t LITTLE = 1;
    uint8_t order = pgs_reader_u8(&walk->reader);
    uint32_t word;
    uint32_t thousands;
    size_t numbers;

    walk->is_little = order == LITTLE;
    word = get_32(walk);
    if (word & FLAG_SRID)
        (void)get_32(walk);
    *shape = (word & 0xFFFF) % 1000;
    thousands = (word & 0xFFFF) / 1000;
    if (walk->reader.short_of || order > LITTLE || thousands > 3)
        return fail_malformed(err);
    if (*shape < POINT || *shape > COLLECTION)
        return pgs_error_set(err, PGS_ERR_CONVERSION,
                             "geometry of kind %u (curves, surfaces, triangles) has no form in "
                             "DuckDB",
                             *shape);
    thousands |= (word & FLAG_Z ? 1U : 0U) | (word & FLAG_M ? 2U : 0U);
    numbers = 2 + (thousands & 1) + (thousands >> 1);
    if (walk->numbers_per_point && walk->numbers_per_point != numbers)
        return fail_malformed(err);
    walk->numbers_per_point = numbers;
    put(walk, &LITTLE, 1);
    put_32(walk, *shape + 1000 * thousands);
    return PGS_OK;
}

/* The only kind that a geometry of kind `shape` consists of, 0: any. */
static uint32_t part_of(uint32_t shape)
{
    return shape >= MULTI_POINT && shape <= MULTI_POLYGON ? shape - MULTI_POINT + POINT : 0;
}

/* `wanted` is the only kind that may come, 0: any. */
static enum pgs_status copy_geometry(struct walk *walk, unsigned depth, uint32_t wanted,
                                     struct pgs_error *err)
{
    uint32_t shape;
    uint32_t count;

    if (depth == DEPTH_MAX)
        return pgs_error_set(err, PGS_ERR_CONVERSION, "geometry is nested too deeply for DuckDB");
    PGS_TRY(copy_head(walk, &shape, err));
    if (wanted && shape != wanted)
        return fail_malformed(err);
    if (shape == POINT) {
        copy_numbers(walk, walk->numbers_per_point);
    } else if (shape == LINE) {
        copy_points(walk);
    } else {
        count = get_32(walk);
        put_32(walk, count);
        for (uint32_t i = 0; i < count && !walk->reader.short_of; i++) {
            if (shape == POLYGON)
                copy_points(walk);
            else
                PGS_TRY(copy_geometry(walk, depth + 1, part_of(shape), err));
        }
    }
    return walk->reader.short_of ? fail_malformed(err) : PGS_OK;
}

/* LWGEOM_send, postgis/lwgeom_inout.c. */
PGS_DECODER(pgs_geometry_decode)
{
    struct walk walk = {pgs_reader_of(at, size_bytes), NULL, 0, false, 0};
    size_t size;

    (void)type;
    (void)options;
    PGS_TRY(copy_geometry(&walk, 0, 0, err));
    if (walk.reader.left_bytes)
        return fail_malformed(err);
    size = walk.size_bytes;
    walk = (struct walk){pgs_reader_of(at, size_bytes), NULL, 0, false, 0};
    walk.out = (uint8_t *)pgs_vector_string_open(vector, row, size);
    if (!walk.out)
        return pgs_error_oom(err);
    PGS_TRY(copy_geometry(&walk, 0, 0, err));
    pgs_vector_string_close(vector, row);
    return PGS_OK;
}

/* LWGEOM_recv reads WKB as well. */
PGS_ENCODER(pgs_geometry_encode)
{
    (void)type;
    (void)options;
    (void)err;
    pgs_buf_add_str(out, pgs_vector_string(vector, row));
    return PGS_OK;
}

/* LWGEOM_in reads the digits of (E)WKB. */
PGS_ENCODER(pgs_geometry_print)
{
    (void)type;
    (void)options;
    (void)err;
    pgs_show_hex(out, pgs_vector_string(vector, row));
    return PGS_OK;
}
