/** The words that only Dynamics needs; all others are those of the agent's page. */

export const words = {
  title: "Verified call",
  unsaved: "Save the record first. Only a customer who is on record can be called.",
  notHere: "Open a contact, an account or a lead to call a customer.",
  preparing: "Preparing the verified call…",
  calling: (step: string) => `Verified call: ${step}`,
  readOut: (code: string) => `Say: “In your app you can see the code ${code}.”`,
  cancel: "Cancel call",
  cancelFailed: "The call can no longer be cancelled. Hang up in your softphone.",
  noPanel: "The call panel could not be opened. Allow pop-ups for this site, then try again.",
  notConfigured: (names: string) =>
    `Verified calls are not set up here yet. An administrator has to set: ${names}.`,
  signIn:
    "You could not be signed in to verified calls. Allow pop-ups for this site, then try again.",
  noNumber: "This record has no number in that field.",
  noRecord: "Open the customer's record, then click the number there.",
  notRead: "The record's number could not be read. Try again.",
  signInFirst: "Sign in here first, then click the number again.",
};
