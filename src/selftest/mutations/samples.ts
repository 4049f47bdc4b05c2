import { dataOf, type HeldObject } from "../excerpt.js";
import type { Mutation } from "../mutation.js";
import { adding, changing, set, withMembers } from "./building.js";

const isSample = ({ subject }: HeldObject): boolean => subject.kind === "learning-sample";

/** RG 4.4: learning samples. */
export const SAMPLE_MUTATIONS: readonly Mutation[] = [
  changing(
    { clause: "RG-4.4-1", name: "created_at of a sample becomes a word", wants: "learning sample" },
    { fits: isSample, pointer: "/created_at", to: set({ created_at: "yesterday" }) },
  ),
  adding(
    {
      clause: "RG-4.4-1",
      name: "a sample_id comes again with another created_at",
      wants: "learning sample with a sample_id",
    },
    {
      fits: (record) => isSample(record) && typeof dataOf(record).sample_id === "string",
      pointer: "/sample_id",
      to: (value) => withMembers(value, { created_at: value.created_at === LATER ? LATEST : LATER }),
    },
  ),
];

const LATER = "2026-01-05T08:00:00Z";
const LATEST = "2026-01-05T08:00:01Z";
