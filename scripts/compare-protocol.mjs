// Checks every fixture twice, with the bundled schemas and invariants and with those of a folder laid
// out like the official schemas/v2, and fails where the two reports differ in anything but the digest.
// Usage: node scripts/compare-protocol.mjs path/to/schemas/v2
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { check } from "../dist/index.js";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: node scripts/compare-protocol.mjs path/to/schemas/v2");

const fixtures = fileURLToPath(new URL("../fixtures", import.meta.url));
const theirs = { schemas: folder, invariants: [join(folder, "invariants")] };
const logs = readdirSync(fixtures, { recursive: true })
  .filter((name) => /\.(ndjson|json)(\.gz)?$/.test(name) && !name.endsWith(".expected.json"))
  .sort();

let different = 0;
for (const name of logs) {
  const path = join(fixtures, name);
  const [bundled, official] = await Promise.all([check([path]), check([path], theirs)]);
  if (isDeepStrictEqual({ ...bundled, protocol: 0 }, { ...official, protocol: 0 })) continue;
  different++;
  console.log(`differs: ${name}: ${bundled.verdict} / ${official.verdict}`);
}
console.log(`${logs.length} logs, ${different} with another report`);
process.exitCode = different === 0 ? 0 : 1;
