"""A made-up jurisdiction, as files: the Commonwealth of Ys, which no code knows."""

PROCEDURE = """\
id: ys-tides
version: "1"
jurisdiction: YS
title: {zh: 伊斯城潮汐法程序, en: Tide law of Ys}
sources:
  tides:
    title: {zh: 潮汐法, en: Tide Act}
    provision: {zh: "第{}款", en: "clause {}"}
legal_basis: [tides 1]
day_rule: {first_day_counts: true, rolls_over: true, calendar: none, zone: Europe/Paris, legal_basis: [tides 9]}
flags:
  spring_tide: {zh: 大潮, en: spring tide}
acts:
  bells_rung: {zh: 鸣钟, en: the bells were rung}
  gate_inspected: {zh: 检查水闸, en: the gate was inspected}
stages:
  - key: bells
    title: {zh: 鸣钟, en: Bells}
    done_by: act:bells_rung
    legal_basis: [tides 2]
  - key: murmurs
    title: {zh: 听取意见, en: Murmurs}
    after: [bells]
    is_window: true
    begun_by: period_opened:murmurs
    done_by: period_closed:murmurs
    min_duration:
      - {n: 5, unit: working_day, legal_basis: [tides 3]}
      - {n: 2, unit: week, applies_if: [spring_tide], legal_basis: [tides 4]}
    shorten:
      allowed: true
      floor: {n: 3, unit: working_day, legal_basis: [tides 5]}
      legal_basis: [tides 5]
    new_round_basis: [tides 6]
    documents:
      - {type: illustration, before: "period_opened:murmurs", legal_basis: [tides 3]}
    legal_basis: [tides 3]
  - key: verdict
    title: {zh: 决定, en: Verdict}
    after: [murmurs]
    begun_by: decided
    done_by: decided
    gate_in: [stage:murmurs:finished, act:gate_inspected]
    requirements:
      - key: depth
        title: {zh: 水深, en: Depth of the water}
        figure: act:gate_inspected
        at_most: 7/2
        by: decided
        legal_basis: [tides 7]
    legal_basis: [tides 7]
obligations:
  - key: echo
    title: {zh: 回音, en: Echo}
    do: document:adoption_statement
    after: period_closed
    within: {n: 1, unit: month, legal_basis: [tides 8]}
    legal_basis: [tides 8]
"""

OVERLAY = """\
id: ys-harbour
version: "1"
extends: ys-tides
jurisdiction: YS-HB
title: {zh: 港区, en: Harbour}
sources:
  harbour: {title: {zh: 港区章程, en: Harbour Charter}}
legal_basis: [harbour 1]
tighten:
  - stage: murmurs
    min_duration: {n: 8, unit: working_day, legal_basis: [harbour 2]}
    shorten: {allowed: false, legal_basis: [harbour 2]}
obligations:
  - key: echo
    title: {zh: 回音, en: Echo}
    do: document:adoption_statement
    after: period_closed
    within: {n: 10, unit: day, legal_basis: [harbour 3]}
    legal_basis: [harbour 3]
"""


def shelve(folder, *, procedure=PROCEDURE, overlay=None):
    """Put files on a shelf, and return where it is."""
    for name, text in (("procedures/ys-tides.yaml", procedure), ("overlays/ys-harbour.yaml", overlay)):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        if text is not None:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
