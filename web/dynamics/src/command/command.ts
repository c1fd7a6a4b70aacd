/** The command "Verified call" on the form of a contact, an account or a lead. */

import { type Tokens as Bearer, createApi, problemFrom } from "@ringproof/agent/api.ts";
import { explain } from "@ringproof/agent/ending.ts";
import { type Environment, readEnvironment } from "../environment.ts";
import { recordOn, Told, withoutBraces } from "../record.ts";
import { type Application, authorityOf, type Tokens } from "../sign-in/tokens.ts";
import { words } from "../strings.ts";
import type { PrimaryControl, Xrm } from "../xrm.ts";
import { handOver, type Panels } from "./panel.ts";
import { serverCall } from "./server-call.ts";

export interface Surroundings {
  xrm: Xrm;
  panels: Panels;
  startTokens(application: Application): Promise<Tokens>;
}

export type Command = (control: PrimaryControl) => Promise<void>;

/** Make the command; a press while a call is under way places no second one. */
export function createCommand(surroundings: () => Surroundings): Command {
  let underWay = false;
  return async (control) => {
    if (underWay) return;
    underWay = true;
    const around = surroundings();
    try {
      await call(control, around);
    } catch (error) {
      around.xrm.Utility.closeProgressIndicator();
      await around.xrm.Navigation.openAlertDialog({ title: words.title, text: sentence(error) });
    } finally {
      underWay = false;
    }
  };
}

async function call(control: PrimaryControl, { xrm, panels, startTokens }: Surroundings) {
  const record = recordOn(control);
  xrm.Utility.showProgressIndicator(words.preparing);
  const environment = await readEnvironment(xrm.WebApi);
  const tokens = await startTokens(await applicationOf(xrm, environment));
  const api = createApi(environment.api, await signedIn(tokens));
  const { dialMode } = await api.me();
  if (dialMode === "server") return serverCall(xrm, api, record.id);
  xrm.Utility.closeProgressIndicator();
  await handOver(record, environment.api, panels);
}

async function applicationOf(xrm: Xrm, environment: Environment): Promise<Application> {
  const { clientId, scope, tenant } = environment;
  const context = xrm.Utility.getGlobalContext();
  const redirectUri = `${context.getClientUrl()}/WebResources/rp_/redirect.html`;
  const loginHint = await userName(xrm, context.userSettings.userId);
  return { authority: authorityOf(tenant), clientId, scope, redirectUri, loginHint };
}

/** The user's principal name, with which the sign-in asks nobody who they are. */
async function userName(xrm: Xrm, userId: string): Promise<string | null> {
  const options = "?$select=domainname";
  const asked = xrm.WebApi.retrieveRecord("systemuser", withoutBraces(userId), options);
  const name = (await asked.catch(() => null))?.["domainname"];
  return typeof name === "string" && name !== "" ? name : null;
}

async function signedIn(tokens: Tokens): Promise<Bearer> {
  const popup = () => tokens.popup().catch(() => Promise.reject(new Told(words.signIn)));
  let token: string | null = (await tokens.silent()) ?? (await popup());
  return {
    current: () => token,
    renew: async () => {
      token = await tokens.silent();
      return token;
    },
  };
}

const sentence = (error: unknown): string =>
  error instanceof Told ? error.message : explain(problemFrom(error));
