// SPDX-License-Identifier: MIT
//
// INSERT and CREATE TABLE AS: DuckDB's chunks into the core's insert.
#include "write/insert.h"
#include "bridge/catalog.hpp"
#include "bridge/errors.hpp"
#include "bridge/scan_function.hpp"
#include "bridge/schema_entry.hpp"
#include "bridge/services.hpp"
#include "bridge/table_entry.hpp"
#include "bridge/transaction.hpp"
#include "duckdb/execution/operator/scan/physical_table_scan.hpp"
#include "duckdb/execution/physical_operator.hpp"
#include "duckdb/execution/physical_plan_generator.hpp"
#include "duckdb/parallel/task_scheduler.hpp"
#include "duckdb/planner/operator/logical_create_table.hpp"
#include "duckdb/planner/operator/logical_insert.hpp"
#include "settings/read.h"

namespace pgs
{

using duckdb::ClientContext;
using duckdb::DataChunk;
using duckdb::ExecutionContext;
using duckdb::make_uniq;
using duckdb::optional_ptr;
using duckdb::PhysicalOperator;
using duckdb::unique_ptr;

namespace
{

struct InsertGlobalState : public duckdb::GlobalSinkState {
    ~InsertGlobalState() override
    {
        pgs_insert_free(insert);
    }

    pgs_insert *insert = nullptr;
    duckdb::vector<duckdb::LogicalType> types; // as the table has them
    std::string replacement;                   // lent to the codec's options
    int64_t rows = 0;
};

struct InsertLocalState : public duckdb::LocalSinkState {
    ~InsertLocalState() override
    {
        pgs_insert_part_free(part);
    }

    pgs_insert_part *part = nullptr;
    DataChunk columns; // those that are sent, in order
};

// One operator for both statements: `table` exists already, or `info` says how
// to create it.
class Insert : public PhysicalOperator
{
  public:
    Insert(duckdb::PhysicalPlan &physical_plan, duckdb::vector<duckdb::LogicalType> types,
           duckdb::idx_t estimated_cardinality)
        : PhysicalOperator(physical_plan, duckdb::PhysicalOperatorType::EXTENSION, std::move(types),
                           estimated_cardinality)
    {
    }

    optional_ptr<TableEntry> table;
    SchemaEntry *schema = nullptr;
    unique_ptr<duckdb::BoundCreateTableInfo> info;
    std::vector<uint32_t> columns;        // of the table
    std::vector<duckdb::idx_t> positions; // of the same in the chunks
    bool parallel = false;
    bool shared = false;

    std::string GetName() const override
    {
        return info ? "PG_CREATE_TABLE_AS" : "PG_INSERT";
    }
    duckdb::InsertionOrderPreservingMap<std::string> ParamsToString() const override
    {
        duckdb::InsertionOrderPreservingMap<std::string> result;

        result["Table Name"] = table ? table->name : info->Base().table;
        return result;
    }
    bool IsSink() const override
    {
        return true;
    }
    bool ParallelSink() const override
    {
        return parallel;
    }
    bool SinkOrderDependent() const override
    {
        return true;
    }
    bool IsSource() const override
    {
        return true;
    }

    unique_ptr<duckdb::GlobalSinkState> GetGlobalSinkState(ClientContext &context) const override;
    unique_ptr<duckdb::LocalSinkState> GetLocalSinkState(ExecutionContext &context) const override;
    duckdb::SinkResultType Sink(ExecutionContext &context, DataChunk &chunk,
                                duckdb::OperatorSinkInput &input) const override;
    duckdb::SinkCombineResultType Combine(ExecutionContext &context,
                                          duckdb::OperatorSinkCombineInput &input) const override;
    duckdb::SinkFinalizeType Finalize(duckdb::Pipeline &pipeline, duckdb::Event &event,
                                      ClientContext &context,
                                      duckdb::OperatorSinkFinalizeInput &input) const override;

