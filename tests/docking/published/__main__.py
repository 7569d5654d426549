"""Print what docs/published.md tells: ``python -m tests.docking.published``, some minutes."""

from tests.docking.published import bad_news, lost_customer, loyalty, seeding, steps, talk

for study in (talk, bad_news, seeding, lost_customer, loyalty, steps):
    print((study.__doc__ or "").splitlines()[0])
    for line in study.report():
        print("   ", line, flush=True)
