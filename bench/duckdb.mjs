// Checks a log with DuckDB and the statements of bench/checks.sql. Ends with 1 if one of them finds anything.
//
//   node bench/duckdb.mjs events.ndjson [--threads 1]
//
// npm run bench puts DuckDB into .cache/bench; it is no dependency, since it takes 70 MB.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { peerModule } from "./peers.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { threads: { type: "string", default: "1" } },
});
const [log = ""] = positionals;
const { DuckDBInstance } = peerModule("@duckdb/node-api");
const instance = await DuckDBInstance.create(":memory:", { threads: values.threads });
const connection = await instance.connect();
const path = `'${log.replaceAll("'", "''")}'`;
const sql = readFileSync(new URL("checks.sql", import.meta.url), "utf8");

for (const statement of statementsIn(sql)) {
  const reader = await connection.runAndReadAll(
    statement.replace("read_json($log", () => `read_json(${path}`),
  );
  for (const { what, wrong } of reader.getRowObjects()) {
    if (what === undefined || Number(wrong) === 0) continue;
    console.log(`${wrong} × ${what}`);
    process.exitCode = 1;
  }
}
connection.closeSync();

/** The statements of a file whose texts and comments end with no semicolon. */
function statementsIn(text) {
  return text
    .replaceAll(/^--.*$/gm, "")
    .split(/;\s*$/m)
    .filter((statement) => statement.trim() !== "");
}
