/** The time of day, for clocks on the page. */

import { useEffect, useState } from "react";

/** Keep telling the time: smoothly while *busy*, else twice a minute. */
export function useNow(busy: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), busy ? 250 : 30_000);
    return () => clearInterval(timer);
  }, [busy]);
  return now;
}
