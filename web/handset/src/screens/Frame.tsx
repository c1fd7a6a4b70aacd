import type { ReactNode } from "react";
import { strings } from "../strings.ts";

interface FrameProps {
  readonly bank: string;
  readonly children: ReactNode;
  readonly line?: ReactNode;
  readonly corner?: ReactNode;
}

/** The page around every screen: whose app it is, and the sentence that is always visible. */
export function Frame({ bank, line, corner, children }: FrameProps) {
  return (
    <div className="frame">
      {line}
      <header className="top">
        <h1>{bank}</h1>
        {corner}
      </header>
      <main>{children}</main>
      <footer className="never">{strings.never}</footer>
    </div>
  );
}
