// SPDX-License-Identifier: MIT
//
// Files for the core, through DuckDB's file system.
#include "bridge/errors.hpp"
#include "bridge/services.hpp"
#include "duckdb/common/file_system.hpp"

namespace
{

struct File {
    duckdb::unique_ptr<duckdb::FileHandle> handle;
};

File &FromHost(pgs_host_file *file)
{
    return *reinterpret_cast<File *>(file);
}

} // namespace

pgs_status pgs_host_file_open(pgs_host_context *context, const char *path, bool write,
                              pgs_host_file **file, pgs_error *err)
{
    return pgs::Guarded(err, [&]() {
        using duckdb::FileOpenFlags;
        FileOpenFlags reading = FileOpenFlags::FILE_FLAGS_READ;
        FileOpenFlags writing =
            FileOpenFlags::FILE_FLAGS_WRITE | FileOpenFlags::FILE_FLAGS_FILE_CREATE_NEW;
        auto opened = duckdb::make_uniq<File>();

        auto &files = duckdb::FileSystem::GetFileSystem(pgs::FromHost(context));
        opened->handle = files.OpenFile(path, write ? writing : reading);
        *file = reinterpret_cast<pgs_host_file *>(opened.release());
    });
}

pgs_status pgs_host_file_read(pgs_host_file *file, void *at, size_t size_bytes, size_t *got,
                              pgs_error *err)
{
    return pgs::Guarded(
        err, [&]() { *got = static_cast<size_t>(FromHost(file).handle->Read(at, size_bytes)); });
}

pgs_status pgs_host_file_write(pgs_host_file *file, const void *at, size_t size_bytes,
                               pgs_error *err)
{
    return pgs::Guarded(err, [&]() {
        auto from = static_cast<const char *>(at);
        size_t written = 0;

        while (written < size_bytes) {
            auto now = FromHost(file).handle->Write(const_cast<char *>(from) + written,
                                                    size_bytes - written);
            written += static_cast<size_t>(now);
        }
    });
}

pgs_status pgs_host_file_close(pgs_host_file *file, pgs_error *err)
{
    return pgs::Guarded(err, [&]() { FromHost(file).handle->Close(); });
}

void pgs_host_file_free(pgs_host_file *file)
{
    delete reinterpret_cast<File *>(file);
}
