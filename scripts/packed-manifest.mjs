// The package.json that is packed has nothing that only a clone can do: no scripts and no development dependencies.
// Whoever installs the package, from a tarball or from a repository that holds the packed files, builds nothing.
//
//   node scripts/packed-manifest.mjs write      before packing; the repository's own is kept beside it
//   node scripts/packed-manifest.mjs restore    after packing, or by hand if packing was interrupted
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const MANIFEST = fileURLToPath(new URL("../package.json", import.meta.url));
const KEPT = `${MANIFEST}.kept`;
const ONLY_IN_A_CLONE = ["scripts", "devDependencies", "allowScripts"];

if (existsSync(KEPT)) renameSync(KEPT, MANIFEST);
if (process.argv[2] === "write") {
  const text = readFileSync(MANIFEST, "utf8");
  const members = Object.entries(JSON.parse(text)).filter(([name]) => !ONLY_IN_A_CLONE.includes(name));
  writeFileSync(KEPT, text);
  writeFileSync(MANIFEST, `${JSON.stringify(Object.fromEntries(members), null, 2)}\n`);
}
