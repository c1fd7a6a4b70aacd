/** The simulated Connect instance, as this agent's browser reaches it. */

const RECONNECT_MS = 1_000;

export async function configurationOf(agentArn) {
  const answer = await fetch(`/ccp-v2/agent?${new URLSearchParams({ agentArn })}`);
  return await answer.json();
}

/** Log in, and go on being told of contacts; the returned object sends what the agent does. */
export function logIn(agentArn, onContact) {
  const url = `${location.origin.replace(/^http/, "ws")}/browser?${new URLSearchParams({ agentArn })}`;
  let socket;
  let retry;
  const open = () => {
    socket = new WebSocket(url);
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === "contact") onContact(message);
    };
    socket.onclose = () => {
      retry = setTimeout(open, RECONNECT_MS);
    };
  };
  open();
  return {
    send: (message) => socket.send(JSON.stringify(message)),
    logOut() {
      socket.onclose = null;
      socket.close();
      clearTimeout(retry);
    },
  };
}

/** Ask for a call; rejects with the error that the private API behind the panel answers with. */
export async function dial(agentArn, number, queueArn) {
  const body = JSON.stringify({ agentArn, number, queueArn });
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch("/browser/dial", { method: "POST", headers, body });
  if (!answer.ok) throw { ...(await answer.json()), stack: [], statusCode: answer.status };
  return {};
}
