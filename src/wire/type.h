/* SPDX-License-Identifier: MIT
 *
 * What a PostgreSQL type is to us: how its values travel and what they become.
 *
 * A struct pgs_type is immutable once built; types form trees (array ->
 * element, composite -> fields) that live in the arena of whoever built them
 * (usually a catalog table) and are borrowed by everybody else. Types of
 * hostile origin are safe: depth is bounded by PGS_TYPE_DEPTH_MAX.
 *
 * Thread: immutable, hence any.
 * Source: pg_type.dat and the xxx_send/xxx_recv functions of
 * src/backend/utils/adt, PostgreSQL 18.
 */
#ifndef PGS_WIRE_TYPE_H
#define PGS_WIRE_TYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/port.h"
#include "base/str.h"

PGS_EXTERN_C_BEGIN

struct pgs_arena;

/* How values of a type travel in binary. One codec per kind. */
enum pgs_kind {
    PGS_KIND_TEXT_CAST = 0, /* no binary form of ours: selected as "c"::text, becomes VARCHAR,
                             * written as text */
    PGS_KIND_BOOL,
    PGS_KIND_INT2,
    PGS_KIND_INT4,
    PGS_KIND_INT8,
    PGS_KIND_OID, /* oid and its like: 4 bytes unsigned */
    PGS_KIND_FLOAT4,
    PGS_KIND_FLOAT8,
    PGS_KIND_NUMERIC, /* see target: DECIMAL or DOUBLE or VARCHAR */
    PGS_KIND_TEXT,    /* text, varchar, name: the bytes are the text */
    PGS_KIND_BPCHAR,  /* char(n): as text, trailing blanks are not part of the value */
    PGS_KIND_CHAR,    /* "char": one byte */
    PGS_KIND_BYTEA,
    PGS_KIND_UUID,
    PGS_KIND_DATE,
    PGS_KIND_TIME,
    PGS_KIND_TIMETZ,
    PGS_KIND_TIMESTAMP,
    PGS_KIND_TIMESTAMPTZ,
    PGS_KIND_INTERVAL,
    PGS_KIND_JSON,
    PGS_KIND_JSONB,
    PGS_KIND_ENUM,
    PGS_KIND_ARRAY,
    PGS_KIND_COMPOSITE,
    /* VARCHAR, spelled as PostgreSQL's cast to text does. */
    PGS_KIND_BIT,  /* bit(n), bit varying */
    PGS_KIND_INET, /* inet, cidr */
    PGS_KIND_MACADDR,
    PGS_KIND_MACADDR8,
    PGS_KIND_TID,
    PGS_KIND_XID, /* xid, cid */
    PGS_KIND_XID8,
    PGS_KIND_LSN,
    PGS_KIND_XML,            /* as text, but for the encoding that may be declared */
    PGS_KIND_VERSIONED_TEXT, /* a version byte and the text: jsonpath, ltree */
    /* VARCHAR, selected as "c"::text, written by an encoder that reads that text. */
    PGS_KIND_RANGE, /* see element */
    PGS_KIND_MULTIRANGE,
    PGS_KIND_TSVECTOR,
    PGS_KIND_HSTORE,
    /* Geometric types of doubles. */
    PGS_KIND_POINT,   /* STRUCT(x, y) */
    PGS_KIND_DOUBLES, /* line, circle: 3; lseg, box: 4 */
    PGS_KIND_PATH,
    PGS_KIND_POLYGON,
    PGS_KIND_GEOMETRY, /* PostGIS: GEOMETRY */
    PGS_KIND_COUNT
};

/* What a value becomes on our side. The physical layouts are DuckDB's:
 * see wire/vector.h. */
enum pgs_target {
    PGS_TARGET_VARCHAR = 0,
    PGS_TARGET_JSON, /* VARCHAR with the alias JSON */
    PGS_TARGET_BLOB,
    PGS_TARGET_BOOLEAN,
    PGS_TARGET_SMALLINT,
    PGS_TARGET_INTEGER,
    PGS_TARGET_BIGINT,
    PGS_TARGET_UINTEGER,
    PGS_TARGET_FLOAT,
    PGS_TARGET_DOUBLE,
    PGS_TARGET_DECIMAL, /* precision, scale */
    PGS_TARGET_UUID,
    PGS_TARGET_DATE,
    PGS_TARGET_TIME,
    PGS_TARGET_TIMETZ,
    PGS_TARGET_TIMESTAMP,
    PGS_TARGET_TIMESTAMPTZ,
    PGS_TARGET_INTERVAL,
    PGS_TARGET_ENUM,   /* labels */
    PGS_TARGET_LIST,   /* element, one level per dimension */
    PGS_TARGET_STRUCT, /* fields */
    PGS_TARGET_GEOMETRY,
    PGS_TARGET_COUNT
};

