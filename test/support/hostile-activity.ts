const UUID = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

function stage(number: number, over: object = {}): object {
  return {
    event_id: UUID(number),
    event_type: "stage",
    event_family: "pipeline_stage",
    timestamp: "2026-01-05T08:00:00Z",
    pipeline_id: UUID(number),
    stage_id: "one",
    stage_status: "running",
    ...over,
  };
}

const years = Array.from({ length: 2000 }, (_, index) => String((index * 37) % 9999 || 1).padStart(4, "0"));
/** Events of every century, at leap seconds, without a time, and with ids that are scripts or very long. */
export const hostileActivity: readonly object[] = [
  ...years.map((year, index) => stage(index, { timestamp: `${year}-06-30T23:59:60Z` })),
  ...years.map((year, index) =>
    stage(index, { event_id: UUID(9000 + index), timestamp: `${year}-01-01T00:00:00.123456789012345Z` }),
  ),
  ...Array.from({ length: 3000 }, (_, index) =>
    stage(20_000 + index, { pipeline_id: "<script>alert(1)</script>", stage_id: `${index}"'<b>` }),
  ),
  ...Array.from({ length: 50 }, (_, index) => stage(30_000 + index, { pipeline_id: "x".repeat(5000) })),
  ...Array.from({ length: 50 }, (_, index) =>
    stage(40_000 + index, { pipeline_id: UUID(1), stage_id: "one", timestamp: "no time" }),
  ),
];
