import type { Caller } from "@ringproof/proof";
import { strings } from "../strings.ts";
import { initials, maskedNumber, shortName } from "../words.ts";

interface PersonProps {
  readonly caller: Caller;
  readonly from?: string | undefined;
  readonly photoUrl?: string | undefined;
}

/** Who in the bank calls, and why. Initials stand where the photo is not here, or not genuine. */
export function Person({ caller, from, photoUrl }: PersonProps) {
  return (
    <div className="person">
      {photoUrl ? (
        <img className="face" src={photoUrl} alt="" width="64" height="64" />
      ) : (
        <span className="face" aria-hidden="true">
          {initials(caller.agent)}
        </span>
      )}
      <div>
        <p className="agent" dir="auto">
          {caller.agent}
        </p>
        <p className="reason" dir="auto">
          {caller.reason}
        </p>
        {from && (
          <p className="from">
            {strings.card.from} <bdi dir="ltr">{maskedNumber(from)}</bdi>
          </p>
        )}
      </div>
    </div>
  );
}

/** The two digits that the agent reads out: the one thing a fraudster cannot know. */
export function MatchCode({ caller }: { readonly caller: Caller }) {
  return (
    <div className="code">
      <p className="code-digits">
        <span className="code-label">{strings.card.codeLabel}</span> <b>{caller.matchCode}</b>
      </p>
      <p className="code-help">{strings.card.code(shortName(caller.agent))}</p>
    </div>
  );
}
