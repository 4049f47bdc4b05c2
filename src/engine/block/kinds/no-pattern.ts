/** Thrown if what a source keeps of several probes follows no pattern that a program can write. */
export class NoPattern extends Error {}
