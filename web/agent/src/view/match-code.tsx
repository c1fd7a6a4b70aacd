/** The code to read out, as large as the customer sees it, with the sentence to say. */

import { words } from "../strings.ts";

export function MatchCode({ code }: { code: string }) {
  return (
    <section className="code" aria-label={words.live.code(code)}>
      <span>{words.live.say}</span>
      <p className="digits" aria-hidden="true">
        {code}
      </p>
      <p className="sentence">{words.live.sentence(code)}</p>
      <p className="hint">{words.live.ifNot}</p>
    </section>
  );
}
