"""The list of instruments that a firm can spend on."""

from sim.policy.advertising import ADVERTISING
from sim.policy.automation import AUTOMATION
from sim.policy.contact import CONTACT
from sim.policy.crm import CRM
from sim.policy.cross_sell import CROSS_SELL
from sim.policy.distributors import DISTRIBUTORS
from sim.policy.hospitality import HOSPITALITY
from sim.policy.instrument import Instrument
from sim.policy.integration import INTEGRATION
from sim.policy.introductory_price import INTRODUCTORY_PRICE
from sim.policy.loyalty import LOYALTY
from sim.policy.recovery import RECOVERY
from sim.policy.referral_reward import REFERRAL_REWARD
from sim.policy.save import SAVE
from sim.policy.service import SERVICE
from sim.policy.staff import STAFF
from sim.policy.win_back import WIN_BACK

INSTRUMENTS: dict[str, Instrument] = {
    instrument.name: instrument
    for instrument in (
        ADVERTISING,
        INTRODUCTORY_PRICE,
        REFERRAL_REWARD,
        SERVICE,
        STAFF,
        DISTRIBUTORS,
        AUTOMATION,
        INTEGRATION,
        RECOVERY,
        LOYALTY,
        CONTACT,
        CROSS_SELL,
        CRM,
        SAVE,
        HOSPITALITY,
        WIN_BACK,
    )
}
"""Name in a scenario file → declaration."""
