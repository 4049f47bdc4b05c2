import type { Report } from "../../../model/report.js";
import type { Markup } from "../markup.js";
import type { HtmlSection } from "../section.js";
import { durationsPicture } from "./durations.js";
import { eventsPicture } from "./events.js";
import { evidencePicture } from "./evidence.js";
import { graphSizesPicture } from "./graph-sizes.js";
import { pipelinesPicture } from "./pipelines.js";

const PICTURES: readonly ((report: Report) => Iterable<Markup>)[] = [
  eventsPicture,
  pipelinesPicture,
  durationsPicture,
  graphSizesPicture,
  evidencePicture,
];

/** The run in pictures, each with its facts as a table; undefined for a report of an earlier version. */
export function picturesSection(report: Report): HtmlSection | undefined {
  const body = PICTURES.flatMap((picture) => [...picture(report)]);
  return body.length === 0 ? undefined : { id: "pictures", title: "The run in pictures", body };
}
