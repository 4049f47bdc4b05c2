/** The claims that a runtime may make; the evidence must then demonstrate them. */
export const CLAIM_NAMES = ["runtime", "integration"] as const;
export type ClaimName = (typeof CLAIM_NAMES)[number];
