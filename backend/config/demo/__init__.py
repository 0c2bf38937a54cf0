"""The demonstration: a synthetic organisation with people in it. Nothing of this loads in a deployment; ``manage.py demo`` refuses production."""
