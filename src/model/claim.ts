/** What a runtime may claim, and the evidence then has to demonstrate. */
export const CLAIM_NAMES = ["runtime", "integration"] as const;
export type ClaimName = (typeof CLAIM_NAMES)[number];
