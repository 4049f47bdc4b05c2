// Ways in which runtimes write the same events: what a checker has seen of one line helps it less with the next.

const TEXTS = /"((?:[^"\\]|\\.)*)"(:?)/g;

const same = (value) => value;

/** Numbers that no two events share, also where the schemas look at them. */
function numbered(event, random) {
  const sequence = random.below(1e9);
  if (event.event_family === undefined) return { ...event, payload: { ...event.payload, sequence } };
  const bulk = event.update_kind === "bulk" ? { node_delta: random.below(1e6) } : {};
  return { ...event, ...bulk, sequence };
}

/** Blanks behind colons and commas, as Python's json.dumps writes them. Texts hold no line ends of their own. */
function spaced(line) {
  const indented = JSON.stringify(JSON.parse(line), null, 1);
  return indented.replaceAll(/,\n */g, ", ").replaceAll(/\n */g, "");
}

/** The first character of each text as an escape; names of members stay as they are. */
function escaped(line) {
  return line.replaceAll(TEXTS, (whole, text, colon) => {
    if (colon !== "" || text === "" || text[0] === "\\") return whole;
    return `"\\u${text.charCodeAt(0).toString(16).padStart(4, "0")}${text.slice(1)}"`;
  });
}

/** Each style by its name: what it makes of an event, and of the line. */
export const STYLES = {
  plain: { event: same, line: same },
  python: { event: same, line: spaced },
  integers: { event: numbered, line: same },
  escapes: { event: same, line: escaped },
};
