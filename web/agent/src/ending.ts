/** What to tell the agent when an attempt is over: what happened and what to do; pure. */

import type { Problem } from "./api.ts";
import type { Over } from "./attempt.ts";
import { type Said, saidAfterDial, saidBefore } from "./steps.ts";
import { words } from "./strings.ts";
import type { Call } from "./wire.ts";

export interface Ending {
  tone: "success" | "info" | "warning" | "error";
  title: string;
  text: string;
}

const TONES = {
  answered: "success",
  no_answer: "info",
  busy: "info",
  declined: "info",
  screened: "info",
  voicemail: "info",
  failed: "error",
  unconfirmed: "warning",
} as const;

export function ending({ call, problem, cancelled }: Over): Ending {
  if (problem) return failure(call, problem);
  if (!call) return { tone: "error", ...words.end.refused };
  switch (call.state) {
    case "declined":
      return customerSaid(saidBefore(call) ?? "declined");
    case "cancelled":
      return { tone: "info", ...words.end.cancelled };
    case "abandoned":
      return { tone: "warning", ...words.end.abandoned, ...sentence(call) };
    case "refused":
      return { tone: "error", ...words.end.refused, ...sentence(call) };
    default:
      return outcome(call, cancelled);
  }
}

/** What to say of a problem: the server's own sentence, else ours for its code. */
export function explain(problem: Problem): string {
  const said = problem.detail || words.codes[problem.code] || words.anyCode;
  return problem.retryAfter
    ? `${said} ${words.problem.retry(Math.ceil(problem.retryAfter))}`
    : said;
}

/** No answer to the order that says so: it may yet have been stored, so nothing is promised. */
const UNCERTAIN: ReadonlySet<string> = new Set(["unreachable", "unexpected", "internal"]);

function failure(call: Call | null, problem: Problem): Ending {
  const uncertain = !call && UNCERTAIN.has(problem.code);
  const title = uncertain ? words.end.unknown.title : words.end.problem.title;
  return { tone: uncertain ? "warning" : "error", title, text: explain(problem) };
}

function customerSaid(said: Said): Ending {
  if (said === "reported") return { tone: "error", ...words.end.customerReported };
  const text = said === "call_later" ? words.end.customerLater : words.end.customerDeclined;
  return { tone: "info", ...text };
}

const WHILE_RINGING = {
  declined: words.end.declinedWhileRinging,
  call_later: words.end.laterWhileRinging,
};

function outcome(call: Call, cancelled: boolean): Ending {
  const result = call.outcome ?? "unconfirmed";
  const said = saidAfterDial(call);
  if (said === "reported") return { tone: "error", ...words.end.reportedAndOver };
  if (said && result !== "answered") return { tone: "info", ...WHILE_RINGING[said] };
  if (cancelled && result !== "answered") return { tone: "info", ...words.end.cancelledRinging };
  if (result === "answered" && call.assurance !== "acknowledged") {
    return { tone: "success", ...words.end.answeredUnconfirmed };
  }
  const detail = result === "failed" ? sentence(call) : {};
  return { tone: TONES[result], ...words.end[result], ...detail };
}

function sentence(call: Call): { text?: string } {
  const text = call.detail ?? (call.code ? words.codes[call.code] : undefined);
  return text ? { text } : {};
}
