import type { MplpEventRule } from "../shared/define.js";
import { familyEnum } from "../shared/event/family-fields.js";

/** PS-7.3-1: status is one of the five values. */
export const executionStatusKnown: MplpEventRule = {
  ...familyEnum("runtime_execution", "PS-7.3-1", "status"),
  id: "execution-status-known",
  title: "status is one of the five",
  why: "An execution's lifecycle is read from these words; another vocabulary cannot be followed.",
  fix: "Map your own words to pending, running, completed, failed or cancelled before you emit the event.",
};
