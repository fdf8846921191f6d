"""Answers pip's one question about DuckDB's source package: its name and version.

`pip download` asks the build backend of a source package for its metadata even when nothing is to be
built. DuckDB's backend wraps scikit-build-core; with this stand-in first on PYTHONPATH no build tool
has to be downloaded (pip would not check the hashes of those). `deps/fetch` is the only user.
"""

import pathlib


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    folder = pathlib.Path(metadata_directory, "duckdb-1.5.6.dist-info")
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: duckdb\nVersion: 1.5.6\n")
    return folder.name


def _cannot(*_arguments, **_options):
    raise RuntimeError("only the metadata of the source package is available here")


# The other hooks, which DuckDB's backend imports by name.
build_editable = build_sdist = build_wheel = _cannot
get_requires_for_build_editable = get_requires_for_build_sdist = _cannot
get_requires_for_build_wheel = prepare_metadata_for_build_editable = _cannot
