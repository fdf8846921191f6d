// SPDX-License-Identifier: MIT
#include "bridge/transaction.hpp"

#include "bridge/catalog.hpp"
#include "bridge/errors.hpp"
#include "bridge/listed_entries.hpp"
#include "bridge/services.hpp"
#include "bridge/table_entry.hpp"
#include "settings/transaction_settings.h"

namespace pgs
{

Transaction::Transaction(Catalog &catalog, duckdb::TransactionManager &manager,
                         duckdb::ClientContext &context)
    : duckdb::Transaction(manager, context), catalog(catalog),
      log(context, catalog.GetAttached().GetName()), core(nullptr)
{
    pgs_error err;
    auto interrupt = InterruptOf(context);
    auto core_log = log.Core();

    Check(pgs_transaction_new(catalog.Core(), &interrupt, &core_log, &core, &err), err);
    pgs_session_follow_settings(core->session, ToHost(context));
}

Transaction::~Transaction()
{
    pgs_transaction_free(core);
}

Transaction &Transaction::Get(duckdb::ClientContext &context, duckdb::Catalog &catalog)
{
    auto &transaction = duckdb::Transaction::Get(context, catalog).Cast<Transaction>();

    pgs_view_follow_settings(transaction.core->view, ToHost(context));
    return transaction;
}

TableEntry &Transaction::Entry(duckdb::SchemaCatalogEntry &schema, const pgs_table *table)
{
    std::lock_guard<std::mutex> guard(lock);
    auto &entry = entries[table];

    if (!entry) {
        entry = TableEntry::Create(catalog, schema, table);
    }
    return *entry;
}

duckdb::CatalogEntry &Transaction::ViewEntryOf(duckdb::SchemaCatalogEntry &schema,
                                               const pgs_table *view)
{
    std::lock_guard<std::mutex> guard(lock);
    auto &entry = listed[view];

    if (!entry) {
        entry = ViewEntry::Create(catalog, schema, view);
    }
    return *entry;
}

duckdb::CatalogEntry &Transaction::IndexEntryOf(duckdb::SchemaCatalogEntry &schema,
                                                const pgs_index *index)
{
    std::lock_guard<std::mutex> guard(lock);
    auto &entry = listed[index];

    if (!entry) {
        entry = IndexEntry::Create(catalog, schema, *this, index);
    }
    return *entry;
}

duckdb::CatalogEntry &Transaction::TypeEntryOf(duckdb::SchemaCatalogEntry &schema,
                                               const pgs_named_type *type)
{
    std::lock_guard<std::mutex> guard(lock);
    auto &entry = listed[type];

    if (!entry) {
        entry = TypeEntry::Create(catalog, schema, type);
    }
    return *entry;
}

void Transaction::ExpectLookup(const std::string &schema, const std::string &table)
{
    std::lock_guard<std::mutex> guard(lock);

    expected_schema = schema;
    expected_table = table;
}

bool Transaction::IsExpected(const std::string &schema, const std::string &table)
{
    std::lock_guard<std::mutex> guard(lock);
    auto expected = expected_table == table && expected_schema == schema;

    expected_table.clear();
    return expected;
}

TransactionManager::TransactionManager(duckdb::AttachedDatabase &db, Catalog &catalog)
    : duckdb::TransactionManager(db), catalog(catalog)
{
}

duckdb::Transaction &TransactionManager::StartTransaction(duckdb::ClientContext &context)
{
    auto transaction = duckdb::make_uniq<Transaction>(catalog, *this, context);
    auto &result = *transaction;
    std::lock_guard<std::mutex> guard(lock);

    running[result] = std::move(transaction);
    return result;
}

void TransactionManager::Forget(duckdb::Transaction &transaction)
{
    duckdb::unique_ptr<Transaction> ended;
    {
        std::lock_guard<std::mutex> guard(lock);
        auto entry = running.find(transaction);

        ended = std::move(entry->second);
        running.erase(entry);
    }
}

duckdb::ErrorData TransactionManager::CommitTransaction(duckdb::ClientContext &,
                                                        duckdb::Transaction &transaction)
{
    pgs_error err;
    auto status = pgs_transaction_commit(transaction.Cast<Transaction>().Core(), &err);

    Forget(transaction);
    return status == PGS_OK ? duckdb::ErrorData() : ToErrorData(err);
}

void TransactionManager::RollbackTransaction(duckdb::Transaction &transaction)
{
    pgs_transaction_rollback(transaction.Cast<Transaction>().Core());
    Forget(transaction);
}

void TransactionManager::Checkpoint(duckdb::ClientContext &context, bool)
{
    auto &transaction = Transaction::Get(context, catalog);
    pgs_error err;

    Check(pgs_session_exec_alone(transaction.Core()->session, "CHECKPOINT", nullptr, &err), err);
}

} // namespace pgs
