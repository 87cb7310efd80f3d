"""The sample member: an invented person's archive, as LinkedIn would write it.

The same bytes each time: no clock is read, and chance has a fixed seed. All people,
companies and addresses are invented.
"""

from vorzimmer.sample.archive import write_archive
from vorzimmer.sample.chance import LAST_DAY
from vorzimmer.sample.incoming import truths
from vorzimmer.sample.people import MEMBER_NAME, MEMBER_URL

__all__ = ["LAST_DAY", "MEMBER_NAME", "MEMBER_URL", "truths", "write_archive"]
