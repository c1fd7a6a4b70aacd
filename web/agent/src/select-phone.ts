/**
 * Find the stored number that was meant; null means the first.
 * A CRM may leave out the country. A number that is not the customer's is kept, for the server to refuse.
 */
export function selectPhone(meant: string | null, stored: readonly string[]): string | null {
  if (meant === null) return stored[0] ?? null;
  const digits = meant.replace(/\D/g, "").replace(/^00/, "");
  const national = meant.trim().startsWith("0") && !meant.trim().startsWith("00");
  const same = (each: string) =>
    national ? each.endsWith(digits.slice(1)) : each.replace(/\D/g, "") === digits;
  const found = digits.length >= SHORTEST ? stored.filter(same) : [];
  return found.length === 1 ? (found[0] ?? null) : `+${digits}`;
}

/** Fewer digits could be the end of several numbers. */
const SHORTEST = 7;
