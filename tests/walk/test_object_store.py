"""An archive whose captures lie in a bucket, by configuration alone."""

import shutil
from pathlib import Path

import pytest

import rawi
from rawi import config
from rawi.adapters.s3 import Bucket
from rawi.errors import CannotRun
from tests.s3 import fresh_bucket


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.html"
    words = "<p>The ferry to the island leaves again on Monday, its captain said at the quay this morning.</p>" * 8
    path.write_text(f"<html lang=en><title>The ferry sails</title><article><h1>The ferry sails</h1>{words}</article>")
    return path


def configured(folder: Path, captures: str, more: str = "") -> Path:
    config.write_config(folder, name="Coast", contact="")
    (folder / config.FILE).write_text(f'captures = "{captures}"\nprocesses = 1\n{more}')
    return folder


def test_from_a_page_to_a_search_and_back_to_its_bytes(s3_address: str, tmp_path: Path, page: Path) -> None:
    access = fresh_bucket(s3_address)
    place = configured(
        tmp_path / "archive",
        f"s3://{access.bucket}/press",
        f'[s3]\nendpoint = "{access.endpoint}"\naccess_key_id = "key"\nsecret_access_key = "secret"\n',
    )
    with rawi.open_archive(place) as archive:
        assert archive.import_paths([page]).kept == 1
    (key,) = (key for key in Bucket(access).keys("press") if key.endswith(".warc.gz"))
    assert key.startswith("press/s")
    assert not list(place.rglob("*.warc.gz*"))
    shutil.rmtree(place / "spool")
    with rawi.open_archive(place) as archive:
        archive.follow()
        assert archive.search("ferry").total == 1
        assert archive.check() == []


def test_a_place_without_a_bucket_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="names no bucket"):
        rawi.open_archive(configured(tmp_path / "archive", "s3://"))


def test_the_secret_is_not_shown(tmp_path: Path) -> None:
    place = configured(tmp_path / "archive", "s3://b", '[s3]\nsecret_access_key = "hush"\n')
    assert "hush" not in repr(config.read_config(str(place))[0])
