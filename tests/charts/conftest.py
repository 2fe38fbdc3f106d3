"""Tables as the charts get them: masked, of fictional partners in early childhood in Québec."""

import pandas as pd
import pytest

CONDITIONS = {
    "fr": (
        "Vision et finalité communes",
        "Partage du pouvoir",
        "Apprentissages mutuels",
        "Responsabilité partagée des résultats",
    ),
    "en": (
        "Common vision and purpose",
        "Power sharing",
        "Mutual learning",
        "Shared accountability for results",
    ),
}
STATEMENTS = {
    "fr": (
        "Nous avons écrit ensemble ce que nous voulons changer pour les tout-petits",
        "Les parents prennent part aux décisions qui les touchent",
        "On se dit les vraies contraintes de nos organisations",
        "Chaque partenaire rend compte de sa part aux autres",
        "Nous savons à qui revient chaque décision",
    ),
    "en": (
        "We wrote together what we want to change for young children",
        "Parents take part in the decisions that affect them",
        "We tell each other our organisations’ real constraints",
        "Each partner answers to the others for its share",
        "We know who makes each decision",
    ),
}
ROUNDS = {"fr": ("Automne 2024", "Automne 2025"), "en": ("Fall 2024", "Fall 2025")}
OBSTACLES = {
    "fr": ("Manque de temps", "Faible niveau de confiance", "Travail en silo"),
    "en": ("Lack of time", "Low level of trust", "Working in silos"),
}
COALITIONS = (
    "Abitibi-Ouest, table des tout-petits",
    "Bas-Saint-Laurent : Grandir ensemble",
    "Côte-Nord, Petits explorateurs",
    "Haute-Yamaska en famille",
    "Îles-de-la-Madeleine : Les p’tits vents",
    "Rosemont, comité 0-5 ans",
)
PARTNERS = (
    ("CPE Les Petits Pas", "Petite enfance", "local", True),
    ("CPE L’Île-aux-Trésors", "Petite enfance", "local", True),
    ("Halte-garderie La Ribambelle", "Petite enfance", "local", False),
    ("Bureau coordonnateur Rivière-du-Nord", "Petite enfance", "regional", True),
    ("Maison de la famille des Érables", "Communautaire", "local", True),
    ("Joujouthèque Saint-Michel", "Communautaire", "local", True),
    ("Cuisine collective À la bonne soupe", "Communautaire", "local", True),
    ("Carrefour parenfants", "Communautaire", "local", False),
    ("Réseau des organismes familles", "Communautaire", "national", True),
    ("CLSC des Trois-Rives", "Santé et services sociaux", "local", True),
    ("CISSS des Hautes-Rivières", "Santé et services sociaux", "regional", True),
    ("Santé publique régionale", "Santé et services sociaux", "regional", True),
    ("École du Grand-Héron", "Scolaire", "local", True),
    ("Centre de services scolaire des Moissons", "Scolaire", "regional", False),
    ("Ville de Sainte-Clémence", "Municipal", "local", True),
    ("Bibliothèque municipale", "Municipal", "local", True),
    ("MRC de la Haute-Rivière", "Municipal", "regional", True),
    ("Ministère de la Famille", "Bailleur de fonds", "national", True),
    ("Fondation Premiers Pas", "Bailleur de fonds", "national", False),
    ("Centraide des Vallées", "Bailleur de fonds", "regional", True),
)
SECTORS = {
    "Petite enfance": "Early childhood",
    "Communautaire": "Community",
    "Santé et services sociaux": "Health and social services",
    "Scolaire": "School",
    "Municipal": "Municipal",
    "Bailleur de fonds": "Funder",
}


def profile(language):
    frame = pd.DataFrame({"title": CONDITIONS[language]})
    return masked(frame, low=(3, 2, 4, None), high=(3, 3, 4, None)).assign(
        **{
            "from": pd.array([2.5, 2, 3, None], dtype="Float64"),
            "to": pd.array([4, 3.5, 5, None], dtype="Float64"),
        }
    )


def masked(frame, **columns):
    """Return a frame with nullable whole numbers; a row whose first one is null is masked."""
    made = {name: pd.array(values, dtype="Int64") for name, values in columns.items()}
    hidden = made[next(iter(made))].isna()
    shown = ["nothing" if h else "distribution" for h in hidden]
    return frame.assign(**made, shown=shown, first=1, steps=5)


