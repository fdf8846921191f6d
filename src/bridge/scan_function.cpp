// SPDX-License-Identifier: MIT
#include "bridge/scan_function.hpp"

#include "base/limits.h"
#include "bridge/errors.hpp"
#include "bridge/services.hpp"
#include "bridge/table_entry.hpp"
#include "duckdb/planner/operator/logical_get.hpp"
#include "duckdb/storage/statistics/node_statistics.hpp"
#include "settings/read.h"
#include "settings/transaction_settings.h"

namespace pgs
{

using duckdb::ClientContext;
using duckdb::FunctionData;
using duckdb::GlobalTableFunctionState;
using duckdb::idx_t;
using duckdb::LocalTableFunctionState;
using duckdb::make_uniq;
using duckdb::optional_ptr;
using duckdb::unique_ptr;

ScanBindData::ScanBindData(pgs_scan_plan *plan, pgs_transaction *transaction, TableEntry *table)
    : plan(plan), transaction(transaction), table(table)
{
}

ScanBindData::~ScanBindData()
{
    pgs_scan_plan_free(plan);
}

unique_ptr<FunctionData> ScanBindData::Copy() const
{
    pgs_scan_plan *copy = nullptr;
    pgs_error err;

    Check(pgs_scan_plan_copy(plan, &copy, &err), err);
    auto result = make_uniq<ScanBindData>(copy, transaction, table);
    result->database_name = database_name;
    result->own = own;
    return std::move(result);
}

bool ScanBindData::Equals(const FunctionData &other) const
{
    return this == &other;
}

namespace
{

struct ScanGlobalState : public GlobalTableFunctionState {
    ~ScanGlobalState() override
    {
        pgs_scan_free(scan);
        pgs_transaction_free(own);
    }
    idx_t MaxThreads() const override
    {
        return pgs_scan_workers_max(scan);
    }

    pgs_scan *scan = nullptr;
    unique_ptr<QueryLog> log;       // of `own`
    pgs_transaction *own = nullptr; // on a database of the call's own
    std::string replacement;        // lent to the codec's options
};

struct ScanLocalState : public LocalTableFunctionState {
    ~ScanLocalState() override
    {
        pgs_scan_worker_free(worker);
    }

