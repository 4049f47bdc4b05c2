import type { Carrier, Content } from "./carrier.js";

const SEPARATOR = "\u001e";

/** JSON text sequences (RFC 7464): a record separator stands before each record. */
export const jsonSequence: Carrier = {
  name: "json-seq",
  inText: (text) => {
    if (!text.startsWith(SEPARATOR)) return undefined;
    const contents: Content[] = [];
    for (let start = 1; start <= text.length; ) {
      const next = text.indexOf(SEPARATOR, start);
      const end = next < 0 ? text.length : next;
      if (text.slice(start, end).trim() !== "") contents.push({ start, end });
      start = end + 1;
    }
    return { contents, rest: "", mayBeOther: false };
  },
};
