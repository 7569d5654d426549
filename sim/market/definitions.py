"""What the measures mean: every column of a run's tables, in words, with its unit.

*Customer*: in subscription a person who holds the firm's contract at the end of the month; in
repertoire a person who bought from it within ``active_months`` (an *active* customer). Fixed
windows invent churn, so the true exits stand beside.
"""

from typing import NamedTuple


class Definition(NamedTuple):
    """A measure in words, and its unit."""

    meaning: str
    unit: str


FIRM_MONTH: dict[str, Definition] = {
    "month": Definition("step counted from the end of the warm-up", "steps"),
    "firm": Definition("name of the firm", "name"),
    "customers": Definition("customers at the end of the month", "people"),
    "acquired": Definition("people who bought from the firm for the first time ever", "people"),
    "acquired_by_advertising": Definition("of these, first cue advertising", "people"),
    "acquired_by_word_of_mouth": Definition("of these, first cue praise by others", "people"),
    "acquired_by_referral": Definition("of these, first cue an invitation", "people"),
    "acquired_walk_in": Definition("of these, without any cue", "people"),
    "reactivated": Definition(
        "people who bought before, were none, and are customers again", "people"
    ),
    "lost": Definition(
        "people who were customers, or became so in the month, and are none now", "people"
    ),
    "switched": Definition("of the lost, to another firm (subscription)", "people"),
    "left": Definition("of the lost, without provider now (subscription)", "people"),
    "lapsed": Definition("of the lost, no purchase within the window (repertoire)", "people"),
    "exited": Definition("of the lost, gone from the category for good", "people"),
    "stopped": Definition("of the lost, with whom the firm has ended it", "people"),
    "lost_on_the_way": Definition(
        "purchases from the firm that friction between its departments prevented", "purchases"
    ),
    "integrated": Definition("share of that friction that is gone", "share"),
    "retention": Definition("customers of last month who are customers still", "share"),
    "retention_year": Definition("product of the last 12 months' retention", "share"),
    "true_exit": Definition("customers of last month who left the category for good", "share"),
    "purchases": Definition("bills (subscription) or purchases (repertoire)", "purchases"),
    "units": Definition("units sold", "units"),
    "revenue": Definition("units times list price, lines included", "money"),
    "lines_revenue": Definition("of this, lines beside the main product", "money"),
    "goods": Definition("units times unit cost, lines included", "money"),
    "lines_goods": Definition("of this, lines beside the main product", "money"),
    "margins": Definition("kept by distributors", "money"),
    "serving": Definition("cost to serve", "money"),
    "relating": Definition("cost of the level at which relationships are kept", "money"),
    "advertising": Definition("spent on advertising", "money"),
    "service": Definition("spent on service", "money"),
    "recovery": Definition("spent on complaints", "money"),
    "loyalty": Definition("spent on rewards", "money"),
    "save": Definition("spent on would-be leavers, discounts included", "money"),
    "introductory_price": Definition("spent on first purchases", "money"),
    "referral_reward": Definition("spent on successful invitations", "money"),
    "contact": Definition("spent on contacts", "money"),
    "cross_sell": Definition("spent on offering lines to customers", "money"),
    "crm": Definition("spent on knowing customers", "money"),
    "win_back": Definition("spent on former customers, discounts included", "money"),
    "staff": Definition("spent on training staff", "money"),
    "distributors": Definition("spent on the effort of distributors", "money"),
    "automation": Definition("spent on automation", "money"),
    "integration": Definition("spent on integration", "money"),
    "hospitality": Definition("spent on visits, gifts and friendship with accounts", "money"),
    "discounts": Definition("let off in negotiations", "money"),
    "wages": Definition("wages of staff, at the help desk and of account managers", "money"),
    "fixed_cost": Definition("cost that no customer causes", "money"),
    "partnering": Definition("spent on finding partners and on signing with them", "money"),
    "programme": Definition(
        "spent on rewards, enrolment and upkeep of the loyalty programme", "money"
    ),
    "launching": Definition("spent on a new product, goods apart", "money"),
    "interest": Definition("paid to investors", "money"),
    "fees": Definition("of the money for advertising, what agencies keep", "money"),
    "spending": Definition("sum over the instruments", "money"),
    "contribution": Definition(
        "revenue less goods, margins, discounts, serving, relating, retention spending and "
        "programme",
        "money",
    ),
    "profit": Definition(
        "contribution less wages, fixed cost, partnering, launching, interest, acquisition and "
        "foundations",
        "money",
    ),
    "cash": Definition("sum of profit since month 0", "money"),
    "npv": Definition("sum of discounted profit since month 0; month 0 undiscounted", "money"),
    "customer_equity": Definition(
        "estimate: customers × contribution per customer of the trailing year × 1 / (1 + i − r), "
        "yearly i, r retention of the year (repertoire: repeat rate); undefined before 12 months",
        "money",
    ),
    "cost_of_capital": Definition(
        "what the firm's investor asks for, a month; none without one", "share"
    ),
    "firm_value": Definition(
        "estimate: profit before interest of the trailing year, a month, over the cost of capital; "
        "undefined without an investor, where capital is free, and before 12 months",
        "money",
    ),
    "distribution": Definition("mean chance, over people, that the product is there", "share"),
    "missed": Definition(
        "occasions at which the firm came to mind and its product was not there", "occasions"
    ),
    "market_share": Definition("share of all firms' revenue in the month", "share"),
    "satisfaction": Definition("mean satisfaction of customers", "0 to 1"),
    "satisfaction_sd": Definition("its standard deviation over customers", "0 to 1"),
    "trust": Definition("mean trust of customers", "0 to 1"),
    "trust_sd": Definition("its standard deviation over customers", "0 to 1"),
    "commitment": Definition("mean commitment of customers", "0 to 1"),
    "commitment_sd": Definition("its standard deviation over customers", "0 to 1"),
    "salience": Definition("mean salience of the firm over all people", "0 to 1"),
    "net_promoter": Definition(
        "share of customers with satisfaction of at least .85 less share under .65", "-1 to 1"
    ),
    "praise": Definition("positive messages told", "messages"),
    "blame": Definition("negative messages told", "messages"),
    "failures": Definition("purchases at which service failed", "purchases"),
    "complaints": Definition("of these, complained about, or found out by the firm", "purchases"),
    "recovered": Definition("of these, put right", "purchases"),
    "silent": Definition(
        "customers whose last purchase failed without the firm hearing of it; this and the next "
        "nine are kept where `record.grievances` asks for them",
        "people",
    ),
    "righted": Definition("customers whose last purchase failed and was put right", "people"),
    "denied": Definition(
        "customers whose last purchase failed, was complained of, and was not put right", "people"
    ),
    "lost_silent": Definition(
        "of the silent of last month, or since, who switched, left or lapsed", "people"
    ),
    "lost_righted": Definition("the same of those put right", "people"),
    "lost_denied": Definition("the same of those not put right", "people"),
    "leaving_silent": Definition("lost of the silent over the silent of last month", "share"),
    "leaving_righted": Definition("the same of those put right", "share"),
    "leaving_denied": Definition("the same of those not put right", "share"),
    "leaving_content": Definition("the same of customers whose last purchase went well", "share"),
    "would_leave": Definition("renewals that fell on another firm or on none", "people"),
    "saved": Definition("of these, kept by a save offer", "people"),
    "introduced": Definition(
        "first purchases of those at whom an introductory price would be aimed", "purchases"
    ),
    "contacts": Definition("contacts made with customers", "contacts"),
    "opt_outs": Definition(
        "of these, after which a person wants no more from the firm, by its channel", "contacts"
    ),
    "crept_out": Definition(
        "purchases and contacts at which what is known was used further than the person tolerates",
        "events",
    ),
    "knowledge": Definition("mean knowledge of customers; 0 for a firm without crm", "0 to 1"),
    "relevance": Definition(
        "how much nearer to what people want they were treated, mean over purchases; below 0: "
        "further off than if all had been treated alike",
        "-1 to 1",
    ),
    "invitations": Definition("people invited who had never bought", "people"),
    "referred": Definition("people who accepted an invitation", "people"),
    "accompanied": Definition(
        "customers referred by somebody who is a customer, too; 0 where that bonds nobody", "people"
    ),
    "courted": Definition("former customers made an offer", "people"),
    "won_back": Definition("of those with an open offer, who came back on it", "people"),
    "taken": Definition("lines that customers took", "lines"),
    "given_up": Definition("lines that customers gave up and stayed", "lines"),
    "with_lines": Definition("customers who hold any line", "people"),
    "breadth": Definition("lines held per customer", "lines"),
    "share_of_wallet": Definition(
        "of what lines would bring if customers met every need here, what they brought; none where "
        "nobody needed any",
        "share",
    ),
    "retention_with_lines": Definition(
        "customers of last month who held any line and are customers still", "share"
    ),
    "adopters": Definition("customers who hold the new product", "people"),
    "launch_profit": Definition("what the new product brought less all that it cost", "money"),
    "withdrawn": Definition("new products given up as failures", "products"),
    "voices": Definition("what customers said that was heard as advice on it", "messages"),
    "clipped": Definition("mean quality cut off at 0 and 1 per purchase", "quality"),
    "unprofitable": Definition("customers whose profit to date is negative", "share"),
    "cost_per_customer_won": Definition(
        "acquisition spending over people acquired, however they came", "money"
    ),
    "cost_per_customer_kept": Definition(
        "retention spending and programme over customers retained", "money"
    ),
    "unallocated": Definition("spending waiting for a customer won or won back", "money"),
    "enrolled": Definition("customers who joined the loyalty programme", "people"),
    "members": Definition("its members at the end of the month, active or not", "people"),
    "active_members": Definition("of these, who collected points within `active_months`", "people"),
    "points_earned": Definition("points credited, those for joining and referrals too", "points"),
    "points_redeemed": Definition("points turned into rewards", "points"),
    "points_expired": Definition("points that expired", "points"),
    "points_forfeited": Definition("points of members who left the category", "points"),
    "points_outstanding": Definition("points that members hold at the end of the month", "points"),
    "liability": Definition("what rewards for all of these would cost", "money"),
    "breakage": Definition(
        "of the points that were redeemed, expired or forfeited since month 0, the share not "
        "redeemed; none before there are any",
        "share",
    ),
    "skill": Definition("mean skill of staff; none without staff", "0 to 1"),
    "morale": Definition("mean morale of staff; none without staff", "0 to 1"),
    "turnover": Definition("staff who left and were replaced; none without staff", "share"),
    "calls": Definition("contacts that the help desk had to answer", "contacts"),
    "late": Definition("of these, answered later than is tolerated; none without calls", "share"),
    "response_time": Definition(
        "mean wait for an answer; none without calls, or where there were too many to serve",
        "hours",
    ),
    "ties": Definition("partners of the firm", "partners"),
    "tie_trust": Definition("mean trust of its ties with them", "0 to 1"),
    "tie_commitment": Definition("mean commitment of these ties", "0 to 1"),
    "cooperation": Definition("mean effort of partners", "0 to 1"),
    "breaches": Definition("partners who broke their word", "partners"),
    "shortages": Definition("suppliers whose supply failed", "partners"),
    "replaced": Definition("partners in whose place others came", "partners"),
    "leads": Definition("leads opened (b2b)", "leads"),
    "leads_by_advertising": Definition("of these, last cue advertising", "leads"),
    "leads_by_word_of_mouth": Definition("of these, last cue praise by others", "leads"),
    "leads_by_referral": Definition("of these, last cue an invitation", "leads"),
    "leads_closed": Definition("leads that became opportunities, or nothing", "leads"),
    "opportunities": Definition("of these, the former", "opportunities"),
    "opportunities_closed": Definition("opportunities decided on", "opportunities"),
    "deals": Definition("of these, won", "deals"),
    "deals_by_advertising": Definition("of these, cue of the lead advertising", "deals"),
    "deals_by_word_of_mouth": Definition("of these, cue of the lead praise by others", "deals"),
    "deals_by_referral": Definition("of these, cue of the lead an invitation", "deals"),
    "lead_days": Definition("mean time as a lead, of those closed; none without any", "days"),
    "opportunity_days": Definition(
        "mean time from there to a decision, of those decided; none without any", "days"
    ),
    "bond": Definition("mean closest bond of customers with a manager; none without any", "0 to 1"),
    "late_for_accounts": Definition(
        "mean share of a customer's requests answered too late; none without managers", "share"
    ),
    "managers_left": Definition("account managers who left", "people"),
    "revenue_at_risk": Definition(
        "monthly revenue at list price times bond, of the manager with whom it is most; none "
        "without managers",
        "money",
    ),
    "penetration": Definition("people who bought in the year", "share"),
    "frequency": Definition("purchases per buyer in the year", "purchases"),
    "share_of_requirements": Definition("the firm's share of its buyers' purchases", "share"),
    "repeat_rate": Definition("buyers of the year before who bought again", "share"),
    "main_firm": Definition("people of whose purchases the firm has the largest share", "share"),
    "top_fifth_revenue": Definition("revenue share of the top fifth of buyers", "share"),
}
"""Columns of ``run.firms``. The last six are measured once a year, in its last month."""

