/** How much something resembles an MPLP record. */
export type Resemblance = "evidence" | "perhaps";
