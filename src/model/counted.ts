/** A number with grouped digits: 12,345. */
export function thousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A number with its noun: "1 place", "2 places". */
export function counted(count: number, noun: string): string {
  return `${thousands(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A change of a count: "+12", "-3". */
export function signed(count: number): string {
  return count < 0 ? `-${thousands(-count)}` : `+${thousands(count)}`;
}
