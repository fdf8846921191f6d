module postgres_scanner/deps

require github.com/duckdb/duckdb-go-bindings/lib/linux-amd64 v0.10506.0
