/** Draw the panel. */

import Alert from "@cloudscape-design/components/alert";
import { App } from "@ringproof/agent/app.tsx";
import { draw } from "@ringproof/agent/draw.tsx";
import { useSyncExternalStore } from "react";
import { loadBase } from "./base.ts";
import { createNotice } from "./notice.ts";

const notice = createNotice();
const base = loadBase(notice.say);
const ask = () => base;

function Page() {
  const sentence = useSyncExternalStore(notice.subscribe, notice.said);
  return (
    <>
      {sentence && (
        <Alert type="warning" dismissible onDismiss={() => notice.say(null)}>
          {sentence}
        </Alert>
      )}
      <App ask={ask} />
    </>
  );
}

draw(<Page />);