    pgs_scan_worker *worker = nullptr;
};

} // namespace

void Project(ScanBindData &bind_data, const duckdb::vector<duckdb::column_t> &column_ids)
{
    std::vector<uint32_t> output;
    pgs_error err;

    for (auto &column : column_ids) {
        output.push_back(duckdb::IsVirtualColumn(column) ? PGS_SCAN_NO_COLUMN
                                                         : static_cast<uint32_t>(column));
    }
    auto &plan = *bind_data.plan;
    if (plan.output_count == output.size() &&
        std::equal(output.begin(), output.end(), plan.output)) {
        return;
    }
    Check(pgs_scan_plan_project(&plan, output.data(), output.size(), &err), err);
}

// The transaction of this execution; that of binding may have ended since (a
// prepared statement).
static pgs_transaction *TransactionOf(ClientContext &context, const ScanBindData &bind_data,
                                      ScanGlobalState &state)
{
    pgs_transaction *transaction = bind_data.transaction;
    pgs_error err;

    if (bind_data.own) {
        auto interrupt = InterruptOf(context);

        state.log = make_uniq<QueryLog>(context, std::string());
        auto log = state.log->Core();
        Check(pgs_transaction_new(bind_data.own->core, &interrupt, &log, &state.own, &err), err);
        pgs_session_follow_settings(state.own->session, ToHost(context));
        return state.own;
    }
    if (!bind_data.table) {
        Check(pgs_host_transaction(ToHost(context), ToStr(bind_data.database_name),
                                   "a prepared statement", &transaction, &err),
              err);
    }
    return transaction;
}

static bool UsesCopy(ClientContext &context, const pgs_database &database)
{
    if (database.copy_use == PGS_COPY_BY_SETTING) {
        return !pgs_setting_bool(ToHost(context), "pg_use_text_protocol", false);
    }
    return database.copy_use == PGS_COPY_ALWAYS;
}

// At each execution, since a prepared statement is bound once. DuckDB refuses a
// second database that is written and a read-only transaction; that a database
// is attached read-only is the server's to say.
static void AnnounceWrite(ClientContext &context, const ScanBindData &bind_data,
                          const pgs_transaction &transaction)
{
    pgs_error err;

    if (bind_data.plan->writes && !transaction.database->session_options.read_only) {
        Check(pgs_host_begin_write(ToHost(context), ToStr(bind_data.database_name), &err), err);
    }
}

static unique_ptr<GlobalTableFunctionState> InitGlobal(ClientContext &context,
                                                       duckdb::TableFunctionInitInput &input)
{
    auto &bind_data = const_cast<ScanBindData &>(input.bind_data->Cast<ScanBindData>());
    auto state = make_uniq<ScanGlobalState>();
    auto facts = pgs_host_facts(ToHost(context));
    pgs_scan_options options = {};
    pgs_error err;

    for (auto column : input.column_ids) {
        if (column == duckdb::COLUMN_IDENTIFIER_ROW_ID) {
            throw duckdb::NotImplementedException(
                "reading the row id of a Postgres table is not supported yet");
        }
    }
    Project(bind_data, input.column_ids);
    options.threads_max = facts.threads;
    options.autocommit = facts.autocommit || bind_data.own;
    options.use_block_ranges = pgs_setting_bool(ToHost(context), "pg_use_ctid_scan", true);
    options.blocks_per_task = pgs_setting_number(ToHost(context), "pg_pages_per_task", 0);
    options.codec = CodecOptions(context, state->replacement);
    auto transaction = TransactionOf(context, bind_data, *state);
    options.use_copy = UsesCopy(context, *transaction->database);
    AnnounceWrite(context, bind_data, *transaction);
    Check(pgs_scan_open(transaction, bind_data.plan, &options, &state->scan, &err), err);
    return std::move(state);
}

static unique_ptr<LocalTableFunctionState> InitLocal(duckdb::ExecutionContext &,
                                                     duckdb::TableFunctionInitInput &,
                                                     GlobalTableFunctionState *global_state)
{
    auto state = make_uniq<ScanLocalState>();
    pgs_error err;

    Check(pgs_scan_worker_new(global_state->Cast<ScanGlobalState>().scan, &state->worker, &err),
          err);
    return std::move(state);
}

static void Scan(ClientContext &, duckdb::TableFunctionInput &input, duckdb::DataChunk &output)
{
    auto worker = input.local_state->Cast<ScanLocalState>().worker;
    size_t rows = 0;
    pgs_error err;

    Check(pgs_scan_worker_next(worker, reinterpret_cast<duckdb_data_chunk>(&output), &rows, &err),
          err);
    output.SetCardinality(rows);
}

static duckdb::OperatorPartitionData GetPartitionData(ClientContext &,
                                                      duckdb::TableFunctionGetPartitionInput &input)
{
    if (input.partition_info.RequiresPartitionColumns()) {
        throw duckdb::InternalException("a Postgres scan has no partition columns");
    }
    return duckdb::OperatorPartitionData(
        pgs_scan_worker_task(input.local_state->Cast<ScanLocalState>().worker));
}

static double Progress(ClientContext &, const FunctionData *,
                       const GlobalTableFunctionState *global_state)
{
    return pgs_scan_progress(global_state->Cast<ScanGlobalState>().scan);
}

static unique_ptr<duckdb::NodeStatistics> Cardinality(ClientContext &,
                                                      const FunctionData *bind_data)
{
    auto rows = pgs_scan_plan_rows(bind_data->Cast<ScanBindData>().plan);

    if (rows < 0) {
        return nullptr;
    }
    return make_uniq<duckdb::NodeStatistics>(static_cast<idx_t>(rows));
}

static duckdb::BindInfo GetBindInfo(const optional_ptr<FunctionData> bind_data)
{
    auto &data = bind_data->Cast<ScanBindData>();

    if (!data.table) {
        return duckdb::BindInfo(duckdb::ScanType::EXTERNAL);
    }
    return duckdb::BindInfo(*data.table);
}

static duckdb::InsertionOrderPreservingMap<std::string>
ToString(duckdb::TableFunctionToStringInput &input)
{
    duckdb::InsertionOrderPreservingMap<std::string> result;
    auto plan = input.bind_data->Cast<ScanBindData>().plan;
    pgs_buf sql;

    if (plan->table) {
        result["Table"] = FromStr(plan->table->name);
    }
    pgs_buf_init(&sql, PGS_SQL_BYTES_MAX);
    pgs_scan_plan_sql(plan, &sql);
    result["Remote SQL"] = sql.at;
    pgs_buf_release(&sql);
    if (plan->residual.size_bytes) {
        result["Local filter"] = FromStr(plan->residual);
    }
    return result;
}

static duckdb::InsertionOrderPreservingMap<std::string>
DynamicToString(duckdb::TableFunctionDynamicToStringInput &input)
{
    duckdb::InsertionOrderPreservingMap<std::string> result;
    struct pgs_scan_metrics metrics;

    pgs_scan_metrics(input.global_state->Cast<ScanGlobalState>().scan, &metrics);
    result["Remote statements"] = std::to_string(metrics.statements);
    result["Remote rows"] = std::to_string(metrics.rows);
    result["Remote bytes"] = std::to_string(metrics.bytes);
    return result;
}

duckdb::TableFunction ScanFunction(const std::string &name)
{
    duckdb::TableFunction function(name, {}, Scan, nullptr, InitGlobal, InitLocal);

    function.projection_pushdown = true;
    function.pushdown_complex_filter = PushFilters;
    function.get_partition_data = GetPartitionData;
    function.table_scan_progress = Progress;
    function.cardinality = Cardinality;
    function.get_bind_info = GetBindInfo;
    function.to_string = ToString;
    function.dynamic_to_string = DynamicToString;
    function.verify_serialization = false;
    return function;
}

bool IsScanFunction(const duckdb::TableFunction &function)
{
    return function.function == Scan;
}

} // namespace pgs
