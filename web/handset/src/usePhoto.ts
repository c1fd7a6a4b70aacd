import { loadPhoto, type Photo } from "@ringproof/proof";
import { useEffect, useState } from "react";

interface Loaded {
  readonly integrity: string;
  readonly url: string;
}

/** The address of a photo that was loaded and found genuine; undefined until then, and otherwise. */
export function usePhoto(photo: Photo | undefined, origin: string): string | undefined {
  const [loaded, setLoaded] = useState<Loaded>();
  const { url, integrity } = photo ?? {};

  useEffect(() => {
    if (url === undefined || integrity === undefined) return;
    let current = true;
    let shown: string | undefined;
    void loadPhoto({ url, integrity }, origin).then((verdict) => {
      if (!current || !verdict.ok) return;
      shown = URL.createObjectURL(verdict.picture);
      setLoaded({ integrity, url: shown });
    });
    return () => {
      current = false;
      if (shown === undefined) return;
      URL.revokeObjectURL(shown);
      setLoaded(undefined);
    };
  }, [url, integrity, origin]);

  return loaded?.integrity === integrity ? loaded?.url : undefined;
}
