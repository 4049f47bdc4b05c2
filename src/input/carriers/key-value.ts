import type { Carrier } from "./carrier.js";

/** `key<TAB>{...}`: messages of Kafka as its console consumer and kcat print them. */
export const keyValue: Carrier = {
  name: "key-value",
  inText: (text) => {
    const tab = text.indexOf("\t");
    if (tab < 0 || text[tab + 1] !== "{" || /^\s*[[{]/.test(text)) return undefined;
    return {
      contents: [{ start: tab + 1, end: text.length }],
      rest: text.slice(0, tab),
      mayBeOther: false,
    };
  },
};
