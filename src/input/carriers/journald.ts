import { type Carrier, type Content, without } from "./carrier.js";

/** `journalctl -o json`: MESSAGE is a string, an array of bytes for binary text, or null if it is too long. */
export const journald: Carrier = {
  name: "journald",
  inObject: (value) => {
    if (!SIGNS.some((name) => typeof value[name] === "string")) return undefined;
    const content = contentOf(value.MESSAGE);
    if (content === undefined) return undefined;
    return { contents: [content], rest: without(value, "MESSAGE"), mayBeOther: true };
  },
};

/** Members that every entry of a journal has. */
const SIGNS = ["__REALTIME_TIMESTAMP", "__CURSOR", "_BOOT_ID"] as const;

function contentOf(message: unknown): Content | undefined {
  if (typeof message === "string") return { text: message };
  if (message === null) return { missing: "the whole message, which journalctl --all writes" };
  if (!Array.isArray(message)) return undefined;
  return message.every(isByte) ? { text: Uint8Array.from(message) } : undefined;
}

function isByte(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 255;
}
