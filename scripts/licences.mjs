import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The licences of the packages that files are from, each under its name and version; sorted. */
export function licencesOf(files) {
  const packages = new Set(
    files.flatMap((path) => /^\0?(.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path)?.[1] ?? []),
  );
  return [...packages].sort().map((path) => {
    const folder = resolve(ROOT, path);
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const text = file === undefined ? `${license}\n` : readFileSync(join(folder, file), "utf8");
    return `== ${name} ${version}\n\n${text}`;
  });
}
