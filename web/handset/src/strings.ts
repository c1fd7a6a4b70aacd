/** Every word a customer can read, in one place: for translators, and for whoever checks the words. */
export const strings = {
  never: "We will never ask for your PIN, password or a code from a text message.",
  settings: "Settings",
  back: "Back",
  close: "Close",
  loading: "One moment…",
  markEarned: "Connected, confirmed by the bank",

  card: {
    announced: (bank: string) => `${bank} is about to call you`,
    direction: "We are calling you. You did not call us.",
    from: "from",
    codeLabel: "Code",
    code: (agent: string) => `${agent} will read you this code. If they can't, hang up.`,
    connected: "You are talking to us",
    youCalledUs: "Someone is calling us from your number",
    youCalledUsHelp: "Not you? Hang up.",
    notUs: "We are not calling you",
    notUsHelp: (bank: string) => `If someone says they are from ${bank}, hang up.`,
    notUsCall: "You can call the number on your card.",
    cannotTell: "We can't check right now",
    cannotTellHelp: "Don't trust a caller until you can.",
    cannotTellCall: "Call the number on your card.",
    unverified: "A call notice could not be checked",
    unverifiedHelp: "Don't rely on it. Open the app to check.",
    tried: (time: string) => `We tried to call you at ${time}`,
    spoke: (agent: string, time: string) => `You spoke with ${agent} at ${time}`,
    reference: (id: string) => `Reference ${id}`,
    declined: "We won't call you now",
    declinedHelp: "If your phone rings anyway, don't answer.",
    callLater: "We will call you later",
    callLaterHelp: "This app will tell you before we do.",
    checking: "Checking with your bank…",
  },

  actions: {
    notNow: "Not now",
    callLater: "Call me later",
    notRight: "This isn't right",
    report: "Report",
    reportCall: "Report this call",
    tryAgain: "Try again",
    open: "Open",
    callBack: "Call us back",
  },

  report: {
    title: "What happened?",
    noted: "We have noted this call. If you are still on the phone, hang up.",
    what: {
      asked_for_secret: "They asked for a PIN, password or code",
      asked_to_move_money: "They asked me to move money",
      wrong_code: "They could not read me the code",
      not_expected: "I don't know what this is about",
      other: "Something else",
    },
    thanks: "Thank you for telling us",
    next: "Our fraud team looks at every report. If we need you, we will write to you in this app.",
    call: "Worried about your money? Call the number on your card:",
    failed: "We could not send your report. Call the number on your card:",
    done: "Done",
  },

  home: {
    ask: "Is my bank calling me now?",
    askHelp: "Ask before you trust a caller.",
    history: "Calls from us",
    noHistory: "No calls yet. When we call, you will see it here first.",
    away: "This phone is offline. We can't tell you about calls.",
  },

  outcome: { answered: "You spoke", missed: "We tried to call", live: "We sent a notice" },

  line: {
    incoming: "Incoming call",
    inCall: "On a call",
    calling: "Calling…",
    answer: "Answer",
    decline: "Decline",
    hangUp: "Hang up",
    region: "Telephone",
  },

  welcome: {
    title: "Know when it's really us",
    help: "Before we call, this app says who is calling and why. Sign in to set up this phone.",
    signIn: "Sign in",
    choose: "Which phone is this?",
    ios: "iPhone",
    iosHelp: "Notices come through Apple",
    android: "Android phone",
    androidHelp: "Notices come through Google",
    enrolling: "Setting up this phone…",
    elsewhere: "This phone is open in another window. Close that one to go on here.",
    gone: "This phone is no longer set up. Sign in to set it up again.",
  },

  failure: {
    title: "That did not work",
    help: "Nothing was changed. Check your connection and try again.",
    because: {
      offline: "Your bank can't be reached. Check your connection and try again.",
      login_too_old: "For your safety, sign in again to set up this phone.",
      unauthenticated: "Your sign-in has ended. Sign in again.",
      rate_limited: "Too many tries. Wait a minute and try again.",
    },
    reference: (code: string) => `For support: ${code}`,
    tryAgain: "Try again",
  },

  settingsPage: {
    notices: "Tell me before you call",
    noticesHelp: "When off, you can still ask whether we are calling.",
    device: "This phone",
    remove: "Remove this phone",
    removeHelp: "If you remove it, we stop sending call notices here.",
    confirmRemove: "Remove",
    keep: "Keep",
  },
} as const;

export type ReportReason = keyof typeof strings.report.what;
