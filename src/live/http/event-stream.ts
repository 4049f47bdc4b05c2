import type { IncomingMessage, ServerResponse } from "node:http";
import { safeJson } from "../../model/printable.js";
import type { FindingFeed } from "../feed.js";
import { begin } from "./answer.js";
import { Refusal } from "./refusal.js";

const MOST_READERS = 100;
/** Milliseconds between two looks at what is new. */
const PACE_MS = 100;
/** Milliseconds after which a silent stream says that it is alive. */
const ALIVE_MS = 15_000;
/**
 * A reader that takes nothing is disconnected after this number of bytes; it can come back with the id of its last
 * event.
 */
const MOST_UNREAD = 1 << 20;

/** Sends findings as server-sent events, and counts whenever they change. */
export class EventStreams {
  readonly #feed: FindingFeed;
  readonly #counts: () => object;
  readonly #open = new Set<() => void>();

  constructor(feed: FindingFeed, counts: () => object) {
    this.#feed = feed;
    this.#counts = counts;
  }

  /** Answers a request with a stream that goes on after the event that the reader saw last. */
  open(request: IncomingMessage, response: ServerResponse): void {
    if (this.#open.size >= MOST_READERS) throw new Refusal(503, "too many readers of findings");
    begin(response, 200, { "Content-Type": "text/event-stream", "X-Accel-Buffering": "no" });
    if (request.method === "HEAD") {
      response.end();
      return;
    }
    let seen = Number(request.headers["last-event-id"] ?? 0) || 0;
    let [counts, quiet] = ["", 0];
    const send = (): void => {
      const news = this.#newsAfter(seen);
      seen = this.#feed.last;
      const now = safeJson(this.#counts());
      const text = now === counts ? news : `${news}event: counts\ndata: ${now}\n\n`;
      counts = now;
      quiet = text === "" ? quiet + PACE_MS : 0;
      if (quiet >= ALIVE_MS) quiet = 0;
      if (text !== "" || quiet === 0) response.write(text === "" ? ": alive\n\n" : text);
      if (response.writableLength > MOST_UNREAD) response.destroy();
    };
    const timer = setInterval(send, PACE_MS);
    const end = (): void => {
      clearInterval(timer);
      this.#open.delete(end);
      response.end();
    };
    this.#open.add(end);
    response.once("close", end);
    send();
  }

  /** Sends what is new, and ends all streams. */
  close(): void {
    for (const end of this.#open) end();
  }

  #newsAfter(seen: number): string {
    // A number of an earlier server means nothing here.
    const from = seen > this.#feed.last ? 0 : seen;
    const news = this.#feed.after(from);
    const missed = (news[0]?.number ?? this.#feed.last + 1) - from - 1;
    const gap = missed > 0 ? `event: missed\ndata: ${missed}\n\n` : "";
    const events = news.map(
      ({ number, finding }) => `id: ${number}\nevent: finding\ndata: ${safeJson(finding)}\n\n`,
    );
    return gap + events.join("");
  }
}
