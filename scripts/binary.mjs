// Writes mplp-check as one file that runs without Node.js and without packages, for the system that this runs on: a
// single executable application of Node.js. `npm run binary` builds dist first.
//
//   node scripts/binary.mjs [FOLDER]    the folder is written anew; default: dist/binary
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { inject } from "postject";
import { licencesOf } from "./licences.mjs";
import { withoutMadeRequire } from "./made-require.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const OUT = resolve(process.argv[2] ?? join(ROOT, "dist/binary"));
const BINARY = join(OUT, process.platform === "win32" ? "mplp-check.exe" : "mplp-check");
/** The sign by which Node.js knows that something has been put into its file; it is the same in all versions. */
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

/** Modules of a binary find files and packages inside it. */
const fromInside = {
  name: "from inside",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /\/package-file\.js$/ }, () => ({ path: join(ROOT, "dist/package/in-binary.js") }));
    onLoad({ filter: /[\\/]dist[\\/].*\.js$/ }, ({ path }) => {
      if (path.includes("node_modules")) return undefined;
      return { contents: withoutMadeRequire(readFileSync(path, "utf8")), loader: "js" };
    });
  },
};

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const inputs = [
  ...(await bundled("main.cjs", {
    contents: `import { main } from "./dist/cli/main.js";
main(process.argv.slice(2)).then((code) => { process.exitCode = code; });`,
    resolveDir: ROOT,
  })),
  ...(await bundled("worker.cjs", {
    contents: `import "./dist/run/blocks/worker.js";`,
    resolveDir: ROOT,
  })),
];
writeFileSync(join(OUT, "LICENSES.txt"), allLicences(inputs));
writeBinary(assets());
await putInside();
for (const name of ["main.cjs", "worker.cjs", "files.json", "sea.json", "sea.blob"]) rmSync(join(OUT, name));

/** Bundles a program with all that it imports into one file; gives the files that went in. */
async function bundled(name, stdin) {
  const { metafile, warnings } = await build({
    stdin,
    outfile: join(OUT, name),
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    // The only format that Node.js 20 runs from inside; it knows no import().
    format: "cjs",
    supported: { "dynamic-import": false },
    plugins: [fromInside],
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    absWorkingDir: ROOT,
  });
  if (warnings.length > 0) throw new Error(`${name} may not work: see the warnings`);
  return Object.keys(metafile.inputs);
}

/** The files that a run may read from the package, by their paths in it. */
function assets() {
  const folders = ["schemas", "invariants"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
      .filter((path) => /\.(?:json|yaml)$/.test(path)),
  );
  const files = ["package.json", "docs/examples.json", "dist/scanner.wasm", ...folders];
  writeFileSync(join(OUT, "files.json"), JSON.stringify(files));
  return {
    ...Object.fromEntries(files.map((path) => [path, join(ROOT, path)])),
    "files.json": "files.json",
    "worker.cjs": "worker.cjs",
  };
}

/** A copy of the running Node.js, and beside it the blob to put inside. */
function writeBinary(assets) {
  const config = {
    main: "main.cjs",
    output: "sea.blob",
    disableExperimentalSEAWarning: true,
    useCodeCache: true,
    assets,
  };
  writeFileSync(join(OUT, "sea.json"), JSON.stringify(config));
  execFileSync(process.execPath, ["--experimental-sea-config", "sea.json"], { cwd: OUT, stdio: "pipe" });
  copyFileSync(process.execPath, BINARY);
  chmodSync(BINARY, 0o755);
}

/** On macOS, what has been changed must be signed anew. */
async function putInside() {
  const isMac = process.platform === "darwin";
  if (isMac) execFileSync("codesign", ["--remove-signature", BINARY]);
  await inject(BINARY, "NODE_SEA_BLOB", readFileSync(join(OUT, "sea.blob")), {
    sentinelFuse: FUSE,
    ...(isMac && { machoSegmentName: "NODE_SEA" }),
  });
  if (isMac) execFileSync("codesign", ["--sign", "-", BINARY]);
}

/** The licences of mplp-check, of every package that is inside, and of Node.js where its own is at hand. */
function allLicences(inputs) {
  const node = join(dirname(process.execPath), "../LICENSE");
  return [
    `== mplp-check\n\n${readFileSync(join(ROOT, "LICENSE"), "utf8")}`,
    ...licencesOf(inputs),
    `== Node.js ${process.version}\n\n${existsSync(node) ? readFileSync(node, "utf8") : "https://github.com/nodejs/node/blob/main/LICENSE\n"}`,
  ].join("\n");
}
