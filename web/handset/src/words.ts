// ITU E.164 country codes: one digit, two, or else three.
const COUNTRY = /^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})(\d+)$/;

function split(number: string): { country: string; rest: string } | undefined {
  const [, country, rest] = COUNTRY.exec(number.replaceAll(/[^0-9]/g, "")) ?? [];
  return country !== undefined && rest !== undefined ? { country, rest } : undefined;
}

function grouped(rest: string): readonly string[] {
  if (rest.length !== 10) return [rest];
  const cuts = rest.startsWith("7") ? [4] : [2, 6];
  return [0, ...cuts].map((cut, at) => rest.slice(cut, cuts[at] ?? rest.length));
}

/** Write a number as a telephone shows it: `+44 20 7946 0123`. */
export function fullNumber(number: string): string {
  const parts = split(number);
  return parts ? `+${parts.country} ${grouped(parts.rest).join(" ")}` : number;
}

/** Write a number so that its owner knows it and nobody else learns it: `+44 20 •••• 0123`. */
export function maskedNumber(number: string): string {
  const parts = split(number);
  if (!parts || parts.rest.length < 7) return "••••";
  const { country, rest } = parts;
  return `+${country} ${rest.slice(0, 2)} •••• ${rest.slice(-4)}`;
}

/** The name an agent is called by: "Ayesha" of "Ayesha, Fraud team". */
export function shortName(agent: string): string {
  return agent.split(",")[0]?.trim() || agent;
}

export function initials(agent: string): string {
  const words = shortName(agent).split(/\s+/);
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase())
    .join("");
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** Times are the phone's own, and so is the zone. */
export const timeOfDay = (at: number): string => clock.format(at);

export function dayAndTime(at: number, now: number): string {
  const today = day.format(at) === day.format(now);
  return today ? timeOfDay(at) : `${day.format(at)}, ${timeOfDay(at)}`;
}

/** Write a duration as a running clock: `4:07`, `1:02:03`. */
export function elapsed(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  const tail = `${hours > 0 ? two(minutes) : minutes}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

/** The part of a call id that a person can read out. */
export function reference(callId: string): string {
  return callId.replaceAll("-", "").slice(0, 8).toUpperCase();
}
