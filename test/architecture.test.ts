import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importsOfRooms, ROOMS } from "../scripts/rooms.mjs";
import { ROOT } from "./support/fixtures.js";

describe("rooms", () => {
  const imports = importsOfRooms();

  it("hold every file of src", () => {
    const names = new Set(ROOMS.map(({ name }) => name));
    expect([...imports.keys()].filter((room) => !names.has(room))).toEqual([]);
  });

  it.each(ROOMS.map((room) => [room.name, room] as const))(
    "import what they may, all of it: %s",
    (_, room) => {
      const paths = [...(imports.get(room.name) ?? [])];
      const within = (allowed: string) => (path: string) =>
        path.startsWith(allowed.endsWith("/") ? allowed : `${allowed}/`) || path === `${allowed}.ts`;
      expect(paths.filter((path) => !room.imports.some((allowed) => within(allowed)(path)))).toEqual([]);
      expect(room.imports.filter((allowed) => !paths.some(within(allowed)))).toEqual([]);
    },
  );
});

describe("docs/architecture.md", () => {
  const page = readFileSync(join(ROOT, "docs/architecture.md"), "utf8");
  const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => ({ path, text: readFileSync(join(ROOT, "src", path), "utf8") }));
  const classes = sources.flatMap(({ path, text }) =>
    [...text.matchAll(/^(?:export )?class (\w+).*\{\n(?:.*\n)*?\}$/gm)]
      .filter(([whole]) => linesOf(whole) > 150)
      .map(([, name = ""]) => ({ name, path })),
  );

  it("explains 30 words at most", () => {
    const words = page.slice(page.indexOf("## Words"), page.indexOf("## Ideas")).match(/^\| (?!word|---)/gm);
    expect(words?.length).toBeGreaterThan(20);
    expect(words?.length).toBeLessThanOrEqual(30);
  });

  it("says what each class of more than 150 lines is responsible for", () => {
    const said = [...page.matchAll(/^\| `(\w+)` \([\w/]+\) \|/gm)].map(([, name]) => name);
    expect(said.toSorted()).toEqual(classes.map(({ name }) => name).toSorted());
  });

  it("says of each other file of more than 200 lines why it is one", () => {
    const ofClasses = new Set(classes.map(({ path }) => path));
    const long = sources.filter(({ path, text }) => linesOf(text) > 201 && !ofClasses.has(path));
    const said = [...page.matchAll(/^\| `([\w/-]+\.ts)` \|/gm)].map(([, path]) => path);
    expect(said.toSorted()).toEqual(long.map(({ path }) => path).toSorted());
  });
});

function linesOf(text: string): number {
  return text.split("\n").length;
}
