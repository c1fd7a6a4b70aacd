import type { ReactNode } from "react";

interface ButtonProps {
  readonly look?: "primary" | "plain" | "danger";
  readonly onPress: () => void;
  readonly children: ReactNode;
}

export function Button({ look = "plain", onPress, children }: ButtonProps) {
  return (
    <button type="button" className={`button ${look}`} onClick={onPress}>
      {children}
    </button>
  );
}
