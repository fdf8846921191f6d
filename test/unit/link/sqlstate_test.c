/* SPDX-License-Identifier: MIT */
#include "link/sqlstate.h"

#include <assert.h>
#include <stddef.h>

int main(void)
{
    static const struct {
        const char *code;
        enum pgs_status status;
    } cases[] = {
        {NULL, PGS_ERR_IO},        {"", PGS_ERR_IO},          {"123", PGS_ERR_IO},
        {"08000", PGS_ERR_IO},     {"08006", PGS_ERR_IO},     {"08P01", PGS_ERR_PROTOCOL},
        {"28000", PGS_ERR_AUTH},   {"28P01", PGS_ERR_AUTH},   {"25P02", PGS_ERR_SERVER},
        {"25P03", PGS_ERR_IO},     {"53300", PGS_ERR_IO},     {"53100", PGS_ERR_SERVER},
        {"57P01", PGS_ERR_IO},     {"57P05", PGS_ERR_IO},     {"57014", PGS_ERR_SERVER},
        {"23505", PGS_ERR_SERVER}, {"40001", PGS_ERR_SERVER}, {"42601", PGS_ERR_SERVER},
        {"3D000", PGS_ERR_SERVER}, {"XX000", PGS_ERR_SERVER}, {"28", PGS_ERR_IO},
        {"2800", PGS_ERR_IO},      {"280000", PGS_ERR_IO},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert(pgs_sqlstate_status(cases[i].code) == cases[i].status);
    return 0;
}
