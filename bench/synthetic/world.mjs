const START = Date.UTC(2026, 0, 5, 8);
const PROJECTS = 3;
/** Saves of one file keep this far apart, so that one more save can be put in between them. */
const QUIET_MS = 2000;
const WORDS =
  "the runtime read a request from its user and planned the next steps before it changed any file".split(" ");
const FOLDERS = ["src", "src/server", "src/client", "src/model", "test", "docs", "scripts"];
const NAMES = ["app", "routes", "index", "config", "session", "orders", "report", "queue", "cache", "schema"];
const ENDINGS = ["ts", "test.ts", "md", "json"];

/** What all pipelines of a log share: one clock, some projects, and the files they work on. */
export function createWorld(random) {
  let clock = START;
  let runs = 1e9;
  const savedAt = new Map();
  const projects = Array.from({ length: PROJECTS }, () => ({ id: random.uuid(), graphId: random.uuid() }));

  /** The time of the next event. Several events may fall into one millisecond. */
  function stamp() {
    clock += random.below(40);
    return time();
  }

  /** A time as one of the emitters writes it: their machines stand in two zones and differ in precision. */
  function time(ago = 0) {
    const style = random.below(16);
    const utc = new Date(clock - ago).toISOString();
    if (style === 0) return `${utc.slice(0, -1)}000Z`;
    if (style > 1) return utc;
    return `${new Date(clock - ago + 2 * 3_600_000).toISOString().slice(0, -1)}+02:00`;
  }

  function envelope(project, family, type) {
    return {
      event_id: random.uuid(),
      event_type: type,
      event_family: family,
      timestamp: stamp(),
      project_id: project.id,
    };
  }

  /** A file that nobody has saved for a while. */
  function quietFile() {
    for (;;) {
      const path = `${random.pick(FOLDERS)}/${random.pick(NAMES)}.${random.pick(ENDINGS)}`;
      if (clock - (savedAt.get(path) ?? 0) < QUIET_MS) continue;
      savedAt.set(path, clock);
      return path;
    }
  }

  return {
    random,
    time,
    envelope,
    quietFile,
    project: () => random.pick(projects),
    nextRun: () => String(++runs),
    profileEvent: (type) => ({ event_id: random.uuid(), event_type: type, timestamp: stamp() }),
    sentence: () => Array.from({ length: 12 + random.below(24) }, () => random.pick(WORDS)).join(" "),
  };
}
