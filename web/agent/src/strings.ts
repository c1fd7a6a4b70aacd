/** Every word that the agent reads. */

import type { CheckId } from "./preflight/check.ts";
import type { Assurance, CallState, Done, Evt, Outcome, Platform } from "./wire.ts";

export const locale = "en-GB";

const devices: Record<Platform, string> = {
  ios: "iPhone",
  android: "Android phone",
  web: "Web phone",
};

const evts: Record<Evt, string> = {
  delivered: "shown",
  opened: "opened",
  confirmed: "confirmed by the customer",
  declined: "declined",
  call_later: "call me later",
  reported: "reported",
  unverified: "could not be checked on the phone",
};

const outcomes: Record<Outcome, string> = {
  answered: "answered",
  no_answer: "no answer",
  busy: "busy",
  declined: "declined",
  screened: "screened",
  voicemail: "voicemail",
  failed: "failed",
  unconfirmed: "unconfirmed",
};

export const words = {
  title: "Verified calls",
  titleOf: (headline: string) => `${headline} · Verified calls`,
  bankTitle: (bank: string) => `${bank} verified calls`,
  device: (platform: Platform | null) => (platform ? devices[platform] : "Removed phone"),
  evt: (evt: Evt) => evts[evt],
  outcome: (outcome: Outcome) => outcomes[outcome],
  state: {
    requested: "starting",
    announced: "starting",
    dialed: "ringing",
    connected: "on the line",
    ended: "ended",
    refused: "not called",
    declined: "declined",
    cancelled: "cancelled",
    abandoned: "not called",
  } satisfies Record<CallState, string>,

  session: {
    starting: "Signing in…",
    signIn: "Sign in",
    signOut: "Sign out",
    welcome: "Sign in to call customers",
    welcomeText:
      "Before the customer's phone rings, their banking app shows who is calling and why.",
    failed: "You are not signed in",
    failedText: "Signing in did not work. Try again; if it fails again, give support the details.",
    expired: "Your session has ended",
    expiredText: "Sign in again to go on. What you entered is kept.",
    expiredInCall: "Sign in again to see how the call goes on. The call itself is not affected.",
    signInAgain: "Sign in again",
    noAgent: "You cannot place verified calls",
    configFailed: "This page could not start",
    configText: "Its settings could not be loaded. Reload the page; if that fails, tell support.",
    reload: "Reload",
    broken: "Something went wrong on this page",
    brokenText:
      "Reload the page. A call that is under way goes on, and is shown again after the reload.",
  },

  search: {
    label: "Customer",
    placeholder: "Name, customer id or phone number",
    more: "Enter at least 2 characters",
    loading: "Searching…",
    none: (query: string) =>
      `No customer matches “${query}”. Check the spelling, or search by customer id.`,
    failed: "The search did not work.",
    again: "Try again",
    clear: "Clear the search",
    results: (count: number) => (count === 1 ? "1 customer" : `${count} customers`),
    emptyTitle: "Who do you want to call?",
    emptyText: "Find the customer first. You will see which phones can be notified.",
  },

  customer: {
    loading: "Loading the customer…",
    failed: "The customer could not be loaded",
    again: "Try again",
    id: (id: string) => `Customer ${id}`,
    number: "Number to call",
    time: "Local time there",
    timeIn: (time: string, place: string) => `${time} in ${place}`,
    devices: "Phones that get the notice",
    lastNotice: "Last notice",
    lastNoticeIs: (what: string, when: string) => `${what} ${when}`,
    never: "none yet",
    refresh: "Check again",
    checkedAt: (time: string) => `Checked at ${time}`,
    recent: (count: number) => `Recent calls (${count})`,
    allowed: "You can call now",
    notAllowed: "You cannot call now",
    noDevices: "No phone is set up",
    noDevicesText: "Ask the customer to open the banking app and turn on call notices.",
  },

  deviceLine: {
    seen: (when: string) => `seen ${when}`,
    neverSeen: "not seen yet",
    new: (when: string) => `new ${when}`,
    notificationsOff: "notifications are off",
    unreachable: "cannot be reached; the app may have been removed",
  },

  when: {
    now: "just now",
    minutes: (n: number) => `${n} min ago`,
    hours: (n: number) => `${n} h ago`,
    days: (n: number) => (n === 1 ? "yesterday" : `${n} days ago`),
    on: (date: string) => `on ${date}`,
    sinceToday: "today",
    sinceYesterday: "since yesterday",
    since: (date: string) => `since ${date}`,
    took: (seconds: string) => `${seconds} s`,
    tomorrow: "tomorrow",
    yesterday: "yesterday",
  },

  reason: {
    label: "Reason",
    exactly: "The customer reads exactly this.",
    reads: "The customer reads:",
    loading: "Loading the reasons…",
    failed: "The reasons could not be loaded.",
    again: "Try again",
    none: "No reasons are set up. Ask your administrator to import some.",
    acknowledged: "Calls only after the customer's phone has confirmed",
  },

  start: {
    button: "Start Verified Call",
    noReason: "Choose a reason first.",
    softphoneLost: "Your softphone is not connected. If this stays, sign in to it again.",
  },

  softphone: {
    title: "Softphone (Amazon Connect)",
    opening: "Your softphone is opening. If nothing happens, sign in to it.",
    signIn: "Sign in to the softphone",
  },

  preflight: {
    ready: "Ready to call",
    checking: "Checking your softphone, microphone and network…",
    failed: (count: number) =>
      count === 1
        ? "Something can make your calls fail"
        : `${count} things can make your calls fail`,
    unknown: (count: number) =>
      count === 1
        ? "1 check could not tell whether all is well"
        : `${count} checks could not tell whether all is well`,
    again: "Check again",
    fixer: { you: "You can put this right.", administrator: "Tell your administrator." },
    states: { ok: "In order", failed: "Failed", unknown: "Not known", checking: "Checking" },
    late: (whether: string) =>
      `Nothing answered in time, so it is not known whether ${whether}. Check again.`,
    broken: (whether: string) =>
      `This browser could not check whether ${whether}. Check again; if that fails, tell support.`,
    /** What each check asks, after "whether". */
    whether: {
      session: "you are signed in to your softphone",
      permission: "you may place outbound calls",
      microphone: "your microphone can be used",
      signalling: "Amazon Connect can be reached",
      media: "sound can get through your network",
      origin: "Amazon Connect lets this page show the softphone",
    } satisfies Record<CheckId, string>,
    session: {
      ok: "You are signed in to your softphone.",
      lost: "Your softphone has lost its session. Open it, sign in again, then check again.",
      not_opened: "Your softphone is not open. Open it and sign in, then check again.",
    },
    permission: {
      ok: "You may place outbound calls.",
      missing:
        "You are not allowed to place outbound calls. Your security profile in Amazon Connect needs the permission “Contact Control Panel: Make outbound calls”.",
    },
    microphone: {
      ok: "Your microphone can be used.",
      prompt:
        "The browser has not been told yet whether it may use your microphone. Press “Check again” and allow it.",
      denied:
        "The browser keeps the microphone from this page. Allow it in the site settings next to the address, then check again.",
      none: "No microphone was found. Plug in your headset, then check again.",
      busy: "Another program holds your microphone. Close that program, then check again.",
      framed:
        "The page around this one keeps the microphone from it. Its frame must allow “microphone”.",
    },
    signalling: {
      ok: "Amazon Connect can be reached.",
      offline: "This computer has no network. Connect it, then check again.",
      unreachable: (host: string) =>
        `Amazon Connect cannot be reached at ${host}. The network must let TCP 443 through to it.`,
      silent: (host: string) =>
        `Amazon Connect did not answer at ${host}. The network must let TCP 443 through to it.`,
    },
    media: {
      ok: "Sound can get through your network.",
      blocked:
        "Sound cannot get through your network. It must let UDP 3478 out to Amazon Connect's media addresses.",
      unknown:
        "It could not be told whether sound can get through your network. If the customer cannot hear you, UDP 3478 may be blocked.",
    },
    origin: {
      ok: "Amazon Connect lets this page show the softphone.",
      silent: (origin: string, host: string) =>
        `The softphone did not answer from a frame of this page. If you are signed in to it, ${origin} must be added under Approved origins of ${host}.`,
      unreachable: (origin: string, host: string) =>
        `${host} cannot be reached, so it is not known whether it lets this page show the softphone. ${origin} must stand under its Approved origins.`,
    },
  },

  /** A call that went round verified calling; used where the server sends no sentence of its own. */
  violations: {
    label: "Calls that were not verified",
    dismiss: "Dismiss this message",
    warning: "Warning",
    error: "Error",
    header: {
      blocked: "A call was stopped before it rang",
      stopped: "A call was ended",
      warned: "A call was not verified",
      recorded: "A call was not verified",
      not_stopped: "A call that is not verified could not be ended",
    } satisfies Record<Done, string>,
    text: {
      blocked: (number: string) =>
        `The call to ${number} was not started from here, so the phone was not called. Start it here.`,
      stopped: (number: string) =>
        `The call to ${number} was not started from here, so it was ended. Start it here.`,
      warned: (number: string) =>
        `The call to ${number} was not started from here, so the customer could not check it. Start calls here.`,
      recorded: (number: string) =>
        `The call to ${number} was not started from here, and was recorded. Start calls here.`,
      not_stopped: (number: string) =>
        `The call to ${number} was not started from here. Hang up now, and start it here.`,
    } satisfies Record<Done, (number: string) => string>,
    someNumber: "a customer",
  },

  live: {
    calling: (name: string) => `Calling ${name}`,
    talking: (name: string) => `On the line with ${name}`,
    called: (name: string) => `Call to ${name}`,
    say: "Say to the customer",
    sentence: (code: string) => `In your app you can see the code ${code}.`,
    code: (code: string) => `Code ${code.split("").join(" ")}`,
    ifNot: "If they see another code or none, end the call.",
    steps: "Progress of the call",
    elapsed: "Time since the start",
    cancel: "Cancel call",
    cancelling: "Cancelling…",
    hangUp: "Hang up",
    hangUpElsewhere: "To end the call, hang up in your softphone.",
    cancelFailed: "The call could not be cancelled",
    lost: "No connection to the bank's server. The call is not affected; reconnecting…",
  },

  steps: {
    notifying: {
      todo: "Notify customer",
      now: "Notifying customer…",
      done: "Customer notified",
      failed: "Customer not notified",
    },
    onPhone: {
      todo: "On the customer's phone",
      now: "Waiting for the customer's phone…",
      done: "On the customer's phone",
      failed: "Not confirmed by the customer's phone",
    },
    calling: { todo: "Call", now: "Calling…", done: "Called", failed: "Not called" },
    ringing: { todo: "Ring", now: "Ringing", done: "Rang", failed: "Ringing" },
    connected: {
      todo: "Connected",
      now: "Connected",
      done: "Connected",
      failed: "Connected",
    },
    status: {
      todo: "To come",
      now: "In progress",
      done: "Done",
      failed: "Failed",
      stopped: "Stopped",
      warning: "Attention",
    },
    deviceAfter: (device: string, evt: string, seconds: string) =>
      `${device}, ${evt} after ${seconds}`,
    pushed: (sent: number, of: number) =>
      sent < of ? `${sent} of ${of} phones` : of === 1 ? "1 phone" : `${of} phones`,
    unconfirmed: "Sent. The phone has not confirmed it yet.",
    byMessage: "Sent as a message instead of a notice.",
    talked: (clock: string) => `Talked for ${clock}`,
    unverified: (device: string) => `${device} could not check the notice`,
    unconfirmedDial: "Amazon Connect has not confirmed the call",
  },

  /** What the customer did, in the place of the step in which it happened. */
  customerSaid: {
    declined: "The customer said: not now",
    call_later: "The customer said: call me later",
    reported: "The customer reported this call",
  },

  end: {
    answered: {
      title: "The call has ended",
      text: "The customer answered. Their phone had shown the notice before it rang.",
    },
    answeredUnconfirmed: {
      title: "The call has ended",
      text: "The customer answered. Their phone had not confirmed the notice before it rang.",
    },
    no_answer: {
      title: "No answer",
      text: "The phone rang and nobody answered. Their app shows that you tried. Try again later.",
    },
    busy: {
      title: "The line is busy",
      text: "The customer is on another call, or declined this one: mobile networks report both alike. Their app shows that you tried. Try again later.",
    },
    declined: {
      title: "The customer did not take the call",
      text: "Their phone rang and they declined. Do not call again now; they can call the bank back.",
    },
    screened: {
      title: "Call screening answered",
      text: "The phone's call screening took the call, not the customer. Do not leave details. Try again later.",
    },
    voicemail: {
      title: "Voicemail answered",
      text: "You did not reach the customer. Do not leave details on the voicemail; their app shows that you tried.",
    },
    failed: {
      title: "The call could not be placed",
      text: "The customer was notified, but the call did not go through. Their app says that the call is over. Try again in a minute.",
    },
    unconfirmed: {
      title: "It is not known whether the phone rang",
      text: "Amazon Connect did not confirm the call. Before you try again, check your softphone, and ask the customer if they got a call.",
    },
    customerDeclined: {
      title: "The customer does not want the call now",
      text: "They pressed “Not now” before the phone rang. They were not called. Do not try again now.",
    },
    customerLater: {
      title: "The customer wants the call later",
      text: "They pressed “Call me later” before the phone rang. They were not called. Agree on a time by message, or try again later.",
    },
    customerReported: {
      title: "The customer reported this call",
      text: "They said that something is not right. They were not called. Do not try again; tell your supervisor.",
    },
    reportedInCall: {
      title: "The customer reported this call",
      text: "They said in their app that something is not right. Tell them to hang up and call the number on their card.",
    },
    reportedWhileRinging: {
      title: "The customer reported this call",
      text: "They said in their app that something is not right. Cancel the call, and tell your supervisor.",
    },
    reportedAndOver: {
      title: "The customer reported this call",
      text: "They said in their app that something is not right. Do not call again; tell your supervisor.",
    },
    declinedWhileRinging: {
      title: "The customer does not want the call now",
      text: "They pressed “Not now” when the call was on its way. Their phone may have rung. Do not try again now.",
    },
    laterWhileRinging: {
      title: "The customer wants the call later",
      text: "They pressed “Call me later” when the call was on its way. Their phone may have rung. Agree on a time by message, or try again later.",
    },
    cancelled: {
      title: "You cancelled the call",
      text: "The phone was not called. If the customer saw the notice, it now says that the call is over.",
    },
    cancelledRinging: {
      title: "You cancelled the call",
      text: "The phone may have rung already. The customer's app shows that you tried.",
    },
    abandoned: {
      title: "The call was not placed in time",
      text: "The notice ran out before the call could be dialed. The customer was not called. You can try again.",
    },
    refused: {
      title: "The customer was not called",
      text: "The bank's system did not allow this call. Try again; if it happens again, give support the reference.",
    },
    problem: { title: "The customer was not called" },
    unknown: {
      title: "It is not known what became of the call",
    },
  },

  problem: {
    reference: "Reference for support",
    copied: "Copied",
    copyFailed: "Could not be copied",
    copy: "Copy the reference",
    details: "Technical details",
    code: "Code",
    status: "HTTP status",
    callId: "Call",
    requestId: "Request",
    field: "Field",
    technical: "Message",
    state: "State",
    outcome: "Outcome",
    contact: "Contact",
    assurance: "Assurance",
    timeline: "Timeline",
    pushes: "Notices",
    retry: (seconds: number) => `Try again in ${seconds} s.`,
  },

  after: {
    again: "Call again",
    another: "Another customer",
  },

  /** Used where the server sends no sentence of its own. */
  codes: {
    unreachable:
      "The bank's server cannot be reached. Check your network connection and try again.",
    unexpected:
      "The bank's server gave an answer that could not be read. Try again; if it happens again, give support the reference.",
    unauthenticated: "Your session has ended. Sign in again.",
    forbidden: "Your account is not allowed to do this. Ask your supervisor for access.",
    unknown_agent: "You are not set up for verified calls. Ask your administrator to add you.",
    not_found: "The server does not know this. Search for the customer again.",
    rate_limited: "That was too often in a short time. Wait a moment and try again.",
    unknown_customer: "This customer no longer exists. Search again.",
    number_not_customers:
      "This number is not stored for the customer. Update the customer record first.",
    unknown_reason: "This reason is no longer offered. Choose another one.",
    kill_switch: "Verified calling is switched off. Ask your supervisor.",
    no_reachable_device:
      "No phone of this customer can be notified. Ask them to open the app, or write to them.",
    call_in_progress: "A call to this customer is already under way. Wait until it has ended.",
    quiet_hours: "It is quiet time for the customer. Call during their day.",
    customer_cap: "This customer has been called often enough for now. Try again tomorrow.",
    agent_cap: "You have reached your number of calls. Wait before you call again.",
    not_announced:
      "The notice could not be sent to the customer's phone, so it was not called. Try again in a minute.",
    assurance_too_low:
      "The customer's phone did not confirm the notice in time, so it was not called. Try again, or choose another reason.",
    announced_too_late: "The notice took too long, so the phone was not called. Try again.",
    destination_not_allowed: "Calls to this number are not allowed. Choose another number.",
    outbound_not_permitted: "Outbound calls are switched off. Ask your administrator.",
    dialer_throttled: "Too many calls are being placed right now. Try again in a minute.",
    dialer_limit: "All lines are in use. Try again in a minute.",
    dialer_refused: "Amazon Connect refused the call. Give support the reference.",
    dialer_down: "Amazon Connect cannot be reached. Try again in a minute.",
    too_late_to_cancel: "The call is already under way. Hang up in your softphone.",
    dependency_down: "A part of the bank's system does not answer. Try again in a minute.",
    internal:
      "Something went wrong in the bank's system. Try again; if it happens again, give support the reference.",
    softphone_down: "Your softphone cannot be reached. Open it again, then try again.",
    softphone_refused:
      "Your softphone did not place the call. End any other contact, then try again.",
    ccp_session_expired:
      "Your softphone's session has ended, so nobody was called. Sign in to it, then try again.",
    ccp_no_permission:
      "Amazon Connect does not let you place calls, so nobody was called. Ask your administrator for the permission to make outbound calls.",
    ccp_microphone:
      "Your softphone may not use the microphone. Allow it in the site settings next to the address, then try again.",
    ccp_no_sound:
      "Your softphone could not set up the sound. Check your network and headset, then try again.",
    ccp_number_refused:
      "Amazon Connect does not call this number, so nobody was called. Choose another number, or ask your administrator.",
    ccp_busy:
      "You are still on another contact in your softphone, so nobody was called. End and close it, then try again.",
    ccp_timeout:
      "Your softphone did not answer in time. Look whether it is calling; if it is not, try again.",
    gate_stopped:
      "The call was stopped before the phone rang, because it was not allowed. Start it again from here.",
  } as Readonly<Record<string, string>>,
  anyCode: "Something went wrong. Try again; if it happens again, give support the reference.",

  assurance: {
    none: "none",
    fallback: "message sent",
    accepted: "notice accepted by the push service",
    acknowledged: "confirmed by the phone",
  } satisfies Record<Assurance, string>,

  states: {
    title: "Every state of the panel",
    intro: "Drawn from sample data, for people and for the visual test.",
  },
} as const;
