/** Dynamics as a test needs it: a form, and everything that was shown on it. */

import { VARIABLES } from "../src/environment.ts";
import type { FormContext, GlobalNotification, Xrm } from "../src/xrm.ts";

export const RECORD = "6513270e-269e-4d37-b2a7-4de452e6b438";

export function form(entity = "contact", id = `{${RECORD.toUpperCase()}}`): FormContext {
  return { data: { entity: { getId: () => id, getEntityName: () => entity } } };
}

export function dynamics(api: string, values: Record<string, string> = {}) {
  const shown: string[] = [];
  const alerts: { title: string; text: string }[] = [];
  const bars = new Map<string, GlobalNotification>();
  const allBars: GlobalNotification[] = [];
  let covered = false;
  const set: Record<string, string> = {
    [VARIABLES.api]: api,
    [VARIABLES.clientId]: "client",
    [VARIABLES.tenant]: "tenant",
    [VARIABLES.scope]: "api://ringproof/VerifiedCall.Start",
    ...values,
  };
  const xrm: Xrm = {
    Utility: {
      getGlobalContext: () => ({
        getClientUrl: () => "https://org.crm.dynamics.com",
        userSettings: { userId: "{AAAA}" },
      }),
      showProgressIndicator: (message) => {
        covered = true;
        shown.push(message);
      },
      closeProgressIndicator: () => {
        covered = false;
      },
    },
    App: {
      addGlobalNotification: async (bar) => {
        const id = String(allBars.push(bar));
        bars.set(id, bar);
        return id;
      },
      clearGlobalNotification: async (id) => bars.delete(id),
    },
    Navigation: { openAlertDialog: async (strings) => void alerts.push(strings) },
    WebApi: {
      retrieveRecord: async () => ({ domainname: "ayesha@bank.example" }),
      retrieveMultipleRecords: async () => ({
        entities: Object.entries(set).map(([schemaname, value]) => ({
          schemaname,
          defaultvalue: "",
          environmentvariabledefinition_environmentvariablevalue: value ? [{ value }] : [],
        })),
      }),
    },
  };
  return { xrm, shown, alerts, bars, allBars, covered: () => covered };
}
