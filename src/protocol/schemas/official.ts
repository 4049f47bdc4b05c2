/** The schemasDigest of the official schemas of MPLP v1.0.0: events, integration and learning of schemas/v2. */
export const OFFICIAL_SCHEMAS = "aeeab6ea83cd845674dc4549e2dd0005a50af992b8dbd1d0510fd6cad3560b65";

/** The invariantsDigest of the official invariants of MPLP v1.0.0. */
export const OFFICIAL_INVARIANTS = "7e8081a3d395e151cb3d8a96198e41f9934e27122f6735693dd139de010595eb";
