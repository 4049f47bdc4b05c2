/** What a runtime may claim, and the evidence then has to demonstrate. */
export type ClaimName = "runtime" | "integration";
