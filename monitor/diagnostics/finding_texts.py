"""What is said of each finding, and what to do about it.

`lesrust check`, `lesrust doctor` and the page of IT say it in the same words. In braces stand
`about`, the names that it is about, and `count`.
"""

from collections.abc import Mapping

from monitor.diagnostics.finding import FindingKind
from monitor.diagnostics.texts.feeds import FEED_TEXTS
from monitor.diagnostics.texts.finding_text import FindingText
from monitor.diagnostics.texts.guarded import GUARDED_TEXTS
from monitor.diagnostics.texts.promise import PROMISE_TEXTS
from monitor.diagnostics.texts.steering import STEERING_TEXTS
from schedules.language import gettext_lazy as _
from schedules.language import ngettext_lazy

FINDING_TEXTS: Mapping[FindingKind, FindingText] = {
    **FEED_TEXTS,
    **PROMISE_TEXTS,
    **GUARDED_TEXTS,
    **STEERING_TEXTS,
    FindingKind.NO_LESSONS: FindingText(
        _("The timetable has no lessons for today and the next two weeks."),
        _(
            "Import a timetable with `lesrust timetable import`. If these are holidays, give "
            "them under [calendar]."
        ),
    ),
    FindingKind.HOLIDAY: FindingText(
        _("There is no lesson today and in the next two weeks: {about}."),
        _("You need do nothing: after the holidays `check` looks at the lessons again."),
        needs_nothing=True,
    ),
    FindingKind.NO_SOURCE: FindingText(
        _("No timetable source is configured: the timetable is not renewed by itself."),
        _("Name its source in lesrust.toml and run `lesrust timetable watch`."),
    ),
    FindingKind.NEVER_READ: FindingText(
        _("This source of the timetable has never been read: {about}."),
        _("Run `lesrust timetable watch`, and for Zermelo first `lesrust timetable link`."),
    ),
    FindingKind.SOURCE_FAILED: FindingText(
        _("The last reading of this source failed; the last timetable stays in force: {about}."),
        _("Mend what it says; `lesrust timetable preview` with its name shows whether it works."),
    ),
    FindingKind.SOURCE_TROUBLE: FindingText(
        ngettext_lazy(
            "This source has not been read for {count} hour; the last timetable stays in "
            "force: {about}.",
            "This source has not been read for {count} hours; the last timetable stays in "
            "force: {about}.",
        ),
        _("Mend what it says; `lesrust timetable preview` with its name shows whether it works."),
    ),
    FindingKind.PARTLY_READ: FindingText(
        _("This source of the timetable has been read in part: {about}."),
        _("Mend what it says; `lesrust timetable preview` with its name shows the places."),
    ),
    FindingKind.STALE_SOURCE: FindingText(
        ngettext_lazy(
            "The timetable is {count} hour old: {about}.",
            "The timetable is {count} hours old: {about}.",
        ),
        _("See whether `lesrust timetable watch` runs, and the export is still written."),
    ),
    FindingKind.NO_BELLS: FindingText(
        _("A timetable of Untis names lesson hours only, and there are no bells."),
        _("Give the times of the lesson hours in lesrust.toml, under [[bells]]."),
    ),
    FindingKind.LESSONS_WITHOUT_ROOM: FindingText(
        _("Lessons without a room: {count}. Nothing is counted in them."),
        _("Give them rooms in the timetable."),
    ),
    FindingKind.ROOMS_WITHOUT_PLACE: FindingText(
        _("Rooms of the timetable that nothing leads to: {count} ({about})."),
        _(
            "Give each a [[place]] with prefixes, or a line in the file under [attachments]. "
            "Mind the case."
        ),
    ),
    FindingKind.PLACES_WITHOUT_LESSON: FindingText(
        _("Places without a lesson in these weeks: {about}."),
        _("See whether the timetable writes their names in the same way."),
    ),
    FindingKind.ON_TRIAL: FindingText(
        _("On trial: everything runs, and nothing is counted or released. Missing: {about}."),
        _(
            "Name the DPIA and the decision of the medezeggenschapsraad under [approval]. "
            "`lesrust avg` writes a draft of the one, and the letters that ask for the other."
        ),
    ),
    FindingKind.STAFF_UNKNOWN: FindingText(
        _("Nothing says which devices are of staff: those in a lesson count as pupils'."),
        _(
            'Give the staff\'s network a [[place]] with role = "staff", or mark it as staff in the '
            "file under [attachments], or write their Class under [radius] staff_classes."
        ),
    ),
    FindingKind.GROUPS_WITHOUT_LAYER: FindingText(
        _("Groups of no year layer: {count} ({about})."),
        _("Extend `groups` of a [[layer]]. Without one they are in the school's figures only."),
    ),
    FindingKind.SCHOOL_TOO_SMALL: FindingText(
        _("The roster has {count} pupils: too few for any figure (200)."),
        _("Give the number of pupils of each [[layer]]."),
    ),
    FindingKind.SCHOOL_WEEKLY: FindingText(
        _("The roster has {count} pupils: below 500 there are weekly figures only."),
        _("You need do nothing: so that nobody can be recognised."),
        needs_nothing=True,
    ),
    FindingKind.LAYER_TOO_SMALL: FindingText(
        _("Year layers that are merged, because one has fewer than 100 pupils: {about}."),
        _("You need do nothing: so that nobody can be recognised."),
        needs_nothing=True,
    ),
    FindingKind.HOUR_TOO_SMALL: FindingText(
        _(
            "Lesson hours of which fewer than 20 rooms are measured, so that they have no figure "
            "of their own: {about}."
        ),
        _("You need do nothing if that is right; otherwise lessons, rooms or places are missing."),
        needs_nothing=True,
    ),
    FindingKind.LAYER_UNMEASURED: FindingText(
        _("Year layers of which too little is measured for a figure (100 pupils): {about}."),
        _(
            "Give their rooms a place, their groups a size with [groups], and see whether the "
            "patterns of the [[layer]] are right."
        ),
    ),
    FindingKind.SCHOOL_UNMEASURED: FindingText(
        _("Too little of the school is measured for any figure (200 pupils)."),
        _("Give the rooms a place, and the groups a size with [groups]."),
    ),
    FindingKind.NO_GROUP_SIZES: FindingText(
        _(
            "How large groups are is not known: for floors each class counts for {count} pupils, "
            "however many it has."
        ),
        _(
            "Better: give the sizes with `sizes` under [groups], see docs/rooster.md. Without them "
            "a year layer needs seven classes that have a lesson at the same time."
        ),
    ),
    FindingKind.GROUP_SIZES: FindingText(
        _("Rows of the groups' sizes that are left out: {about}."),
        _("Mend what it says, and have the sensor read it again (`systemctl reload`)."),
    ),
    FindingKind.GROUPS_WITHOUT_SIZE: FindingText(
        _("Groups without a size, which count for nobody: {about}."),
        _("Add them to the file under [groups], as the timetable calls them."),
    ),
    FindingKind.FEED_WITHOUT_MAPPING: FindingText(
        _("RADIUS or DHCP is configured, but not which room anything is attached to."),
        _("Make the file under [attachments], see docs/plaatsen.md."),
    ),
    FindingKind.NO_SENDER: FindingText(
        _("RADIUS is listened for, but nobody may send it."),
        _("Name the server under [[sender]], with its secret."),
    ),
    FindingKind.SECRET: FindingText(
        _("A file with a secret cannot be used: {about}."),
        _("Write the secret to it, with mode 0600 and the user that runs Lesrust as its owner."),
    ),
    FindingKind.TIMETABLE_SECRET: FindingText(
        _("The file with the secret of a timetable cannot be used: {about}."),
        _(
            "Zermelo: `lesrust timetable link` writes it. Otherwise write the password to it. It "
            "has mode 0600, and the user that runs Lesrust as its owner."
        ),
    ),
    FindingKind.NOT_RUNNING: FindingText(
        _("No sensor answers at the address under [health]."),
        _("Start `lesrust gateway` or `lesrust watch`, or see why it has stopped."),
    ),
    FindingKind.HEALTH_TOKEN: FindingText(
        _("A sensor answers at the address under [health], but not with this token."),
        _(
            "Run this as the user that runs Lesrust, who can read the file (health.token, beside "
            "that of [web] secret). On another machine than the sensor's it needs a copy there, "
            "with mode 0600. When the file changed or is gone, restart the sensor: it makes one "
            "that is not there."
        ),
    ),
    FindingKind.UNKNOWN_PLACES: FindingText(
        _("Of {count} % of the connections in the last hour it is not known where they come from."),
        _("See whether the prefixes are right, and RADIUS or DHCP works."),
    ),
    FindingKind.SHARED_ADDRESSES: FindingText(
        _(
            "Some addresses or MAC addresses are several devices' (NAT, a router, an access "
            "point), or an account is many people's: they are left out."
        ),
        _(
            "Put the sensor before the NAT or the router; or let DHCP, RADIUS or the neighbour "
            'table tell the devices, with frames = "routed" under [identity].'
        ),
    ),
    FindingKind.MUCH_UNNAMED: FindingText(
        _(
            "Of {count} % of the connections in the last hour it is not known which device they "
            "are of: they are in no figure."
        ),
        _("See whether what [identity] goes by tells the devices of every network."),
    ),
    FindingKind.MAPPING: FindingText(
        _("The file under [attachments] cannot be used."),
        _("Run `lesrust check`: it names the line, what stands there and what may."),
    ),
    FindingKind.STORE_AWAY: FindingText(
        _("The store cannot be opened."),
        _("See whether the database runs, the disk has room, and the user lesrust may use it."),
    ),
    FindingKind.DISK_FULL: FindingText(
        _("The disk of the store has {count} % left."),
        _("Make room; Lesrust itself hardly grows."),
    ),
    FindingKind.STORE_SLOW: FindingText(
        _("The store took {count} ms to answer."),
        _("See what keeps the disk or the database server busy."),
    ),
    FindingKind.NO_SENSOR: FindingText(
        _("No sensor has ever spoken."),
        _("Start `lesrust gateway` or `lesrust watch`, with the same store."),
    ),
    FindingKind.SENSOR_SILENT: FindingText(
        _("This sensor does not speak any more: {about}."),
        _("Look on that machine with `journalctl -u lesrust-gateway -u lesrust-watch`."),
    ),
    FindingKind.SENSOR_BEHIND: FindingText(
        _("This sensor does not hold the newest timetable or permissions yet: {about}."),
        _("If it lasts longer than a minute, see whether the sensor reaches the store."),
    ),
    FindingKind.SNAPSHOT_STALE: FindingText(
        ngettext_lazy(
            "The sensor read timetable and permissions {count} second ago.",
            "The sensor read timetable and permissions {count} seconds ago.",
        ),
        _("See whether the sensor reaches the store; until then the last ones stay in force."),
    ),
    FindingKind.CORE_BEHIND: FindingText(
        ngettext_lazy(
            "Counting is {count} second behind.",
            "Counting is {count} seconds behind.",
        ),
        _("Give the machine more power, or steer less traffic."),
    ),
    FindingKind.SNAPSHOT_FAILURES: FindingText(
        _("Times that the timetable could not be read since the sensor started: {count}."),
        _("You need do nothing when it is over: it is tried again by itself."),
        needs_nothing=True,
    ),
    FindingKind.RELEASE_FAILURES: FindingText(
        _("Times that the store did not take a figure since the sensor started: {count}."),
        _("You need do nothing when it is over: it is tried again by itself."),
        needs_nothing=True,
    ),
    FindingKind.FEED_FAILURES: FindingText(
        _("Times that RADIUS or DHCP could not be read since the sensor started: {count}."),
        _("You need do nothing when it is over: it is tried again by itself."),
        needs_nothing=True,
    ),
    FindingKind.ADDON_ERRORS: FindingText(
        _("Errors in the sensor in the last hour: at least {count}. The connections went on."),
        _("Tell the makers, with the diagnostics file. A restart costs a lesson hour."),
    ),
    FindingKind.DROPPED_PACKETS: FindingText(
        _("Packets that came too fast for the passive sensor in the last hour: about {count}."),
        _("Install deploy/sysctl.d, or let the mirror port send less."),
    ),
    FindingKind.MUCH_HIDDEN: FindingText(
        _("Of {count} % of the connections in the last hour the name is hidden."),
        _("Let the network use its own DNS; what stays hidden is not guessed at."),
    ),
    FindingKind.CLOCK_WRONG: FindingText(
        ngettext_lazy(
            "The sensor's clock and this machine's are {count} second apart.",
            "The sensor's clock and this machine's are {count} seconds apart.",
        ),
        _("Set both machines' clocks (NTP)."),
    ),
    FindingKind.PAUSED: FindingText(
        _("Measuring is interrupted."),
        _(
            "You need do nothing: it goes on by itself. Sooner is possible with `lesrust "
            "pause --resume`."
        ),
        needs_nothing=True,
    ),
}
