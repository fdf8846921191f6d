/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "catalog_test.h"

static void check_pieces(struct eye *eye, const char *name, const char *wanted, int messages)
{
    const struct pgs_table *table = find(eye, "sto", name);
    struct pgs_storage *pieces = NULL;
    struct pgs_arena arena;
    struct pgs_error err;
    char got[1024] = "";
    size_t count = 0;

    pgs_arena_init(&arena);
    pgs_check_about(name);
    statements = 0;
    CHECK_OK(pgs_view_list_storage(eye->view, table, &arena, &pieces, &count, &err));
    for (size_t i = 0; i < count; i++) {
        char sql[256];

        snprintf(got + strlen(got), sizeof(got) - strlen(got), "%.*s%s ",
                 PGS_STR_ARG(pieces[i].name), pieces[i].blocks < 0 ? "?" : "");
        snprintf(sql, sizeof(sql), "SELECT pg_relation_size('sto.%.*s') / 8192",
                 PGS_STR_ARG(pieces[i].name));
        if (pieces[i].blocks >= 0)
            CHECK_INT(pieces[i].blocks, ask(sql));
    }
    CHECK_STR(got, wanted);
    CHECK_INT(statements, messages);
    pgs_check_about("");
    pgs_free(pieces);
    pgs_arena_release(&arena);
}

void test_storage(void)
{
    struct eye eye;

    prepare("DROP SCHEMA IF EXISTS sto CASCADE; CREATE SCHEMA sto; SET search_path = sto;"
            "CREATE TABLE plain AS SELECT i FROM generate_series(1, 1000) i;"
            "CREATE VIEW v AS SELECT 1 AS i; CREATE MATERIALIZED VIEW mv AS SELECT 1 AS i;"
            "CREATE TABLE p(i int, t text) PARTITION BY RANGE (i);"
            "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (1000);"
            "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (1000) TO (2000)"
            " PARTITION BY RANGE (i);"
            "CREATE TABLE p21 PARTITION OF p2 FOR VALUES FROM (1000) TO (1500);"
            "CREATE TABLE p22 PARTITION OF p2 FOR VALUES FROM (1500) TO (2000);"
            "INSERT INTO p SELECT i, 'x' FROM generate_series(0, 1999) i; ANALYZE p1;"
            "CREATE TABLE pf(i int) PARTITION BY RANGE (i);"
            "CREATE TABLE pf1 PARTITION OF pf FOR VALUES FROM (0) TO (10);"
            "CREATE FOREIGN TABLE pf2 PARTITION OF pf FOR VALUES FROM (10) TO (20)"
            " SERVER cat_server;"
            "CREATE TABLE none(i int) PARTITION BY RANGE (i);"
            "CREATE TABLE par AS SELECT i FROM generate_series(1, 1000) i;"
            "CREATE TABLE kid() INHERITS (par); INSERT INTO kid SELECT generate_series(1, 500);"
            "CREATE TABLE sec(i int) PARTITION BY RANGE (i);"
            "CREATE TABLE sec1 PARTITION OF sec FOR VALUES FROM (0) TO (10);"
            "CREATE TABLE priv(i int) PARTITION BY RANGE (i);"
            "CREATE TABLE priv1 PARTITION OF priv FOR VALUES FROM (0) TO (10);"
            "DROP ROLE IF EXISTS sto_user; CREATE ROLE sto_user; GRANT USAGE ON SCHEMA sto TO"
            " sto_user; GRANT SELECT ON ALL TABLES IN SCHEMA sto TO sto_user;"
            "REVOKE SELECT ON priv1 FROM sto_user; ALTER TABLE sec ENABLE ROW LEVEL SECURITY;"
            "RESET search_path");
    eye = open_eye(NULL);
    check_pieces(&eye, "plain", "plain ", 0);
    check_pieces(&eye, "v", "v? ", 0);
    check_pieces(&eye, "mv", "mv ", 0);
    check_pieces(&eye, "p", "p1 p21 p22 ", 1);
    check_pieces(&eye, "pf", "pf1 pf2? ", 1);
    check_pieces(&eye, "none", "", 1);
    check_pieces(&eye, "par", "kid par ", 1);
    CHECK(find(&eye, "sto", "p")->rows > 1500 && find(&eye, "sto", "p")->rows < 4000);
    CHECK(find(&eye, "sto", "par")->has_children);
    CHECK(find(&eye, "sto", "none")->rows == -1);
    eye_run(&eye, "SET LOCAL ROLE sto_user");
    check_pieces(&eye, "p", "p1 p21 p22 ", 1);
    check_pieces(&eye, "sec", "sec? ", 1);
    check_pieces(&eye, "priv", "priv? ", 1);
    close_eye(&eye);
    prepare("DROP SCHEMA sto CASCADE; DROP ROLE sto_user");
}
