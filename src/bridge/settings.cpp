// SPDX-License-Identifier: MIT
#include "bridge/settings.hpp"

#include <thread>

#include "bridge/errors.hpp"
#include "bridge/rows_function.hpp"
#include "bridge/services.hpp"
#include "duckdb/main/config.hpp"

namespace pgs
{

using duckdb::ClientContext;
using duckdb::SetScope;
using duckdb::Value;

using Callback = duckdb::set_option_callback_t;

// DuckDB tells of a change through a plain function pointer, so each setting
// needs a function of its own: number INDEX of the list.
template <size_t INDEX> static void Changed(ClientContext &context, SetScope scope, Value &value)
{
    auto &setting = pgs_extension_describe()->settings[INDEX];
    pgs_setting_change change = {};
    pgs_error err;

    change.context = ToHost(context);
    change.value = value.IsNull() ? nullptr : reinterpret_cast<duckdb_value>(&value);
    change.session =
        scope == SetScope::SESSION || (scope == SetScope::AUTOMATIC && !setting.global);
    Check(setting.change(&change, &err), err);
}

namespace
{

// All of them, by recursion.
template <size_t COUNT> struct Callbacks {
    static Callback At(size_t index)
    {
        return index == COUNT - 1 ? Changed<COUNT - 1> : Callbacks<COUNT - 1>::At(index);
    }
};

template <> struct Callbacks<0> {
    static Callback At(size_t)
    {
        return nullptr;
    }
};

} // namespace

static Value DefaultOf(const pgs_setting &setting)
{
    auto type = TypeOf(setting.type);

    if (setting.default_number) {
        return Value::UBIGINT(setting.default_number(std::thread::hardware_concurrency()));
    }
    return setting.default_value ? Value(setting.default_value).DefaultCastAs(type) : Value(type);
}

void RegisterSettings(duckdb::DatabaseInstance &db, const pgs_extension &extension)
{
    auto &config = duckdb::DBConfig::GetConfig(db);

    for (size_t i = 0; extension.settings[i].name; i++) {
        auto &setting = extension.settings[i];

        config.AddExtensionOption(setting.name, setting.description, TypeOf(setting.type),
                                  DefaultOf(setting),
                                  setting.change ? Callbacks<PGS_SETTINGS_MAX>::At(i) : nullptr,
                                  setting.global ? SetScope::GLOBAL : SetScope::SESSION);
    }
}

} // namespace pgs
