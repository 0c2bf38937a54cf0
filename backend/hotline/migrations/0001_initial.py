import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("staff", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HelpRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.BinaryField(max_length=16, unique=True)),
                ("verifier", models.BinaryField(max_length=32)),
                ("content", models.BinaryField(max_length=32)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("claimed", "Claimed"), ("talking", "Talking"), ("closed", "Closed")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("level", models.SmallIntegerField(choices=[(0, "now"), (1, "soon"), (2, "talk")])),
                ("language", models.CharField(max_length=6)),
                ("topics", models.JSONField(default=list)),
                ("region", models.CharField(blank=True, max_length=6)),
                ("intake_key", models.BinaryField(max_length=16)),
                ("note", models.BinaryField()),
                ("window", models.BigIntegerField(null=True)),
                ("reopened", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.BinaryField(max_length=32, null=True)),
                ("conversation", models.BinaryField(max_length=16, null=True)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "claimed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="staff.organisation")),
            ],
        ),
        migrations.CreateModel(
            name="PlaceTries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.BinaryField(max_length=16, unique=True)),
                ("count", models.PositiveSmallIntegerField(default=0)),
                ("since", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["since"], name="hotline_tries_since")],
            },
        ),
        migrations.CreateModel(
            name="RequestPackage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("sealed", models.BinaryField()),
                ("window", models.BigIntegerField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "request",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="packages", to="hotline.helprequest"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReturnPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.BinaryField(max_length=16, unique=True)),
                ("verifier", models.BinaryField(max_length=32)),
                ("sealed", models.BinaryField()),
                ("window", models.BigIntegerField(null=True)),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["expires_at"], name="hotline_place_expiry"),
                    models.Index(fields=["window"], name="hotline_place_window"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="staff.organisation")),
            ],
        ),
        migrations.AddIndex(
            model_name="helprequest",
            index=models.Index(fields=["organisation", "state", "level", "created_at"], name="hotline_queue"),
        ),
        migrations.AddIndex(
            model_name="helprequest",
            index=models.Index(fields=["claimed_by", "state"], name="hotline_mine"),
        ),
        migrations.AddIndex(
            model_name="helprequest",
            index=models.Index(fields=["expires_at"], name="hotline_request_expiry"),
        ),
        migrations.AddIndex(
            model_name="helprequest",
            index=models.Index(fields=["state", "changed_at"], name="hotline_request_change"),
        ),
        migrations.AddIndex(
            model_name="helprequest",
            index=models.Index(fields=["window"], name="hotline_request_window"),
        ),
        migrations.AddIndex(
            model_name="requestpackage",
            index=models.Index(fields=["window"], name="hotline_package_window"),
        ),
        migrations.AddConstraint(
            model_name="requestpackage",
            constraint=models.UniqueConstraint(fields=("request", "position"), name="hotline_package_position"),
        ),
        migrations.AddIndex(
            model_name="shift",
            index=models.Index(fields=["organisation", "seen_at"], name="hotline_shift_seen"),
        ),
    ]
