/** Times, spans and numbers as people read them. */

import { locale, words } from "./strings.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "2 h ago"; a time in the future reads as now, since two clocks never agree. */
export function ago(at: number, now: number): string {
  const span = now - at;
  if (span < MINUTE) return words.when.now;
  if (span < HOUR) return words.when.minutes(Math.floor(span / MINUTE));
  if (span < DAY) return words.when.hours(Math.floor(span / HOUR));
  const days = daysBetween(at, now);
  return days < 7 ? words.when.days(days) : words.when.on(day(at));
}

/** "since yesterday", by the calendar. */
export function since(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days <= 0) return words.when.sinceToday;
  return days === 1 ? words.when.sinceYesterday : words.when.since(day(at));
}

function daysBetween(earlier: number, later: number): number {
  const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((midnight(later) - midnight(earlier)) / DAY);
}

function day(at: number): string {
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" }).format(at);
}

/** "0:07", "12:40", "1:02:03". */
export function clock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / SECOND));
  const [hours, minutes, seconds] = [
    Math.floor(total / 3600),
    Math.floor(total / 60) % 60,
    total % 60,
  ];
  const two = (n: number) => String(n).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** "0.6 s", and "0.04 s" where it was that quick. */
export function took(ms: number): string {
  return words.when.took((Math.max(0, ms) / SECOND).toFixed(ms < 95 ? 2 : 1));
}

export function timeOfDay(at: number, withSeconds = false): string {
  const timeStyle = withSeconds ? "medium" : "short";
  return new Intl.DateTimeFormat(locale, { timeStyle }).format(at);
}

/** The wall clock in *zone*, with the weekday where it is not today there: "Mon 00:12". */
export function localTime(now: number, zone: string): string {
  const date = (timeZone?: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: "short", timeZone }).format(now);
  const weekday = date(zone) === date() ? undefined : "short";
  return new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    weekday,
    timeZone: zone,
  } as Intl.DateTimeFormatOptions).format(now);
}

/** "Europe/London" → "London". */
export function place(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

// ITU-T E.164, list of assigned codes: 1 and 7 are of one digit, these of two, the rest of three.
const TWO_DIGITS = /^(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** "+44 7400 100 001": the country code, then groups that the eye can hold. */
export function phone(e164: string): string {
  const digits = e164.replace(/^\+/, "");
  if (!/^\d{7,15}$/.test(digits)) return e164;
  const code = /^[17]/.test(digits) ? 1 : TWO_DIGITS.test(digits) ? 2 : 3;
  const rest = digits.slice(code);
  const first = rest.length % 3 === 1 ? 4 : 3;
  const groups = [rest.slice(0, first), ...(rest.slice(first).match(/.{1,3}/g) ?? [])];
  return `+${digits.slice(0, code)} ${groups.join(" ")}`;
}
