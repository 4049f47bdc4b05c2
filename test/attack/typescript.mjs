// Lets Node.js run the TypeScript of the tests, which Node.js 20 does not by itself: types are taken away. What is in
// src is taken as it was built.
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const SRC = new URL("../../src/", import.meta.url).href;
const DIST = new URL("../../dist/", import.meta.url).href;
const TEST = new URL("../", import.meta.url).href;
const OPTIONS = {
  module: ts.ModuleKind.ESNext,
  target: ts.ScriptTarget.ES2022,
  verbatimModuleSyntax: true,
  inlineSourceMap: true,
};

/** Finds a module. */
export function resolve(specifier, context, next) {
  const url = specifier.startsWith(".") ? new URL(specifier, context.parentURL).href : specifier;
  if (url.startsWith(SRC)) return { url: url.replace(SRC, DIST), shortCircuit: true };
  if (url.startsWith(TEST) && url.endsWith(".js"))
    return { url: url.replace(/\.js$/, ".ts"), shortCircuit: true };
  return next(specifier, context);
}

/** Reads a module. */
export function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  const fileName = fileURLToPath(url);
  const { outputText } = ts.transpileModule(readFileSync(fileName, "utf8"), {
    compilerOptions: OPTIONS,
    fileName,
  });
  return { format: "module", source: outputText, shortCircuit: true };
}

/** From now on, TypeScript can be imported. */
export function readTypeScript() {
  register(import.meta.url);
}
