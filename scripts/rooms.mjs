// The rooms of src as a picture and a table, from docs/rooms.json and from what the sources import.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SPECIFIER = /(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g;

/** Every room: its name, what it does, what it may not do, what it may import. */
export const ROOMS = JSON.parse(readFileSync(join(ROOT, "docs/rooms.json"), "utf8"));

/** The room that a file of src is in, by its path inside src. */
export function roomOf(path) {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : path.replace(/\.ts$/, "");
}

/** Which paths inside src the files of each room import from other rooms. */
export function importsOfRooms() {
  const imports = new Map(ROOMS.map(({ name }) => [name, new Set()]));
  const files = readdirSync(join(ROOT, "src"), { recursive: true }).filter((file) => file.endsWith(".ts"));
  for (const file of files.map((name) => name.replaceAll("\\", "/"))) {
    const text = readFileSync(join(ROOT, "src", file), "utf8");
    for (const [, specifier] of text.matchAll(SPECIFIER)) {
      const target = posix.normalize(posix.join(dirname(file), specifier)).replace(/\.js$/, ".ts");
      if (roomOf(target) !== roomOf(file)) imports.get(roomOf(file))?.add(target);
    }
  }
  return imports;
}

/** The floor of each room: one above the highest of those that it imports. */
function floorsOf(arrows) {
  const floors = new Map();
  const floorOf = (room) => {
    if (!floors.has(room)) floors.set(room, 1 + Math.max(-1, ...[...(arrows.get(room) ?? [])].map(floorOf)));
    return floors.get(room);
  };
  for (const { name } of ROOMS) floorOf(name);
  return floors;
}

const [BOX_WIDTH, BOX_HEIGHT, GAP, FLOOR_HEIGHT, MARGIN] = [104, 34, 26, 82, 20];

/** Almost every room imports these: lines to them would hide the others. */
const UNDRAWN = ["model", "package"];

/** An SVG: a box a room, a line an import, upper rooms import lower ones. */
export function roomsPicture() {
  const arrows = new Map(
    [...importsOfRooms()].map(([room, paths]) => [room, new Set([...paths].map(roomOf))]),
  );
  const floors = floorsOf(arrows);
  const highest = Math.max(...floors.values());
  const rows = Array.from({ length: highest + 1 }, (_, floor) =>
    ROOMS.filter(({ name }) => floors.get(name) === highest - floor).map(({ name }) => name),
  );
  const width = Math.max(...rows.map(({ length }) => length)) * (BOX_WIDTH + GAP) - GAP + 2 * MARGIN;
  const height = rows.length * FLOOR_HEIGHT - (FLOOR_HEIGHT - BOX_HEIGHT) + 2 * MARGIN;
  const places = new Map(
    rows.flatMap((row, floor) => {
      const start = (width - row.length * (BOX_WIDTH + GAP) + GAP) / 2;
      return row.map((name, at) => [
        name,
        { x: start + at * (BOX_WIDTH + GAP), y: MARGIN + floor * FLOOR_HEIGHT },
      ]);
    }),
  );
  const lines = [...arrows].flatMap(([room, others]) =>
    [...others]

      .filter((other) => !UNDRAWN.includes(other))
      .sort()
      .map((other) => lineBetween(places.get(room), places.get(other), `${room} imports ${other}`)),
  );
  const boxes = ROOMS.map(({ name, does }) => boxAt(places.get(name), name, does));
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="13">`,
    `<title>The rooms of src: each imports only rooms below it</title>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<g stroke="#8a94a3" stroke-opacity="0.55" fill="none">`,
    ...lines,
    `</g>`,
    ...boxes,
    `</svg>`,
  ].join("\n")}\n`;
}

function lineBetween(from, to, title) {
  const [x1, y1, x2, y2] = [from.x + BOX_WIDTH / 2, from.y + BOX_HEIGHT, to.x + BOX_WIDTH / 2, to.y];
  const bend = (y2 - y1) / 2;
  return `<path d="M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}"><title>${title}</title></path>`;
}

function boxAt({ x, y }, name, does) {
  return [
    `<g><title>${name} ${does.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</title>`,
    `<rect x="${x}" y="${y}" width="${BOX_WIDTH}" height="${BOX_HEIGHT}" rx="6" fill="#eef3fb" stroke="#33507a"/>`,
    `<text x="${x + BOX_WIDTH / 2}" y="${y + 22}" text-anchor="middle" fill="#16243a">${name}</text></g>`,
  ].join("");
}

/** A Markdown table of the rooms, from the top down. */
export function roomsTable() {
  const rows = ROOMS.map(({ name, does, not, imports }) => {
    const allowed = imports.length === 0 ? "nothing" : imports.map((path) => `\`${path}\``).join(", ");
    return `| \`${name}\` | ${does} | ${not} | ${allowed} |`;
  });
  return ["| room | responsible for | may not | may import |", "|---|---|---|---|", ...rows].join("\n");
}
