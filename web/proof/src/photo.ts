import { encodeBase64 } from "./base64url.ts";
import type { Photo } from "./passport.ts";

export type PhotoVerdict =
  | { readonly ok: true; readonly picture: Blob }
  | { readonly ok: false; readonly code: "photo_mismatch" | "photo_unreachable" };

const MAX_BYTES = 20_000;

async function readAtMost(response: Response, most: number): Promise<Blob | undefined> {
  const chunks: BlobPart[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    size += next.value.length;
    if (size > most) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(next.value);
  }
  return new Blob(chunks, { type: response.headers.get("content-type") ?? "" });
}

async function integrityOf(picture: Blob): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await picture.arrayBuffer());
  return `sha256-${encodeBase64(new Uint8Array(digest))}`;
}

function isAt(url: string, origin: string): boolean {
  return URL.canParse(url) && new URL(url).origin === origin;
}

/**
 * Load the agent's photo from the bank's own host, at most 20 KB, and check it before anyone sees it.
 *
 * A card never waits for its photo and never fails because of it.
 */
export async function loadPhoto(photo: Photo, origin: string): Promise<PhotoVerdict> {
  if (!isAt(photo.url, origin)) return { ok: false, code: "photo_mismatch" };
  try {
    const response = await fetch(photo.url, {
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
    });
    if (!response.ok) return { ok: false, code: "photo_unreachable" };
    const picture = await readAtMost(response, MAX_BYTES);
    const genuine = picture !== undefined && (await integrityOf(picture)) === photo.integrity;
    return genuine ? { ok: true, picture } : { ok: false, code: "photo_mismatch" };
  } catch {
    return { ok: false, code: "photo_unreachable" };
  }
}
