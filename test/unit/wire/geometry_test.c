/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "golden.h"

#define ONE_LE "000000000000f03f"
#define TWO_LE "0000000000000040"
#define ONE_BE "3ff0000000000000"
#define TWO_BE "4000000000000000"

static const struct {
    const char *hex;
    const char *text; /* the host's bytes */
    unsigned flags;
} VALUES[] = {
    /* SELECT ST_GeomFromText('POINT(1 2)'), the same with SRID 4326, and ST_AsEWKB(…, 'XDR') */
    {"01 01000000" ONE_LE TWO_LE, "0101000000" ONE_LE TWO_LE, PGS_GOLDEN_EXACT},
    {"01 01000020 e6100000" ONE_LE TWO_LE, "0101000000" ONE_LE TWO_LE, PGS_GOLDEN_ONE_WAY},
    {"00 20000001 000010e6" ONE_BE TWO_BE, "0101000000" ONE_LE TWO_LE, PGS_GOLDEN_ONE_WAY},
    /* POINT ZM (1 2 1 2), POINT M (1 2 1) */
    {"01 010000c0" ONE_LE TWO_LE ONE_LE TWO_LE, "01b90b0000" ONE_LE TWO_LE ONE_LE TWO_LE,
     PGS_GOLDEN_ONE_WAY},
    {"01 01000040" ONE_LE TWO_LE ONE_LE, "01d1070000" ONE_LE TWO_LE ONE_LE, PGS_GOLDEN_ONE_WAY},
    /* POINT Z as ISO writes it stays */
    {"01 e9030000" ONE_LE TWO_LE ONE_LE, "01e9030000" ONE_LE TWO_LE ONE_LE, PGS_GOLDEN_EXACT},
    /* LINESTRING EMPTY, LINESTRING(1 2,2 1), POLYGON((1 2)) */
    {"01 02000000 00000000", "010200000000000000", PGS_GOLDEN_EXACT},
    {"01 02000000 02000000" ONE_LE TWO_LE TWO_LE ONE_LE,
     "010200000002000000" ONE_LE TWO_LE TWO_LE ONE_LE, PGS_GOLDEN_EXACT},
    {"01 03000000 01000000 01000000" ONE_LE TWO_LE, "01030000000100000001000000" ONE_LE TWO_LE,
     PGS_GOLDEN_EXACT},
    /* GEOMETRYCOLLECTION M(MULTIPOINT M(1 2 3),LINESTRING M EMPTY), in both byte orders */
    {"0107000040 02000000 0104000040 01000000 0101000040" ONE_LE TWO_LE
     "0000000000000840 0102000040 00000000",
     "01d707000002000000"
     "01d407000001000000"
     "01d1070000" ONE_LE TWO_LE "0000000000000840"
     "01d207000000000000",
     PGS_GOLDEN_ONE_WAY},
    {"0040000007 00000002 0040000004 00000001 0040000001" ONE_BE TWO_BE
     "4008000000000000 0040000002 00000000",
     "01d707000002000000"
     "01d407000001000000"
     "01d1070000" ONE_LE TWO_LE "0000000000000840"
     "01d207000000000000",
     PGS_GOLDEN_ONE_WAY},
    /* SRID=4326;GEOMETRYCOLLECTION(MULTIPOINT(1 2)), big-endian */
    {"00 20000007 000010e6 00000001 00 00000004 00000001 00 00000001" ONE_BE TWO_BE,
     "010700000001000000"
     "010400000001000000"
     "0101000000" ONE_LE TWO_LE,
     PGS_GOLDEN_ONE_WAY},
};

static const struct {
    const char *hex;
    enum pgs_status code;
    const char *part;
} REFUSED[] = {
    {"02 01000000", PGS_ERR_PROTOCOL, "malformed"},
    {"01 00000000", PGS_ERR_CONVERSION, "geometry of kind 0"},
    {"01 08000000 00000000", PGS_ERR_CONVERSION, "geometry of kind 8"},
    {"01 01000000" ONE_LE, PGS_ERR_PROTOCOL, "malformed"},
    {"01 02000000 ffffffff", PGS_ERR_PROTOCOL, "malformed"},
    {"01 07000000 ffffffff", PGS_ERR_PROTOCOL, "malformed"},
    {"01 04000000 01000000 01 02000000 00000000", PGS_ERR_PROTOCOL, "malformed"},
    {"01 07000000 01000000 01 02000080 00000000", PGS_ERR_PROTOCOL, "malformed"},
    {"01 02000000 00000000 00", PGS_ERR_PROTOCOL, "malformed"},
};

static void check_depth(struct pgs_type *type)
{
    struct pgs_buf hex;

    pgs_buf_init(&hex, 1000);
    for (int i = 0; i < 16; i++)
        pgs_buf_add_text(&hex, "01 07000000 01000000");
    pgs_golden_check_error(type, hex.at, PGS_ERR_CONVERSION, "nested too deeply");
    pgs_buf_release(&hex);
}

int main(void)
{
    struct pgs_type geometry = pgs_golden_type(25, -1);

    geometry.kind = PGS_KIND_GEOMETRY;
    geometry.target = PGS_TARGET_GEOMETRY;
    for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++)
        pgs_golden_check(&geometry, VALUES[i].hex, VALUES[i].text, VALUES[i].flags);
    for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++)
        pgs_golden_check_error(&geometry, REFUSED[i].hex, REFUSED[i].code, REFUSED[i].part);
    check_depth(&geometry);
    return pgs_check_report();
}
