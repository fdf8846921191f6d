#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Makes the test database `postgresscanner`, anew each time, on the server that PGHOST, PGPORT, PGUSER
# and PGPASSWORD name. Needs a superuser and a build (make), for its generator of TPC data.
#
#   PGHOST=localhost PGPORT=5432 PGUSER=postgres PGPASSWORD=postgres ./create-postgres-tables.sh
#
# Schemas tpch and tpcds hold the benchmarks' tables at scale factor 0.01; the rest is in test/data.
# The server need not see our files: all data goes through the connection.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
database=postgresscanner

die() {
    echo "create-postgres-tables.sh: $*" >&2
    exit 1
}

# Prints the first of the given files that can be executed.
first_program() {
    local file
    for file in "$@"; do
        if [ -x "$file" ]; then
            echo "$file"
            return
        fi
    done
}

psql=$(command -v psql || first_program "$root/build/deps/postgres/bin/psql")
[ -n "$psql" ] || die "no psql, neither on PATH nor in build/deps/postgres/bin"
tpcgen=$(first_program "$root"/build/{release,reldebug,debug}/test/tpcgen)
[ -n "$tpcgen" ] || die "no build/{release,reldebug,debug}/test/tpcgen: run make first"

sql() {
    PGOPTIONS='-c client_min_messages=warning' "$psql" -X -q -v ON_ERROR_STOP=1 "$@"
}

sql -d postgres -c 'SELECT 1' >/dev/null || die "cannot reach the server (PGHOST, PGPORT, PGUSER, PGPASSWORD)"

data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT

"$tpcgen" -c 'CREATE SCHEMA tpch' -c "CALL dbgen(sf = 0.01, schema = 'tpch')" \
    -c 'CREATE SCHEMA tpcds' -c "CALL dsdgen(sf = 0.01, schema = 'tpcds')" \
    -c "EXPORT DATABASE '$data' (FORMAT csv)"

# The export's statements that load the tables name files; \copy sends the files' contents instead.
sed -E "s/^COPY ([^ ]+) FROM ('[^']+') .*/\\\\copy \1 from \2 with (format csv, header)/" \
    "$data/load.sql" >"$data/copy.sql"
! grep -v '^\\copy ' "$data/copy.sql" | grep -q . || die "unexpected statement in DuckDB's export"

sql -d postgres -c "DROP DATABASE IF EXISTS $database WITH (FORCE)" -c "CREATE DATABASE $database"
sql -d "$database" -1 -f "$data/schema.sql" -f "$data/copy.sql" >/dev/null
for file in all_pg_types decimals other; do
    sql -d "$database" -1 -f "$root/test/data/$file.sql"
done

# VACUUM sets relpages, by which scans are divided among threads; ANALYZE makes the statistics.
sql -d "$database" -c CHECKPOINT -c 'VACUUM (ANALYZE)'
echo "database $database is ready"
