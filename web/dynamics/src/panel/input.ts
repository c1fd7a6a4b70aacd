/** What an event of the framework says, in whichever form it comes. */

export type Input = Record<string, unknown>;

/** Read an object, a Map, or either as JSON; what is none of these says nothing. */
export function readInput(input: unknown): Input {
  const said = opened(input);
  // A custom event carries its payload as JSON in `value`.
  return { ...said, ...opened(said["value"]) };
}

function opened(input: unknown): Input {
  if (typeof input === "string") return parsed(input);
  if (input instanceof Map) return Object.fromEntries(input) as Input;
  return isObject(input) ? input : {};
}

function parsed(text: string): Input {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

const isObject = (value: unknown): value is Input =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function textOf(input: Input, name: string): string {
  const value = input[name];
  return typeof value === "string" ? value : "";
}
