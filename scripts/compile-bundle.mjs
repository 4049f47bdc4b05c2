// Writes beside the files of dist/bundle what this Node.js makes of them: the code of the functions that a check of a
// small log calls. V8 takes that over without compiling; all others are compiled when they are called, as ever.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { compiledFile, load, sources } from "../dist/bundle/load.cjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const silent = () => new Writable({ write: (_chunk, _encoding, done) => done() });
const { main } = load("cli.cjs");
const log = join(ROOT, "fixtures/quickstart/events.ndjson");
const code = await main([log, "--no-config"], {
  stdin: process.stdin,
  stdout: silent(),
  stderr: silent(),
  env: {},
});
if (code !== 0) throw new Error(`the check that shows what is called ended with ${code}`);
for (const [name, source] of sources()) {
  const isCompiled = source.script.cachedDataRejected === false;
  if (!isCompiled) writeFileSync(join(ROOT, "dist/bundle", name), compiledFile(source));
}
