import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { PhoneView } from "../src/screens/PhoneView.tsx";
import { CALL, STORIES, STORY_BANK, STORY_NOW, type StoryName } from "../src/stories.ts";
import { strings } from "../src/strings.ts";

const nothing = () => {};
const actions = {
  answer: nothing,
  hangUp: nothing,
  tell: nothing,
  settings: nothing,
  refuse: nothing,
  report: nothing,
  ask: nothing,
  callBack: nothing,
  close: nothing,
};

const NAMES = Object.keys(STORIES) as StoryName[];

const html = (name: StoryName) =>
  renderToStaticMarkup(
    <PhoneView state={STORIES[name]} bank={STORY_BANK} now={STORY_NOW} actions={actions} />,
  ).replaceAll("&#x27;", "'");

const lineIn = (page: string) => /<h2[^>]*>([^<]*)<\/h2>/.exec(page)?.[1];

describe("the biggest line is the one of ux.md", () => {
  const lines: [StoryName, string, string][] = [
    ["announced", "neutral", "Example Bank is about to call you"],
    ["announced_ringing", "neutral", "Example Bank is about to call you"],
    ["connected", "good", "You are talking to us"],
    ["you_called_us", "neutral", "Someone is calling us from your number"],
    ["not_us", "bad", "We are not calling you"],
    ["cannot_tell", "unsure", "We can't check right now"],
    ["unverified", "warning", "A call notice could not be checked"],
    ["ended_tried", "quiet", "We tried to call you at 10:42"],
    ["ended_spoke", "quiet", "You spoke with Ayesha at 10:42"],
  ];

  test.each(lines)("%s is %s: %s", (name, tone, line) => {
    const page = html(name);

    expect(lineIn(page)).toBe(line);
    expect(page).toContain(`class="card ${tone}"`);
    expect(page).toContain(`role="alert"><h2>`);
  });
});

test.each(NAMES)("%s says what we never ask for", (name) => {
  expect(html(name)).toContain(strings.never);
});

test.each(NAMES)("%s does not say verified", (name) => {
  expect(html(name).toLowerCase()).not.toMatch(/\bverified\b/);
});

test("the tick is drawn and green shown for a connected call, and for nothing else", () => {
  const ticked = NAMES.filter((name) => html(name).includes("mark-tick"));
  const green = NAMES.filter((name) => html(name).includes(`class="card good"`));

  expect(ticked).toEqual(["connected"]);
  expect(green).toEqual(["connected"]);
});

test("the card masks the caller's number; the telephone, as every telephone, shows it", () => {
  expect(html("announced")).toContain("+44 20 •••• 0123");
  expect(html("announced")).not.toContain("7946");
  expect(html("announced_ringing")).toContain("+44 20 7946 0123");
});

test("what the bank writes has the direction of its own script, on the card and in the history", () => {
  const { agent, reason } = CALL.caller;
  const [past] = STORIES.home.history;

  expect(html("announced")).toContain(`<p class="agent" dir="auto">${agent}</p>`);
  expect(html("announced")).toContain(`<p class="reason" dir="auto">${reason}</p>`);
  expect(html("ended_spoke")).toContain(`<p dir="auto">${reason}</p>`);
  expect(html("home")).toContain(`<span dir="auto">${past?.agent}</span>`);
  expect(html("home")).toContain(`<span dir="auto">${past?.reason}</span>`);
});