CUSTOMER: dict[str, Definition] = {
    "person": Definition("person number", "number"),
    "firm": Definition("name of the firm", "name"),
    "present": Definition("whether the person is in the market at this moment", "true or false"),
    "group": Definition("group of the scenario, empty for none", "name"),
    "arrived": Definition("month of arrival (negative: in the warm-up)", "month"),
    "first": Definition("month of the first purchase", "month"),
    "last": Definition("month of the last purchase", "month"),
    "purchases": Definition("purchases from the firm since arrival", "purchases"),
    "revenue": Definition("revenue since month 0", "money"),
    "profit": Definition("profit since month 0, after all that is charged to the person", "money"),
    "acquisition_cost": Definition("share of the acquisition spending charged", "money"),
    "break_even": Definition(
        "month in which profit first reached 0; none for customers from before month 0", "month"
    ),
    "first_cue": Definition("what first brought the firm to mind", "cue"),
    "last_cue": Definition("what last did", "cue"),
    "member": Definition("whether a member of the loyalty programme", "true or false"),
    "points": Definition("points held", "points"),
    "tier": Definition("tier held, counted from the lowest; 0 for none", "number"),
    "referred": Definition("whether the first purchase followed an invitation", "true or false"),
    "satisfaction": Definition("satisfaction", "0 to 1"),
    "trust": Definition("trust", "0 to 1"),
    "commitment": Definition("commitment", "0 to 1"),
    "expectation": Definition("expectation", "0 to 1"),
    "salience": Definition("salience", "0 to 1"),
    "lines": Definition("lines of the firm held", "lines"),
}
"""Columns of ``run.customers``: a row per person and firm from which the person ever bought."""

TRANSACTION: dict[str, Definition] = {
    "month": Definition("step counted from the end of the warm-up", "steps"),
    "person": Definition("person number", "number"),
    "firm": Definition("name of the firm", "name"),
    "first": Definition("whether this person never bought from the firm before", "true or false"),
    "units": Definition("units", "units"),
    "revenue": Definition("units times list price, lines included", "money"),
}
"""Columns of ``run.transactions``."""
