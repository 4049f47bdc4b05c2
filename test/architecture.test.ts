import { describe, expect, it } from "vitest";
import { importsOfRooms, ROOMS } from "../scripts/rooms.mjs";

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
