import { strings } from "../strings.ts";

/** The mark: a ring, and a tick that is drawn only when the bank says that the call is connected. */
export function Mark({ earned }: { readonly earned: boolean }) {
  return (
    <svg
      className="mark"
      viewBox="0 0 48 48"
      role="img"
      aria-label={strings.markEarned}
      aria-hidden={!earned}
    >
      <circle className="mark-ring" cx="24" cy="24" r="20" />
      {earned && <path className="mark-tick" d="M14.5 24.5 21 31l13-14" pathLength="1" />}
    </svg>
  );
}
