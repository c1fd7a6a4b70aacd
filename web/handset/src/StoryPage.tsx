import { PhoneView } from "./screens/PhoneView.tsx";
import { STORIES, STORY_BANK, STORY_NOW, type StoryName } from "./stories.ts";

const nothing = () => {};
const actions = {
  answer: nothing,
  hangUp: nothing,
  tell: nothing,
  settings: nothing,
  refuse: nothing,
  report: nothing,
  ask: nothing,
  callBack: nothing,
  close: nothing,
};

function Story({ name }: { readonly name: StoryName }) {
  return <PhoneView state={STORIES[name]} bank={STORY_BANK} now={STORY_NOW} actions={actions} />;
}

const NAMES = Object.keys(STORIES) as StoryName[];

/** `#/states` shows every state, `#/states/<name>` one of them on its own. */
export function StoryPage({ wanted }: { readonly wanted: string | undefined }) {
  const one = NAMES.find((name) => name === wanted);
  if (one) return <Story name={one} />;
  return (
    <div className="stories">
      {NAMES.map((name) => (
        <figure key={name}>
          <figcaption>
            <a href={`#/states/${name}`}>{name}</a>
          </figcaption>
          <Story name={name} />
        </figure>
      ))}
    </div>
  );
}
