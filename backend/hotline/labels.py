"""The words that a help request may carry: level, language, topics, region. Anything else is refused."""

import re
from typing import Final

from django.db import models


class Level(models.IntegerChoices):
    """How soon the person needs somebody, in their own judgement. The queue is ordered by it."""

    NOW = 0, "now"
    SOON = 1, "soon"
    TALK = 2, "talk"


class Topic(models.TextChoices):
    """What it is about, or what is needed: the situations and needs that the chatbot knows too."""

    SEX_TRAFFICKING = "sex_trafficking"
    LABOR_TRAFFICKING = "labor_trafficking"
    JOB_OFFER_CHECK = "job_offer_check"
    DEBT_BONDAGE = "debt_bondage"
    DOCS_CONFISCATED = "docs_confiscated"
    IMAGE_ABUSE = "image_abuse"
    STALKING_MONITORING = "stalking_monitoring"
    IMPERSONATION = "impersonation"
    PARTNER_VIOLENCE = "partner_violence"
    NEED_SHELTER = "need_shelter"
    NEED_LEGAL = "need_legal"
    NEED_MEDICAL = "need_medical"
    NEED_COUNSELLING = "need_counselling"
    NEED_MONEY = "need_money"
    NEED_TRANSPORT = "need_transport"
    DEVICE_SAFETY = "device_safety"
    PEER_SUPPORT = "peer_support"


LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
"""The form of a language tag: a language and perhaps a country."""
REGION: Final = re.compile(r"([A-Z]{2}(-[A-Z0-9]{1,3})?)?")
"""The form of ISO 3166-1 and 3166-2 codes, or nothing. Whether such a place exists is not checked."""
