import { uuid } from "../shared/source/fields.js";
import type { Taken } from "../shared/source/forms.js";
import { count } from "../shared/source/forms.js";
import { source } from "../shared/source/source.js";

/** What tells contents apart: equal ones have equal numbers, in whatever order their members are. */
const content: Taken<number> = { ...count, take: (_part, { record }) => record.digests.content };

/** The same without what a carrier adds on its way. */
const delivery: Taken<number> = { ...count, take: (_part, { record }) => record.digests.delivery };

export const eventIds = source({
  of: ["event", "sa", "map"],
  key: uuid("event_id"),
  value: content,
  keep: "all",
});

export const sampleIds = source({
  of: "learning-sample",
  key: uuid("sample_id"),
  value: delivery,
  keep: "all",
});

export const snapshotIds = source({
  of: "snapshot",
  key: uuid("snapshot_id"),
  value: delivery,
  keep: "each",
});
