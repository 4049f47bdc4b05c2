import { DURATION, oneOf, PORT, path, SIZE, SWITCH, text, WHOLE_NUMBER, written } from "../kinds.js";
import type { CommandName, OptionRows } from "../row.js";

const LISTENING: readonly CommandName[] = ["listen"];

const SYNCS = ["batch", "none"] as const;

/** How a server takes events. */
export const LISTEN = {
  host: { kind: text("name"), default: "127.0.0.1", commands: LISTENING, says: "address to listen on" },
  port: {
    kind: PORT,
    default: 8080,
    commands: LISTENING,
    says: "port to listen on, 0 for any free one; with a COMMAND, the default is 0",
  },
  capture: {
    kind: written("file"),
    commands: LISTENING,
    says: "the log that takes all events (default: mplp-capture.ndjson, which is begun anew)",
  },
  append: {
    kind: SWITCH,
    default: false,
    commands: LISTENING,
    says: "go on with a capture that is there",
  },
  sync: {
    kind: oneOf("when", SYNCS),
    default: "batch",
    commands: LISTENING,
    says: "answer once the disk has the events (batch), or the system (none)",
  },
  reject: {
    kind: SWITCH,
    default: false,
    commands: LISTENING,
    says: "answer events that break a MUST with 422; the capture takes them all the same",
  },
  "token-file": { kind: path("file"), commands: LISTENING, says: "who posts must know this token" },
  "tls-cert": { kind: path("file"), commands: LISTENING, says: "certificate, in PEM, to listen with TLS" },
  "tls-key": { kind: path("file"), commands: LISTENING, says: "its key, in PEM" },
  insecure: {
    kind: SWITCH,
    default: false,
    commands: LISTENING,
    says: "listen beyond this machine without TLS",
  },
  "max-body": {
    kind: SIZE,
    default: 16e6,
    defaultInWords: "16MB",
    commands: LISTENING,
    says: "greatest body of a request, decompressed",
  },
  "max-queue": {
    kind: SIZE,
    default: 64e6,
    defaultInWords: "64MB",
    commands: LISTENING,
    says: "memory for requests under way; beyond it, they are answered with 503",
  },
  "until-events": { kind: WHOLE_NUMBER, commands: LISTENING, says: "end after so many records" },
  "idle-timeout": {
    kind: DURATION,
    commands: ["check", "listen"],
    says: "end after a time without events, e.g. 60s; a check needs --follow",
  },
  drain: {
    kind: DURATION,
    default: 5000,
    defaultInWords: "5s",
    commands: LISTENING,
    says: "time for requests under way when the end has come",
  },
  "ready-file": {
    kind: written("file"),
    commands: LISTENING,
    says: "written with address and process once events are taken, removed at the end",
  },
} satisfies OptionRows;
