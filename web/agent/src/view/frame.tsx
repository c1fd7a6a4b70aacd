/** The bar at the top and the one column below it. */

import Button from "@cloudscape-design/components/button";
import type { ReactNode } from "react";
import { words } from "../strings.ts";
import type { Me } from "../wire.ts";
import { Mark } from "./mark.tsx";

interface Props {
  bank: string;
  me: Me | null;
  /** The customer is on the line, and the bank has proved itself. */
  earned: boolean;
  /** Null while leaving would lose sight of a call. */
  onSignOut: (() => void) | null;
  /** Stands beside the column. */
  aside?: ReactNode;
  children: ReactNode;
}

export function Frame({ bank, me, earned, onSignOut, aside, children }: Props) {
  return (
    <>
      <header className="bar">
        <Mark earned={earned} />
        <h1>{words.bankTitle(bank)}</h1>
        <div className="who">
          {me?.photo && <img src={me.photo} alt="" />}
          {me && <span>{me.name}</span>}
          {onSignOut && (
            <Button variant="inline-link" onClick={onSignOut}>
              {words.session.signOut}
            </Button>
          )}
        </div>
      </header>
      <div className="columns">
        <main>{children}</main>
        {aside}
      </div>
    </>
  );
}
