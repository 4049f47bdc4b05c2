const UNITS = [
  ["years", 31_556_952],
  ["days", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** A length of time in words, with up to three digits: "31 ms", "1.5 s", "2.2 h". */
export function durationWords(seconds: number): string {
  if (seconds === 0) return "0 s";
  const [unit, size] = UNITS.find(([, least]) => seconds >= least) ?? ["ms", 1e-3];
  return `${Number((seconds / size).toPrecision(3))} ${unit}`;
}
