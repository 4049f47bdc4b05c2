interface Room {
  readonly name: string;
  readonly does: string;
  readonly not: string;
  readonly imports: readonly string[];
}
export const ROOMS: readonly Room[];
export function importsOfRooms(): ReadonlyMap<string, ReadonlySet<string>>;
export function roomOf(path: string): string;
export function roomsPicture(): string;
export function roomsTable(): string;
