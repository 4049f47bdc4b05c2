/** The same members, which may be set. */
export type Mutable<Of> = { -readonly [Name in keyof Of]: Of[Name] };