  protected:
    duckdb::SourceResultType GetDataInternal(ExecutionContext &context, DataChunk &chunk,
                                             duckdb::OperatorSourceInput &input) const override;
};

// Flat all the way down, as the codecs read it.
void FlattenAll(duckdb::Vector &vector, duckdb::idx_t count)
{
    vector.Flatten(count);
    switch (vector.GetType().InternalType()) {
    case duckdb::PhysicalType::LIST:
        FlattenAll(duckdb::ListVector::GetEntry(vector), duckdb::ListVector::GetListSize(vector));
        break;
    case duckdb::PhysicalType::STRUCT:
        for (auto &child : duckdb::StructVector::GetEntries(vector)) {
            FlattenAll(*child, count);
        }
        break;
    default:
        break;
    }
}

unique_ptr<duckdb::GlobalSinkState> Insert::GetGlobalSinkState(ClientContext &context) const
{
    auto state = make_uniq<InsertGlobalState>();
    auto target = table;
    pgs_insert_options options = {};
    pgs_error err;

    // CREATE TABLE AS may find that PostgreSQL has no such type (TINYINT …) and
    // the column got another.
    if (!target) {
        auto created = schema->CreateTable(context, *info);
        if (!created) {
            throw duckdb::CatalogException("the table just created cannot be seen");
        }
        target = &created->Cast<TableEntry>();
    }
    for (auto column : columns) {
        state->types.push_back(target->GetColumn(duckdb::LogicalIndex(column)).Type());
    }
    options.shared = shared;
    options.as_text = !pgs_setting_bool(ToHost(context), "pg_use_binary_copy", true);
    options.codec = CodecOptions(context, state->replacement);
    Check(pgs_insert_open(Transaction::Get(context, target->ParentCatalog()).Core(), target->Core(),
                          columns.data(), columns.size(), &options, &state->insert, &err),
          err);
    return std::move(state);
}

unique_ptr<duckdb::LocalSinkState> Insert::GetLocalSinkState(ExecutionContext &) const
{
    auto state = make_uniq<InsertLocalState>();
    pgs_error err;

    Check(pgs_insert_part_new(sink_state->Cast<InsertGlobalState>().insert, &state->part, &err),
          err);
    return std::move(state);
}

duckdb::SinkResultType Insert::Sink(ExecutionContext &context, DataChunk &chunk,
                                    duckdb::OperatorSinkInput &input) const
{
    auto &types = input.global_state.Cast<InsertGlobalState>().types;
    auto &state = input.local_state.Cast<InsertLocalState>();
    pgs_error err;

    if (state.columns.ColumnCount() == 0) {
        state.columns.InitializeEmpty(types);
    }
    for (size_t i = 0; i < positions.size(); i++) {
        auto &source = chunk.data[positions[i]];
        if (source.GetType() == types[i]) {
            state.columns.data[i].Reference(source);
        } else {
            duckdb::Vector cast(types[i], chunk.size());
            duckdb::VectorOperations::Cast(context.client, source, cast, chunk.size());
            state.columns.data[i].Reference(cast);
        }
        FlattenAll(state.columns.data[i], chunk.size());
    }
    state.columns.SetCardinality(chunk.size());
    Check(pgs_insert_part_append(state.part, reinterpret_cast<duckdb_data_chunk>(&state.columns),
                                 &err),
          err);
    return duckdb::SinkResultType::NEED_MORE_INPUT;
}

duckdb::SinkCombineResultType Insert::Combine(ExecutionContext &,
                                              duckdb::OperatorSinkCombineInput &input) const
{
    pgs_error err;

    Check(pgs_insert_part_flush(input.local_state.Cast<InsertLocalState>().part, &err), err);
    return duckdb::SinkCombineResultType::FINISHED;
}

duckdb::SinkFinalizeType Insert::Finalize(duckdb::Pipeline &, duckdb::Event &, ClientContext &,
                                          duckdb::OperatorSinkFinalizeInput &input) const
{
    auto &state = input.global_state.Cast<InsertGlobalState>();
    pgs_error err;

    Check(pgs_insert_finish(state.insert, &state.rows, &err), err);
    return duckdb::SinkFinalizeType::READY;
}

duckdb::SourceResultType Insert::GetDataInternal(ExecutionContext &, DataChunk &chunk,
                                                 duckdb::OperatorSourceInput &) const
{
    chunk.SetCardinality(1);
    chunk.SetValue(0, 0, duckdb::Value::BIGINT(sink_state->Cast<InsertGlobalState>().rows));
    return duckdb::SourceResultType::FINISHED;
}

} // namespace

// Whether a scan below reads from the database that is written. It must then
// begin before the first row is sent, and share the main connection.
static bool ReadsFrom(PhysicalOperator &op, pgs_database *database)
{
    bool found = false;

    if (op.type == duckdb::PhysicalOperatorType::TABLE_SCAN) {
        auto &scan = op.Cast<duckdb::PhysicalTableScan>();
        if (IsScanFunction(scan.function) &&
            scan.bind_data->Cast<ScanBindData>().Database() == database) {
            scan.function.global_initialization =
                duckdb::TableFunctionInitialization::INITIALIZE_ON_SCHEDULE;
            found = true;
        }
    }
    for (auto &child : op.children) {
        found = ReadsFrom(child.get(), database) || found;
    }
    return found;
}

static void Connect(ClientContext &context, Insert &insert, PhysicalOperator &plan,
                    pgs_database *database)
{
    auto threads = duckdb::TaskScheduler::GetScheduler(context).NumberOfThreads();

    insert.parallel =
        threads > 1 && !duckdb::PhysicalPlanGenerator::PreserveInsertionOrder(context, plan);
    insert.shared = ReadsFrom(plan, database);
    insert.children.push_back(plan);
}

PhysicalOperator &Catalog::PlanInsert(ClientContext &context,
                                      duckdb::PhysicalPlanGenerator &planner,
                                      duckdb::LogicalInsert &op,
                                      optional_ptr<PhysicalOperator> plan)
{
    if (op.return_chunk) {
        throw duckdb::NotImplementedException(
            "RETURNING is not supported yet for insertion into a Postgres table");
    }
    if (op.on_conflict_info.action_type != duckdb::OnConflictAction::THROW) {
        throw duckdb::NotImplementedException(
            "ON CONFLICT is not supported yet for insertion into a Postgres table");
    }
    auto &insert = planner.Make<Insert>(op.types, op.estimated_cardinality).Cast<Insert>();
    auto &table = op.table.Cast<TableEntry>();

    insert.table = &table;
    for (size_t i = 0; i < table.Core()->column_count; i++) {
        auto position =
            op.column_index_map.empty() ? i : op.column_index_map[duckdb::PhysicalIndex(i)];
        if (position != duckdb::DConstants::INVALID_INDEX) {
            insert.columns.push_back(static_cast<uint32_t>(i));
            insert.positions.push_back(position);
        }
    }
    Connect(context, insert, *plan, core);
    return insert;
}

PhysicalOperator &Catalog::PlanCreateTableAs(ClientContext &context,
                                             duckdb::PhysicalPlanGenerator &planner,
                                             duckdb::LogicalCreateTable &op, PhysicalOperator &plan)
{
    auto &insert = planner.Make<Insert>(op.types, op.estimated_cardinality).Cast<Insert>();
    auto count = op.info->Base().columns.LogicalColumnCount();

    insert.schema = &op.schema.Cast<SchemaEntry>();
    insert.info = std::move(op.info);
    for (size_t i = 0; i < count; i++) {
        insert.columns.push_back(static_cast<uint32_t>(i));
        insert.positions.push_back(i);
    }
    Connect(context, insert, plan, core);
    return insert;
}

} // namespace pgs
