import stat
from pathlib import Path

import pytest

from ringproof.core.call import Assurance
from ringproof.production import objections
from ringproof.setting_kinds import Rate, Secret
from ringproof.settings import BadSettings, Env, Settings, effective, entries


def problems_of(**environ: str) -> str:
    with pytest.raises(BadSettings) as caught:
        Settings.read({f"RINGPROOF_{name}": value for name, value in environ.items()})
    return str(caught.value)


def test_nothing_set_is_the_embedded_deployment():
    assert Settings.read({}) == Settings()


def test_every_setting_is_in_the_table_with_what_it_is():
    rows = dict(entries())

    assert set(rows) == set(Settings.__slots__)
    assert all(row.what.endswith(".") and row.kind.allowed for row in rows.values())


def test_what_is_set_is_read():
    settings = Settings.read(
        {
            "RINGPROOF_ANNOUNCE_WAIT": "250ms",
            "RINGPROOF_QUIET_HOURS": "none",
            "RINGPROOF_RATE_AGENT": "5/second",
            "RINGPROOF_RATE_DEVICE": "none",
            "RINGPROOF_CORS_ORIGINS": "https://a.example, https://b.example",
            "RINGPROOF_MINIMUM_ASSURANCE": "acknowledged",
            "RINGPROOF_STORE": "sqlite:////srv/ringproof.db",
            "AWS_ENDPOINT_URL_CONNECT": "none",
        }
    )

    assert settings.announce_wait == 250
    assert settings.quiet_hours.begin == settings.quiet_hours.end
    assert (settings.rate_agent, settings.rate_device) == (Rate(5, 1_000), None)
    assert settings.cors_origins == ("https://a.example", "https://b.example")
    assert settings.minimum_assurance is Assurance.ACKNOWLEDGED
    assert settings.store == Path("/srv/ringproof.db")
    assert settings.connect_url is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ANNOUNCE_WAIT", "4"),
        ("ANNOUNCE_WAIT", "4 s"),
        ("ANNOUNCE_WAIT", "-4s"),
        ("QUIET_HOURS", "9-5"),
        ("QUIET_HOURS", "25:00-08:00"),
        ("PORT", "80000"),
        ("PUBLIC_URL", "bank.example"),
        ("PUBLIC_URL", "https://u:p@bank.example"),
        ("CORS_ORIGINS", "https://a.example/path"),
        ("CORS_ORIGINS", "*"),
        ("STORE", "postgres://x"),
        ("SIGNING_KEY", "kms:x"),
        ("CALLER_ID", "020 7946 0123"),
        ("MAX_BODY", "64k"),
        ("RATE_AGENT", "0/second"),
        ("DISCLOSE_EMPLOYEE_ID", "true"),
        ("DIAL_MODE", "both"),
        ("MINIMUM_ASSURANCE", "none"),
        ("LOG_LEVEL", "loud"),
        ("APPS", ""),
        ("BANK_NAME", ""),
        ("TRUSTED_PROXIES", "proxy"),
        ("CCP_URL", "bank.my.connect.aws"),
        ("STUN", "stun.bank.example:3478"),
        ("STUN", "stun:stun.bank.example:3478, turn:user@turn.bank.example"),
    ],
)
def test_a_wrong_value_is_refused_by_its_name(name: str, value: str):
    said = problems_of(**{name: value})

    assert said.startswith(f"RINGPROOF_{name} must ")


def test_all_that_is_wrong_is_said_at_once():
    said = problems_of(PORT="x", DIAL_MODE="y", QUITE_HOURS="none")

    assert said.count("\n") == 2
    assert "Did you mean RINGPROOF_QUIET_HOURS?" in said


def test_waiting_longer_than_dialing_is_allowed_is_refused():
    assert "ANNOUNCE_WAIT must be shorter" in problems_of(ANNOUNCE_WAIT="60s")


def test_a_secret_shows_itself_to_nobody():
    settings = Settings.read({"RINGPROOF_ADMIN_KEY": "rpk_a_hush"})

    assert "hush" not in repr(settings) + str(settings.admin_key) + f"{settings.admin_key}"
    assert settings.admin_key.reveal() == "rpk_a_hush"
    assert settings.admin_key == Secret("rpk_a_hush")


def test_production_meets_no_simulator():
    settings = Settings.read({"RINGPROOF_ENV": "production"})

    said = " ".join(objections(settings))

    assert settings.fcm_url == "https://fcm.googleapis.com"
    assert (settings.apns_url, settings.connect_url, settings.phone_apns) == (None, None, None)
    assert "RINGPROOF_STAFF_ISSUER" in said
    assert "RINGPROOF_PUBLIC_URL" in said
    assert "FCM" not in said
    assert "SCOPE" not in said, "api://… is no address"


@pytest.mark.parametrize(
    "name",
    [
        "PUBLIC_URL", "STAFF_ISSUER", "CUSTOMER_ISSUER", "APNS_URL", "FCM_URL", "CORS_ORIGINS",
        "WEBHOOK_URL", "AWS_ENDPOINT_URL_CONNECT", "AWS_ENDPOINT_URL_EVENTBRIDGE",
    ],
)  # fmt: skip
def test_production_refuses_what_is_not_encrypted(name: str):
    variable = name if name.startswith("AWS") else f"RINGPROOF_{name}"

    said, unsaid = (
        objections(Settings.read({"RINGPROOF_ENV": "production", variable: url}))
        for url in ("http://bank.example", "https://bank.example")
    )

    assert [f"{variable} must be https" in each for each in said].count(True) == 1
    assert not any(variable in each for each in unsaid)


@pytest.mark.parametrize("name", ["ADMIN_KEY", "CONNECT_KEY"])
@pytest.mark.parametrize(("secret", "refused"), [("s" * 31, True), ("s" * 32, False), ("", False)])
def test_production_refuses_a_key_that_can_be_guessed(name: str, secret: str, refused: bool):  # noqa: FBT001
    key = f"rpk_boot_{secret}" if secret else ""
    settings = Settings.read({"RINGPROOF_ENV": "production", f"RINGPROOF_{name}": key})

    said = [each for each in objections(settings) if f"RINGPROOF_{name}" in each]

    assert bool(said) is refused
    assert not secret or secret not in " ".join(said)


def test_production_refuses_a_key_that_others_can_read(tmp_path: Path):
    key = tmp_path / "key.p8"
    key.write_text("x")
    key.chmod(0o644)
    settings = Settings(env=Env.PRODUCTION, apns_key_file=key, signing_key=tmp_path)

    before = [each for each in objections(settings) if "others can read" in each]
    key.chmod(stat.S_IRUSR)
    after = [each for each in objections(settings) if "others can read" in each]

    assert (len(before), after) == (2, [])


def test_what_is_in_force_is_shown_without_secrets():
    environ = {"RINGPROOF_CONNECT_KEY": "rpk_a_hush", "RINGPROOF_PORT": "0"}

    shown = {entry.variable: text for entry, text in effective(environ)}

    assert shown["RINGPROOF_CONNECT_KEY"] == "[redacted]"
    assert shown["RINGPROOF_ADMIN_KEY"] == ""
    assert (shown["RINGPROOF_PORT"], shown["RINGPROOF_HOST"]) == ("0", "127.0.0.1")
