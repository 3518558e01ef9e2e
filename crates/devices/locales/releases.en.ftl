# Releases that the makers of systems recommend.

system-release-title = System releases
system-release-text = What the makers of systems recommend, and the share of each body’s devices that have it. A device counts once it reports the release or a later one.
system-release-none = No recommended releases
system-release-none-text = The competent administration enters them as they come out.
system-release-since = Published on { $when }.
system-release-nobody = No device has reported this system.
system-release-patched = Patched devices
system-release-patched-of = { $patched } of { $devices }
system-release-share = Share
system-release-percent = { $count }%
system-release-end = End the recommendation
system-release-end-sure = Devices are not asked for this release any more. End the recommendation?
system-release-file = Download the report (CSV)
system-release-new = Enter a recommended release
system-release-system-hint = As the system names itself, for example debian.
system-release-version = Version
system-release-published = Published on
system-release-note = Note
system-release-note-hint = What it mends, or where it is found.
system-release-enter = Enter the release
system-release-outstanding-title = Releases that are not on this device yet
system-release-outstanding = { $release }: { $days ->
    [0] published today
    [one] { $days } day outstanding
   *[other] { $days } days outstanding
}
system-release-column-system = System
system-release-column-version = Version
system-release-column-published = Published on
system-release-column-body = Body
system-release-column-patched = Patched
system-release-column-devices = Devices
system-release-column-percent = Percent
refusal-device-release-incomplete = Complete the release
refusal-device-release-incomplete-detail = Correct the fields below and send it again.
refusal-device-release-known = This release is entered already
refusal-device-release-known-detail = End the recommendation that stands before you enter it again.
refusal-device-releases-full = There are many recommended releases
refusal-device-releases-full-detail = End those that newer ones replaced, then enter the new one.
refusal-item-device-release-known = This release is entered already
refusal-item-device-published = Choose a day that has passed, or today
