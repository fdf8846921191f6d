// SPDX-License-Identifier: MIT
// The Node client: load, attach, query, write, a clear error. One closing line like all tests.
import assert from 'node:assert';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(path.join(root, 'build/deps/node/package.json'));
const { DuckDBInstance } = await import(pathToFileURL(require.resolve('@duckdb/node-api')).href);
const extension = path.join(root, process.env.PGS_BUILD, 'extension/postgres_scanner/postgres_scanner.duckdb_extension');

const instance = await DuckDBInstance.create(':memory:', { allow_unsigned_extensions: 'true' });
const connection = await instance.connect();
const rows = async (sql) => (await connection.runAndReadAll(sql)).getRowsJson();

const tests = {
  async node_load() {
    await connection.run(`LOAD '${extension}'`);
    await connection.run("ATTACH 'dbname=postgresscanner' AS pg (TYPE postgres)");
  },
  async node_query() {
    assert.deepEqual(await rows('SELECT count(*)::INTEGER FROM pg.nulltest'), [[7]]);
    assert.deepEqual(await rows("SELECT model, color FROM pg.cars WHERE brand = 'ferrari'"), [['testarossa', 'red']]);
    assert.deepEqual(await rows('SELECT count(*)::INTEGER FROM pg.big_generated_table'), [[1000000]]);
  },
  async node_write() {
    await connection.run('CREATE OR REPLACE TABLE pg.node_test AS SELECT 1 AS i');
    await connection.run('INSERT INTO pg.node_test VALUES (2)');
    assert.deepEqual(await rows('SELECT sum(i)::INTEGER FROM pg.node_test'), [[3]]);
    await connection.run('DROP TABLE pg.node_test');
  },
  async node_error() {
    await assert.rejects(connection.run("FROM postgres_query('pg', 'SELECT 1/0')"), /division by zero/);
    assert.deepEqual(await rows('SELECT count(*)::INTEGER FROM pg.nulltest'), [[7]]);
  },
};

let passed = 0;
let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    console.log(`ok   ${name}`);
    passed++;
  } catch (error) {
    console.log(error);
    console.log(`FAIL ${name}`);
    failed++;
  }
}
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
connection.closeSync();
process.exit(failed ? 1 : 0);
