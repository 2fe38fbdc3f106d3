"""A closed round of which a group has talked: notes, a plan, purposes, ties."""

from toolkit.evaluation import Partner, Rater

CODES = "ABCDEF"
FITTING = {"need": 3, "time": 2, "trust": 3, "turf": 3, "did.information": "yes"}


def change_wave(evaluation, **changes):
    waves = tuple(wave.model_copy(update=changes) for wave in evaluation.settings.waves)
    evaluation.change(evaluation.settings.model_copy(update={"waves": waves}))


def talk_over(opened):
    """Let six partners, a person each, answer everything, agree to be named, and decide."""
    partners = tuple(Partner(code=code, name=f"Organisme {code}") for code in CODES)
    opened.change(opened.settings.model_copy(update={"partners": partners}))
    change_wave(opened, activities=("strategy", "relations"))
    purpose = opened.strategy.add("Halte du samedi")
    for code in CODES:
        person = f"p-{code}"
        opened.know(Rater(person, code))
        sheet = opened.sheet("r1", person)
        sheet.consent()
        sheet.record("CV1", value=4)
        sheet.record("PP1", value=2)
        opened.relations.partners.agree(sheet, named=True)
        for other in CODES.replace(code, ""):
            opened.relations.record("r1", person, other, current=2, desired=3)
        for question, value in FITTING.items():
            opened.strategy.record("r1", purpose, question, value, person)
    change_wave(opened, status="closed")
    opened.plan.interpret("r1", "CV", "Un même but, enfin.", seen=0)
    opened.plan.interpret("r1", "PP1", "Toujours les mêmes.", seen=0)
    opened.plan.prioritise("r1", "Tourner l’animation", "PP1")
    done = {"what": "Animer à tour de rôle", "who": "Anne, du CPE", "by": "2027-03-31"}
    opened.plan.act("r1", {**done, "obstacle": "turf", "indicator": "PP1", "status": "under_way"})
    dropped = {"what": "Une retraite", "who": "Luc", "status": "dropped"}
    opened.plan.act("r1", {**dropped, "reason": "Luc est parti"})
    return opened
