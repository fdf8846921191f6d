/* SPDX-License-Identifier: MIT */
#include "sql/ddl.h"
#include "wire/type.h"

/* pg_type.dat; BIT is named varchar in CREATE TABLE, but its values have a type. */
static const uint32_t oids[] = {
    [PGS_SOURCE_BOOLEAN] = 16,        [PGS_SOURCE_TINYINT] = 21,
    [PGS_SOURCE_SMALLINT] = 21,       [PGS_SOURCE_INTEGER] = 23,
    [PGS_SOURCE_BIGINT] = 20,         [PGS_SOURCE_HUGEINT] = 1700,
    [PGS_SOURCE_UTINYINT] = 21,       [PGS_SOURCE_USMALLINT] = 23,
    [PGS_SOURCE_UINTEGER] = 20,       [PGS_SOURCE_UBIGINT] = 1700,
    [PGS_SOURCE_UHUGEINT] = 1700,     [PGS_SOURCE_FLOAT] = 700,
    [PGS_SOURCE_DOUBLE] = 701,        [PGS_SOURCE_DECIMAL] = 1700,
    [PGS_SOURCE_VARCHAR] = 25,        [PGS_SOURCE_JSON] = 114,
    [PGS_SOURCE_BLOB] = 17,           [PGS_SOURCE_UUID] = 2950,
    [PGS_SOURCE_DATE] = 1082,         [PGS_SOURCE_TIME] = 1083,
    [PGS_SOURCE_TIMETZ] = 1266,       [PGS_SOURCE_TIMESTAMP] = 1114,
    [PGS_SOURCE_TIMESTAMP_S] = 1114,  [PGS_SOURCE_TIMESTAMP_MS] = 1114,
    [PGS_SOURCE_TIMESTAMP_NS] = 1114, [PGS_SOURCE_TIMESTAMPTZ] = 1184,
    [PGS_SOURCE_INTERVAL] = 1186,     [PGS_SOURCE_BIT] = 1562,
    [PGS_SOURCE_TIME_NS] = 1083,      [PGS_SOURCE_USER] = 0,
};

uint32_t pgs_type_to_oid(const struct pgs_source_type *type)
{
    bool list = false;
    uint32_t oid;

    while (type && (type->id == PGS_SOURCE_LIST || type->id == PGS_SOURCE_ARRAY)) {
        type = type->element;
        list = true;
    }
    if (!type || (size_t)type->id >= sizeof(oids) / sizeof(oids[0]))
        return 0;
    oid = oids[type->id];
    return list && oid ? pgs_type_array_oid(oid) : oid;
}
