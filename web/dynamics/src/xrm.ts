/** The part of Dynamics 365's client API (`Xrm`) that a command on a form needs, as Microsoft documents it. */

export interface EntityReference {
  getId(): string;
  getEntityName(): string;
}

export interface FormContext {
  data: { entity: EntityReference };
}

/** What a command passes as PrimaryControl: the form itself, or a control that knows its form. */
export type PrimaryControl = FormContext | { getFormContext(): FormContext };

export interface GlobalNotification {
  /** 2 is a bar over the page. */
  type: 2;
  /** 1 success, 2 error, 3 warning, 4 information. */
  level: 1 | 2 | 3 | 4;
  message: string;
  showCloseButton: boolean;
  action?: { actionLabel: string; eventHandler: () => void };
}

export interface WebApi {
  retrieveRecord(entity: string, id: string, options: string): Promise<Record<string, unknown>>;
  retrieveMultipleRecords(
    entity: string,
    options: string,
  ): Promise<{ entities: Record<string, unknown>[] }>;
}

export interface Xrm {
  Utility: {
    getGlobalContext(): {
      getClientUrl(): string;
      userSettings: { userId: string };
    };
    showProgressIndicator(message: string): void;
    closeProgressIndicator(): void;
  };
  App: {
    addGlobalNotification(notification: GlobalNotification): Promise<string>;
    clearGlobalNotification(id: string): Promise<unknown>;
  };
  Navigation: {
    openAlertDialog(strings: { title: string; text: string }): Promise<unknown>;
  };
  WebApi: WebApi;
}
