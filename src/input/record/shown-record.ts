import type { LogRecord } from "../../model/subject.js";
import type { Hiding } from "./place.js";

/** A whole record as JSON data with hidden stretches replaced; as text if a mask breaks the JSON. */
export function shownRecord(record: LogRecord, hiddenIn: Hiding): unknown {
  let text = "";
  let at = 0;
  for (const { start, end, shown } of hiddenIn(record)) {
    text += record.text.slice(at, start) + shown;
    at = end;
  }
  text += record.text.slice(at);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
