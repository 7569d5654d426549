"""All mechanisms of one market, side by side: what the month is given."""

from typing import NamedTuple

from sim.behaviour.attention import Attention
from sim.behaviour.availability import Availability
from sim.behaviour.bond import Bond
from sim.behaviour.breadth import Breadth
from sim.behaviour.capital import Capital
from sim.behaviour.choice import Choice
from sim.behaviour.commitment import Commitment
from sim.behaviour.complaints import Complaints
from sim.behaviour.contacts import Contacts
from sim.behaviour.counsel import Counsel
from sim.behaviour.expectation import Expectation
from sim.behaviour.experience import Experience
from sim.behaviour.forgetting import Forgetting
from sim.behaviour.imitation import Imitation
from sim.behaviour.information import Information
from sim.behaviour.innovation import Innovation
from sim.behaviour.levels import Levels
from sim.behaviour.loyalty import Loyalty
from sim.behaviour.needs import Needs
from sim.behaviour.negotiation import Negotiation
from sim.behaviour.opportunism import Opportunism
from sim.behaviour.parameter import per_step
from sim.behaviour.partnership import Partnership
from sim.behaviour.path import Path
from sim.behaviour.personalisation import Personalisation
from sim.behaviour.pipeline import Pipeline
from sim.behaviour.pressure import Pressure
from sim.behaviour.price_memory import PriceMemory
from sim.behaviour.programme import Programme
from sim.behaviour.promises import Promises
from sim.behaviour.queueing import Queueing
from sim.behaviour.reciprocity import Reciprocity
from sim.behaviour.referral import Referral
from sim.behaviour.rejection import Rejection
from sim.behaviour.renewal import Renewal
from sim.behaviour.salience import Salience
from sim.behaviour.satisfaction import Satisfaction
from sim.behaviour.staffing import Staffing
from sim.behaviour.supply import Supply
from sim.behaviour.trust import Trust
from sim.behaviour.word_of_mouth import WordOfMouth


class Rules(NamedTuple):
    """One set of parameters per mechanism; the field names are those of a scenario file."""

    needs: Needs = Needs()
    salience: Salience = Salience()
    information: Information = Information()
    imitation: Imitation = Imitation()
    forgetting: Forgetting = Forgetting()
    choice: Choice = Choice()
    price_memory: PriceMemory = PriceMemory()
    experience: Experience = Experience()
    complaints: Complaints = Complaints()
    promises: Promises = Promises()
    expectation: Expectation = Expectation()
    satisfaction: Satisfaction = Satisfaction()
    trust: Trust = Trust()
    commitment: Commitment = Commitment()
    word_of_mouth: WordOfMouth = WordOfMouth()
    loyalty: Loyalty = Loyalty()
    programme: Programme = Programme()
    levels: Levels = Levels()
    contacts: Contacts = Contacts()
    personalisation: Personalisation = Personalisation()
    referral: Referral = Referral()
    breadth: Breadth = Breadth()
    innovation: Innovation = Innovation()
    rejection: Rejection = Rejection()
    path: Path = Path()
    pipeline: Pipeline = Pipeline()
    attention: Attention = Attention()
    bond: Bond = Bond()
    negotiation: Negotiation = Negotiation()
    pressure: Pressure = Pressure()
    staffing: Staffing = Staffing()
    queueing: Queueing = Queueing()
    partnership: Partnership = Partnership()
    opportunism: Opportunism = Opportunism()
    reciprocity: Reciprocity = Reciprocity()
    renewal: Renewal = Renewal()
    supply: Supply = Supply()
    availability: Availability = Availability()
    counsel: Counsel = Counsel()
    capital: Capital = Capital()

    def per_step(self, months: float) -> "Rules":
        """Scale every rate and share per month to a step of ``months`` months."""
        return Rules._make(per_step(mechanism, months) for mechanism in self)


MECHANISMS: dict[str, type[NamedTuple]] = {
    name: type(default) for name, default in Rules._field_defaults.items()
}
"""Name of a mechanism in a scenario file → its declaration."""
