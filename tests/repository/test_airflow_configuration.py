"""airflow.cfg holds no secret and no machine's path, and listens to this machine only."""

from configparser import ConfigParser

import pytest

from pipelines.paths import ROOT


@pytest.fixture(scope="module")
def configuration() -> ConfigParser:
    parser = ConfigParser(interpolation=None)
    parser.read(ROOT / "airflow.cfg", encoding="utf-8")
    return parser


def test_secrets_are_read_from_files_made_on_the_first_start(configuration: ConfigParser) -> None:
    options = {name: value for section in configuration.values() for name, value in section.items()}
    secrets = {
        name: value for name, value in options.items() if name.endswith(("_key", "_secret", "_key_cmd", "_secret_cmd"))
    }
    assert set(secrets) == {"fernet_key_cmd", "secret_key_cmd", "jwt_secret_cmd"}
    assert all(value.startswith('sh -c \'cat "$AIRFLOW_HOME"/var/secrets/') for value in secrets.values())


def test_the_pages_are_served_to_this_machine_only(configuration: ConfigParser) -> None:
    assert configuration["api"]["host"] == "127.0.0.1"


def test_two_officers_can_approve_and_an_analyst_can_only_look(configuration: ConfigParser) -> None:
    users = dict(user.split(":") for user in configuration["core"]["simple_auth_manager_users"].split(","))
    assert users == {"operator": "admin", "sato": "op", "suzuki": "op", "analyst": "viewer"}


def test_every_path_lies_under_the_home_and_what_is_written_under_var(configuration: ConfigParser) -> None:
    options = {name: value for section in configuration.values() for name, value in section.items()}
    paths = {
        name: value for name, value in options.items() if "/" in value and "http" not in value and "cmd" not in name
    }
    assert paths.pop("default_timezone") == "Asia/Tokyo"
    assert paths.pop("dags_folder") == "$AIRFLOW_HOME/dags"
    assert paths.pop("plugins_folder") == "$AIRFLOW_HOME/dags/plugins"
    assert paths
    assert all("$AIRFLOW_HOME/var/" in value for value in paths.values())