struct pgs_type;

struct pgs_field {
    struct pgs_str name;
    const struct pgs_type *type;
    uint32_t declared_oid; /* what travels: a domain's own oid; 0 = type->oid */
};

struct pgs_type {
    uint32_t oid;   /* of the type itself, after domains were resolved to their base */
    int32_t typmod; /* pg_attribute.atttypmod; -1 if none */
    enum pgs_kind kind;
    enum pgs_target target;
    uint8_t precision; /* DECIMAL: 1..38 */
    uint8_t scale;     /* DECIMAL: 0..precision */
    /* ARRAY: the element type and how many LIST levels the column shows (>= 1);
     * geometric lists: FLOAT8 and 1. RANGE, MULTIRANGE: the type of the bounds. */
    const struct pgs_type *element;
    uint8_t dimensions;
    uint32_t element_declared_oid; /* what travels: a domain's own oid; 0 = element->oid */
    char delimiter;                /* between values of this type in an array's text; 0 = a comma */
    /* ENUM: labels in declared order (enumsortorder). */
    const struct pgs_str *labels;
    uint32_t label_count;
    /* ENUM: hash table label -> index + 1, label_slot_count a power of two; see
     * pgs_type_index_labels(). NULL is legal and slow. */
    const uint32_t *label_slots;
    uint32_t label_slot_count;
    /* COMPOSITE: fields in attribute order, dropped ones left out; POINT: x, y. */
    const struct pgs_field *fields;
    uint32_t field_count;
    /* As SQL writes it, schema-qualified and quoted where needed, with typmod:
     * what format_type() or our own catalog query gave. May be empty. */
    struct pgs_str sql_name;
};

/* Sets kind and target (precision and scale for numeric; element and fields for
 * ranges and geometric types) of a built-in scalar type from its oid and typmod;
 * anything else becomes PGS_KIND_TEXT_CAST. Leaves all else alone.
 * numeric(p,s): DECIMAL when it fits 38 digits, negative scale and scale >
 * precision included; otherwise DOUBLE. */
void pgs_type_init_builtin(struct pgs_type *type, uint32_t oid, int32_t typmod);

/* ENUM: builds label_slots from labels and label_count, in `arena`, so that
 * labels are found without a search. Call it once after both are set.
 * Errors: PGS_ERR_OOM (the type stays usable). */
enum pgs_status pgs_type_index_labels(struct pgs_type *type, struct pgs_arena *arena,
                                      struct pgs_error *err) PGS_MUST_CHECK;

/* ENUM: the index of `label` in labels, or label_count when there is none. */
uint32_t pgs_type_label_index(const struct pgs_type *type, struct pgs_str label);

/* Makes `type`, of kind RANGE or MULTIRANGE, one over `bound_oid`; false when no
 * codec reads bounds of that type. */
bool pgs_type_set_bound(struct pgs_type *type, uint32_t bound_oid);

/* How a column of this type is selected. */
enum pgs_cast {
    PGS_CAST_NONE,      /* as it is */
    PGS_CAST_TEXT,      /* "c"::text */
    PGS_CAST_TEXT_ARRAY /* "c"::text[]: the elements are read as text */
};
enum pgs_cast pgs_type_cast(const struct pgs_type *type);

/* The element oid of a built-in array type, or 0. */
uint32_t pgs_type_array_element_oid(uint32_t array_oid);
/* The array oid of a built-in scalar type, or 0. */
uint32_t pgs_type_array_oid(uint32_t element_oid);

/* Whether values of `type`, all the way down, can be written in binary (no
 * PGS_KIND_TEXT_CAST anywhere). */
bool pgs_type_is_binary(const struct pgs_type *type);

PGS_EXTERN_C_END

#endif
