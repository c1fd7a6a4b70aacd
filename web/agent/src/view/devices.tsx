/** The phones that get the notice, each in one line: "iPhone, seen 2 h ago; new since yesterday". */

import { ago, since } from "../format.ts";
import { words } from "../strings.ts";
import type { Device } from "../wire.ts";
import { Remark } from "./remark.tsx";

export function Devices({ devices, now }: { devices: Device[]; now: number }) {
  if (devices.length === 0) {
    return (
      <Remark type="warning">
        {words.customer.noDevices}. {words.customer.noDevicesText}
      </Remark>
    );
  }
  return (
    <ul className="plain-list">
      {devices.map((device) => (
        <li key={device.deviceId}>
          <Remark type={device.reachable ? (device.isNew ? "warning" : "success") : "stopped"}>
            {line(device, now)}
          </Remark>
        </li>
      ))}
    </ul>
  );
}

export function line(device: Device, now: number): string {
  const seen = device.lastSeenAt
    ? words.deviceLine.seen(ago(Date.parse(device.lastSeenAt), now))
    : words.deviceLine.neverSeen;
  const remarks = [
    device.isNew && words.deviceLine.new(since(Date.parse(device.enrolledAt), now)),
    !device.reachable &&
      (device.notifications ? words.deviceLine.unreachable : words.deviceLine.notificationsOff),
  ].filter(Boolean);
  return [`${words.device(device.platform)}, ${seen}`, ...remarks].join("; ");
}
