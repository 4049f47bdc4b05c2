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
    says: "write all events to this log (default: mplp-capture.ndjson, which is overwritten)",
  },
  append: {
    kind: SWITCH,
    default: false,
    commands: LISTENING,
    says: "append to an existing capture",
  },
  sync: {
    kind: oneOf("when", SYNCS),
    default: "batch",
    commands: LISTENING,
    says: "answer when the events are on the disk (batch), or when the operating system has them (none)",
  },
  reject: {
    kind: SWITCH,
    default: false,
    commands: LISTENING,
    says: "answer 422 to events that violate a MUST clause; the capture stores them nevertheless",
  },
  "token-file": {
    kind: path("file"),
    commands: LISTENING,
    says: "require the token in this file from every client",
  },
  "tls-cert": { kind: path("file"), commands: LISTENING, says: "certificate for TLS, in PEM" },
  "tls-key": { kind: path("file"), commands: LISTENING, says: "private key of the certificate, in PEM" },
  insecure: {
    kind: SWITCH,
    default: false,
    commands: LISTENING,
    says: "accept other machines without TLS",
  },
  "max-body": {
    kind: SIZE,
    default: 16e6,
    defaultInWords: "16MB",
    commands: LISTENING,
    says: "largest body of a request, decompressed",
  },
  "max-queue": {
    kind: SIZE,
    default: 64e6,
    defaultInWords: "64MB",
    commands: LISTENING,
    says: "memory for requests in progress; above it, the server answers 503",
  },
  "until-events": { kind: WHOLE_NUMBER, commands: LISTENING, says: "end after this number of records" },
  "idle-timeout": {
    kind: DURATION,
    commands: ["check", "listen"],
    says: "end after this time without events, e.g. 60s; a check needs --follow",
  },
  drain: {
    kind: DURATION,
    default: 5000,
    defaultInWords: "5s",
    commands: LISTENING,
    says: "time for requests in progress when the server ends",
  },
  "ready-file": {
    kind: written("file"),
    commands: LISTENING,
    says: "write the address and the process id to this file when the server is ready; remove it at the end",
  },
} satisfies OptionRows;
