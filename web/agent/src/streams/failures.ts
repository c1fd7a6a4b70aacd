/** Read what Streams says went wrong as a problem of ours, each with a sentence in `strings.ts`. */

import { ApiError, problem } from "../api.ts";

/** By the error's type, as Connect's private API and Streams spell it. */
const CODES: Readonly<Record<string, string>> = {
  AccessDeniedException: "ccp_no_permission",
  BadEndpointException: "ccp_number_refused",
  InvalidStateException: "ccp_busy",
  RefreshTokenExpiredException: "ccp_session_expired",
  UnauthorizedException: "ccp_session_expired",
  UnsupportedCountryException: "ccp_number_refused",
};

/** `SoftphoneErrorTypes`; the other kinds are of the network or the browser. */
const MICROPHONE = "microphone_not_shared";

/** Of the failure of a dial: JSON text, or an error such as Streams' own timeout. */
export function dialFailure(error: unknown): ApiError {
  const technical = typeof error === "string" ? error : String(error);
  if (/timed out/i.test(technical)) return failure("ccp_timeout", technical);
  return failure(CODES[typeOf(technical)] ?? "softphone_refused", technical);
}

export function softphoneTrouble(error: { errorType: string; errorMessage: string }) {
  const technical = `${error.errorType}: ${error.errorMessage}`;
  const code = error.errorType === MICROPHONE ? "ccp_microphone" : "ccp_no_sound";
  return problem(code, { technical });
}

export function failure(code: string, technical: string | null = null): ApiError {
  return new ApiError(problem(code, { technical }));
}

function typeOf(text: string): string {
  try {
    const { type } = JSON.parse(text) as { type?: unknown };
    return String(type);
  } catch {
    return "";
  }
}
