import { expect, test } from "vitest";
import { ago, clock, localTime, phone, place, since, took } from "../src/format.ts";
import { devices, now } from "../src/states/samples.ts";
import { line } from "../src/view/devices.tsx";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test("a span is told as people tell it", () => {
  expect(ago(now - 5_000, now)).toBe("just now");
  expect(ago(now + 5_000, now)).toBe("just now");
  expect(ago(now - 5 * MINUTE, now)).toBe("5 min ago");
  expect(ago(now - 2 * HOUR, now)).toBe("2 h ago");
  expect(ago(now - 72 * HOUR, now)).toBe("3 days ago");
});

test("new since yesterday goes by the calendar, not by 24 hours", () => {
  const morning = new Date(2026, 10, 23, 8, 0).getTime();
  expect(since(new Date(2026, 10, 23, 0, 5).getTime(), morning)).toBe("today");
  expect(since(new Date(2026, 10, 22, 23, 55).getTime(), morning)).toBe("since yesterday");
  expect(since(new Date(2026, 10, 20, 9, 0).getTime(), morning)).toBe("since 20 Nov");
});

test("clocks and spans", () => {
  expect([clock(-1), clock(7_900), clock(760_000), clock(3_723_000)]).toEqual([
    "0:00",
    "0:07",
    "12:40",
    "1:02:03",
  ]);
  expect([took(40), took(97), took(640)]).toEqual(["0.04 s", "0.1 s", "0.6 s"]);
});

test.each([
  ["+447700900123", "+44 7700 900 123"],
  ["+12025550143", "+1 2025 550 143"],
  ["+353201234567", "+353 201 234 567"],
  ["+4930123456", "+49 301 234 56"],
  ["not a number", "not a number"],
])("%s is read as %s", (written, read) => {
  expect(phone(written)).toBe(read);
});

test("the customer's wall clock names the day where it is another one there", () => {
  const evening = Date.parse("2026-11-23T20:30:00Z");
  expect(localTime(evening, "Pacific/Auckland")).toMatch(/Tue.*09:30/);
  expect(place("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
});

test("a device is one line", () => {
  expect(line(devices.iphone, now)).toBe("iPhone, seen 2 h ago; new since yesterday");
  const off = { ...devices.android, reachable: false, notifications: false };
  expect(line(off, now)).toMatch(/^Android phone, seen \d days ago; notifications are off$/);
});
