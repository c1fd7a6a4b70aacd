/** The product's mark: a ring, with a tick that is drawn only when earned. */
export function Mark({ earned }: { earned: boolean }) {
  return (
    <svg className={earned ? "mark earned" : "mark"} viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="9.5" />
      {earned && <path d="m7.5 12.5 3 3 6-6.5" />}
    </svg>
  );
}
