/** How much something looks like a record that MPLP speaks of. */
export type Resemblance = "evidence" | "perhaps";
