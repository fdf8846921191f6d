// SPDX-License-Identifier: MIT
//
// DuckDB's transaction on an attached database, and who starts and ends them.
#pragma once

#include "bridge/services.hpp"
#include "catalog/database.h"
#include "duckdb/common/reference_map.hpp"
#include "duckdb/transaction/transaction.hpp"
#include "duckdb/transaction/transaction_manager.hpp"

namespace pgs
{

class Catalog;
class TableEntry;

// Owns the core's transaction and the table entries that DuckDB was shown in it.
class Transaction : public duckdb::Transaction
{
  public:
    Transaction(Catalog &catalog, duckdb::TransactionManager &manager,
                duckdb::ClientContext &context);
    ~Transaction() override;

    static Transaction &Get(duckdb::ClientContext &context, duckdb::Catalog &catalog);

    pgs_transaction *Core()
    {
        return core;
    }
    // The entry of `table`, the same one for the whole transaction.
    TableEntry &Entry(duckdb::SchemaCatalogEntry &schema, const pgs_table *table);
    // The same for entries that are only listed, made from what the core lists.
    duckdb::CatalogEntry &ViewEntryOf(duckdb::SchemaCatalogEntry &schema, const pgs_table *view);
    duckdb::CatalogEntry &IndexEntryOf(duckdb::SchemaCatalogEntry &schema, const pgs_index *index);
    duckdb::CatalogEntry &TypeEntryOf(duckdb::SchemaCatalogEntry &schema,
                                      const pgs_named_type *type);

    // The next lookup of that table is only for showing it: what was listed will
    // do, and saves a round trip for each index of a listing.
    void ExpectLookup(const std::string &schema, const std::string &table);
    // Whether that was announced; once.
    bool IsExpected(const std::string &schema, const std::string &table);

  private:
    Catalog &catalog;
    QueryLog log; // the core's
    pgs_transaction *core;
    std::mutex lock; // what follows
    std::string expected_schema;
    std::string expected_table;
    duckdb::unordered_map<const void *, duckdb::unique_ptr<duckdb::CatalogEntry>> listed;
    duckdb::unordered_map<const pgs_table *, duckdb::unique_ptr<TableEntry>> entries;
};

class TransactionManager : public duckdb::TransactionManager
{
  public:
    TransactionManager(duckdb::AttachedDatabase &db, Catalog &catalog);

    duckdb::Transaction &StartTransaction(duckdb::ClientContext &context) override;
    duckdb::ErrorData CommitTransaction(duckdb::ClientContext &context,
                                        duckdb::Transaction &transaction) override;
    void RollbackTransaction(duckdb::Transaction &transaction) override;
    void Checkpoint(duckdb::ClientContext &context, bool force) override;

  private:
    void Forget(duckdb::Transaction &transaction);

    Catalog &catalog;
    std::mutex lock; // running
    duckdb::reference_map_t<duckdb::Transaction, duckdb::unique_ptr<Transaction>> running;
};

} // namespace pgs