def rounds(language):
    names = (*ROUNDS[language], "Automne 2026" if language == "fr" else "Fall 2026")
    lows = ((2, 3, 3), (2, None, 2), (3, 3, 4), (1, 2, 3))
    frame = pd.DataFrame(
        [{"title": t, "round": name} for t in CONDITIONS[language] for name in names]
    )
    low = [step for steps in lows for step in steps]
    high = [None if step is None else step + step % 2 for step in low]
    return masked(frame, low=low, high=high)


def change(language):
    before, after = ROUNDS[language]
    frame = pd.DataFrame({"title": CONDITIONS[language]})
    table = masked(
        frame.assign(before_round=before, after_round=after),
        before=(3, 4, 2, None),
        after=(4, 3, 2, None),
        rose=(5, 2, None, None),
        same=(6, 5, None, None),
        fell=(1, 5, None, None),
        pairs=(12, 12, None, None),
        odds=(4, 2, None, None),
    ).assign(chance=["often", "often", None, None])
    table.loc[2, "shown"] = "statistic"
    return table


def agreement(language):
    return pd.DataFrame(
        {
            "statement": STATEMENTS[language],
            "agreement": pd.array([0.82, 0.41, 0.6, None, None], dtype="Float64"),
            "reading": ["shared", "divided", "mixed", "mixed", None],
            "shown": ["distribution", "distribution", "statistic", "statistic", "nothing"],
        }
    )


def portfolio(language, coalitions=COALITIONS):
    titles = CONDITIONS[language]
    frame = pd.DataFrame([{"coalition": c, "title": t} for c in coalitions for t in titles])
    low = [None if i % 9 == 7 else 1 + (i * 7 + i // 4) % 5 for i in range(len(frame))]
    high = [None if step is None else min(5, step + i % 2) for i, step in enumerate(low)]
    return masked(frame, low=low, high=high)


def nodes(language, count=20):
    rows = [PARTNERS[i % 20] for i in range(count)]
    frame = pd.DataFrame(rows, columns=["name", "sector", "level", "answered"])
    if language == "en":
        frame["sector"] = frame["sector"].map(SECTORS)
    again = [f" {i // 20 + 1}" if i >= 20 else "" for i in range(count)]
    return frame.assign(name=frame["name"] + again, partner=[f"p{i:02}" for i in range(count)])


def ties(count=20):
    answered = [PARTNERS[i % 20][3] for i in range(count)]
    rows = [
        (f"p{a:02}", f"p{b:02}", 1 + (a * b) % 7 / 2, answered[a] and answered[b] and (a + b) % 4)
        for a in range(count)
        for b in range(a + 1, count)
        if (a * 5 + b * 3) % 11 == 0 or b == a + 1
        if answered[a] or answered[b]
    ]
    frame = pd.DataFrame(rows, columns=["source", "target", "value", "confirmed"])
    return frame.assign(confirmed=frame["confirmed"].astype(bool))


def strategy(language):
    ceilings = {"time": 3, "trust": 4, "turf": 2}
    rows = [
        {"obstacle": code, "title": title, "strategy": step, "feasible": step <= ceilings[code]}
        for code, title in zip(ceilings, OBSTACLES[language], strict=True)
        for step in range(1, 5)
    ]
    frame = pd.DataFrame(rows)
    return frame.assign(binding=frame["obstacle"] == "turf", fits=2)


def desired(language):
    frame = pd.DataFrame({"statement": STATEMENTS[language]})
    return masked(frame, current=(2, 1, 3, 4, None), wanted=(4, 5, 3, None, None))


def distribution(language):
    rows = ((0, 2, 3, 5, 2), (4, 3, 0, 2, 4), (1, 1, 4, 4, 1), (0, 0, 2, 7, 5), (None,) * 5)
    frame = pd.DataFrame({"statement": STATEMENTS[language]})
    for step in range(1, 6):
        frame[f"step_{step}"] = pd.array([row[step - 1] for row in rows], dtype="Int64")
    for i, row in enumerate(rows):
        if None in row:
            continue
        total, start = sum(row), -(row[0] + row[1] + row[2] / 2) / sum(row)
        for step, count in enumerate(row, start=1):
            frame.loc[i, f"start_{step}"] = start
            start += count / total
            frame.loc[i, f"end_{step}"] = start
    return masked(frame, dont_know=(1, 0, 4, 2, None))


@pytest.fixture
def table():
    """Return the tables that a chart takes by its name, in a language."""

    def made(name, language, **size):
        if name == "relations":
            return [nodes(language, **size), ties(**size)]
        return [globals()[name](language, **size)]

    return made
