import { fullFormats } from "ajv-formats/dist/formats.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDateTime, isUuid, isUuidV4 } from "../src/protocol/fields/formats.js";
import { instantOf, millisecondsBetween } from "../src/protocol/fields/instant.js";
import { runs } from "./support/runs.js";

const two = (value: number): string => String(value).padStart(2, "0");

describe("isDateTime", () => {
  it.each([
    ["2025-11-30T10:15:30Z", "as the specification writes it"],
    ["2025-11-30T10:15:30.5Z", "a fraction of one digit"],
    ["2025-11-30T10:15:30.123456789012345Z", "a fraction of any length"],
    ["2025-11-30T10:15:30.000+08:00", "a fraction and an offset"],
    ["2025-11-30t10:15:30z", "lower case t and z (RFC 3339, 5.6)"],
    ["2025-11-30T10:15:30+00:00", "no offset, written out"],
    ["2025-11-30T10:15:30-00:00", "unknown offset (RFC 3339, 4.3)"],
    ["2025-11-30T10:15:30+23:59", "the largest offset"],
    ["2025-11-30T10:15:30-23:59", "the smallest offset"],
    ["2024-02-29T00:00:00Z", "a leap day"],
    ["2000-02-29T00:00:00Z", "a leap day of a century divisible by 400"],
    ["0000-01-01T00:00:00Z", "the first year"],
    ["9999-12-31T23:59:59.999Z", "the last year"],
    ["2016-12-31T23:59:60Z", "a leap second"],
    ["2016-12-31T23:59:60.5Z", "in the middle of a leap second"],
    ["2015-06-30T23:59:60Z", "a leap second in June"],
    ["1990-12-31T15:59:60-08:00", "a leap second west of UTC (RFC 3339, 5.8)"],
    ["2017-01-01T08:59:60+09:00", "a leap second east of UTC, on the next day"],
    ["2017-01-01T05:29:60+05:30", "a leap second at an offset with minutes"],
    ["2016-12-31T00:00:60-23:59", "a leap second at the smallest offset"],
    ["2017-01-01T23:58:60+23:59", "a leap second at the largest offset"],
  ])("accepts %s: %s", (text) => {
    expect(isDateTime(text)).toBe(true);
  });

  it.each([
    ["", "nothing"],
    ["1", "a number (Date.parse takes it)"],
    ["2025", "a year"],
    ["12/30/2025", "the American order"],
    ["2025-11-30", "a date only"],
    ["10:15:30Z", "a time only"],
    ["2025-11-30T10:15:30", "no zone"],
    ["2025-11-30T10:15:30.123", "a fraction, no zone"],
    ["2025-11-30 10:15:30Z", "a blank separator (ajv takes it)"],
    ["2025-11-30_10:15:30Z", "another separator"],
    ["2025-11-30T10:15:30+0800", "an offset without colon (ajv takes it)"],
    ["2025-11-30T10:15:30+08", "an offset without minutes (ajv takes it)"],
    ["2025-11-30T10:15:30+8:00", "an offset hour of one digit"],
    ["2025-11-30T10:15:30+24:00", "an offset of a day"],
    ["2025-11-30T10:15:30+08:60", "an offset of sixty minutes"],
    ["2025-11-30T10:15:30+08:00:00", "an offset with seconds"],
    ["2025-11-30T10:15:30\u221208:00", "a typographic minus"],
    ["2025-11-30T10:15:30 Z", "a blank before the zone"],
    ["2025-11-30T10:15:30ZZ", "two zones"],
    ["2025-11-30T10:15:30Z+08:00", "two zones of two kinds"],
    ["2025-11-30T10:15:30 UTC", "a zone by name"],
    ["2025-11-30T10:15:30.Z", "a fraction without digits"],
    ["2025-11-30T10:15:30,5Z", "a decimal comma (ISO 8601 only)"],
    ["2025-11-30T10:15:30.5.5Z", "two fractions"],
    ["2025-11-30T10:15Z", "no seconds"],
    ["20251130T101530Z", "the basic format"],
    ["2025-W48-7T10:15:30Z", "a week date"],
    ["2025-334T10:15:30Z", "an ordinal date"],
    ["2025-1-30T10:15:30Z", "a month of one digit"],
    ["2025-02-30T10:15:30Z", "30 February (Date.parse takes it)"],
    ["2025-02-29T10:15:30Z", "29 February of a common year"],
    ["1900-02-29T10:15:30Z", "29 February of a common century"],
    ["2025-04-31T10:15:30Z", "31 April"],
    ["2025-00-10T10:15:30Z", "month 0"],
    ["2025-13-10T10:15:30Z", "month 13"],
    ["2025-11-00T10:15:30Z", "day 0"],
    ["2025-01-32T10:15:30Z", "day 32"],
    ["2025-11-30T24:00:00Z", "hour 24"],
    ["2025-11-30T10:60:30Z", "minute 60"],
    ["2025-11-30T10:15:60Z", "second 60 at another time"],
    ["2025-11-30T23:58:60Z", "second 60 a minute too early"],
    ["2016-12-31T23:59:60+01:00", "second 60 at 22:59 UTC"],
    ["2016-12-31T23:59:60-00:01", "second 60 at 00:00 UTC"],
    ["2016-12-31T23:59:61Z", "second 61"],
    ["+002025-11-30T10:15:30Z", "a year of six digits"],
    ["12025-11-30T10:15:30Z", "a year of five digits"],
    ["-025-11-30T10:15:30Z", "a negative year"],
    ["2025-11-30T10:15:30Z\n", "a line end"],
    [" 2025-11-30T10:15:30Z", "a blank in front"],
    ["2025-11-30T10:15:3٠Z", "other digits"],
    ["２０25-11-30T10:15:30Z", "wide digits"],
    ["2025-11-30T10:15:30\u001a", "a control character 32 below z"],
    ["2025-11-30T1 :15:30Z", "a blank for a digit"],
    ["2025-11-30T-1:15:30Z", "a sign for a digit"],
    ["yesterday at about noon", "words"],
  ])("refuses %j: %s", (text) => {
    expect(isDateTime(text)).toBe(false);
  });

  it("accepts exactly the days of the calendar", () => {
    for (const year of [1900, 2000, 2023, 2024]) {
      for (let month = 0; month <= 13; month++) {
        for (let day = 0; day <= 32; day++) {
          const date = new Date(Date.UTC(year, month - 1, day));
          const exists =
            date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCFullYear() === year;
          const text = `${year}-${two(month)}-${two(day)}T00:00:00Z`;
          expect([text, isDateTime(text)]).toEqual([text, exists]);
        }
      }
    }
  });

  it("accepts every instant that a program writes, and none with a character taken out", () => {
    fc.assert(
      fc.property(writtenInstants, fc.nat(40), (text, at) => {
        expect(isDateTime(text)).toBe(true);
        const cut = at % 19;
        expect(isDateTime(text.slice(0, cut) + text.slice(cut + 1))).toBe(false);
      }),
    );
  });

  it("accepts second 60 at one minute of the day at each offset", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1439, max: 1439 }), fc.nat(1439), (offset, minute) => {
        const size = Math.abs(offset);
        const zone = `${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
        const at = (local: number): string =>
          `2016-12-31T${two(Math.floor(local / 60))}:${two(local % 60)}:60${zone}`;
        const leap = (1439 + offset + 1440) % 1440;
        expect(isDateTime(at(leap))).toBe(true);
        expect(isDateTime(at(minute))).toBe(minute === leap);
      }),
    );
  });
});

/** Date-times as programs write them: any offset, any fraction; Date.parse reads them all. */
const writtenInstants = fc
  .record({
    date: fc.date({
      min: new Date("0001-01-02T00:00:00Z"),
      max: new Date("9998-12-30T00:00:00Z"),
      noInvalidDate: true,
    }),
    offset: fc.option(fc.integer({ min: -1439, max: 1439 }), { nil: undefined }),
    fraction: fc.constantFrom("", ".0", ".5", ".25", ".123", ".999"),
  })
  .map(({ date, offset, fraction }) => {
    const local = date.toISOString().slice(0, 19);
    if (offset === undefined) return `${local}${fraction}Z`;
    const size = Math.abs(offset);
    return `${local}${fraction}${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  });

describe("instantOf and millisecondsBetween", () => {
  it("agree with Date.parse", () => {
    fc.assert(
      fc.property(writtenInstants, writtenInstants, (first, second) => {
        const from = instantOf(first)!;
        const to = instantOf(second)!;
        expect(from.seconds * 1000 + Math.round(from.fraction * 1000)).toBe(Date.parse(first));
        expect(millisecondsBetween(from, to)).toBeCloseTo(Date.parse(second) - Date.parse(first), 3);
        expect(from.fraction).toBeGreaterThanOrEqual(0);
        expect(from.fraction).toBeLessThan(1);
      }),
      { numRuns: runs(1000) },
    );
  });

  it("keep a fraction finer than a millisecond", () => {
    const from = instantOf("2025-11-30T10:15:30.123456Z")!;
    const to = instantOf("2025-11-30t11:15:31.123457+01:00")!;
    expect(millisecondsBetween(from, to)).toBeCloseTo(1000.001, 6);
  });

  it("keep every fraction below 1", () => {
    const { fraction } = instantOf("2025-11-30T10:15:30.99999999999999999999Z")!;
    expect(fraction).toBeGreaterThan(0.999);
    expect(fraction).toBeLessThan(1);
  });

  it("put a leap second between second 59 and the next minute", () => {
    const between = (from: string, to: string): number =>
      millisecondsBetween(instantOf(from)!, instantOf(to)!);
    for (const leap of ["2016-12-31T23:59:60Z", "2016-12-31T23:59:60.5Z", "2017-01-01T08:59:60+09:00"]) {
      expect(between("2016-12-31T23:59:59.999Z", leap)).toBeGreaterThan(0);
      expect(between(leap, "2017-01-01T00:00:00Z")).toBeGreaterThan(0);
      expect(between("2016-12-31T23:59:59Z", leap)).toBeLessThanOrEqual(1000);
    }
  });

  it("read years below 100 as they are written", () => {
    expect(instantOf("0050-01-01T00:00:00Z")?.seconds).toBe(Date.parse("0050-01-01T00:00:00Z") / 1000);
  });

  it.each([undefined, null, 1, {}, "2025-11-30", "2025-02-30T10:15:30Z", "2025-11-30 10:15:30Z"])(
    "give nothing for %j",
    (value) => {
      expect(instantOf(value)).toBeUndefined();
    },
  );
});

const V4 = "550e8400-e29b-41d4-a716-446655440000";

describe("isUuid and isUuidV4", () => {
  it.each([
    [V4, true, true, "version 4, variant a"],
    ["550e8400-e29b-41d4-8716-446655440000", true, true, "variant 8"],
    ["550e8400-e29b-41d4-9716-446655440000", true, true, "variant 9"],
    ["550e8400-e29b-41d4-b716-446655440000", true, true, "variant b"],
    [V4.toUpperCase(), true, true, "upper case"],
    ["550E8400-e29b-41D4-A716-446655440000", true, true, "mixed case"],
    ["550e8400-e29b-11d4-a716-446655440000", true, false, "version 1"],
    ["660f9511-f30c-52e5-b827-557766551111", true, false, "version 5"],
    ["018f9511-f30c-72e5-b827-557766551111", true, false, "version 7"],
    ["550e8400-e29b-41d4-7716-446655440000", true, false, "variant 7"],
    ["550e8400-e29b-41d4-c716-446655440000", true, false, "variant c"],
    ["550e8400-e29b-41d4-f716-446655440000", true, false, "variant f"],
    ["00000000-0000-0000-0000-000000000000", true, false, "nil"],
    ["ffffffff-ffff-ffff-ffff-ffffffffffff", true, false, "max"],
    [`urn:uuid:${V4}`, true, false, "as a URN"],
    [`{${V4}}`, false, false, "in braces"],
    [V4.replaceAll("-", ""), false, false, "without hyphens"],
    [` ${V4}`, false, false, "a blank in front"],
    [`${V4}\n`, false, false, "a line end behind"],
    [`${V4}0`, false, false, "a digit too many"],
    [V4.slice(1), false, false, "a digit too few"],
    ["550e8400-e29b-41d4-a716-44665544000g", false, false, "a letter that is no digit"],
    ["550e8400-e29b-41d4a-716-446655440000", false, false, "a hyphen in the wrong place"],
    ["550e8400-e29b-41d4-\u0018716-446655440000", false, false, "a control character 32 below 8"],
    ["evt-001", false, false, "a name"],
    ["", false, false, "nothing"],
  ])("%j: UUID %s, version 4 %s (%s)", (text, uuid, v4) => {
    expect({ uuid: isUuid(text), v4: isUuidV4(text) }).toEqual({ uuid, v4 });
  });

  it("say what ajv's format uuid says, for UUIDs and for what is nearly one", () => {
    const ajv = fullFormats.uuid as RegExp;
    const prefix = fc.constantFrom("", "", "urn:uuid:", "URN:UUID:", "urn:", " ");
    const edit = fc.tuple(fc.nat(50), fc.constantFrom("", "-", "g", "A", "4", "\n"));
    fc.assert(
      fc.property(prefix, fc.uuid(), fc.option(edit), fc.boolean(), (start, uuid, change, isUpper) => {
        const [at, put] = change ?? [0, ""];
        const edited = change === null ? uuid : uuid.slice(0, at) + put + uuid.slice(at + 1);
        const text = start + (isUpper ? edited.toUpperCase() : edited);
        expect([text, isUuid(text)]).toEqual([text, ajv.test(text)]);
      }),
      { numRuns: runs(2000) },
    );
  });

  it("take exactly the UUIDs of version 4 for such", () => {
    fc.assert(
      fc.property(fc.uuid({ version: [1, 3, 4, 5, 6, 7, 8] }), fc.boolean(), (uuid, isUpper) => {
        expect(isUuidV4(isUpper ? uuid.toUpperCase() : uuid)).toBe(uuid[14] === "4");
      }),
    );
  });
});
