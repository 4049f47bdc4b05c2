/** Members of an event's payload that name a plan or one of its steps (RG 4.1). */
export const PLAN_FIELDS = ["plan_id", "step_id"] as const;
