"""Stories of values that are stored, shown or refused otherwise."""

from tests.simulators.faults.scene import Scene, Stories

STORIES = Stories()


@STORIES.add
def write_ignored(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("write_ignored", "update")

    answer = scene.rename(key, "Ny")

    assert (answer.status_code, answer.json()["name"]) == (200, "Ny")
    assert scene.name(key) == "Nordlys"
    assert scene.faults.reached_on == {
        ("write_ignored", f"customwebshop:customer:{key}")
    }


@STORIES.add
def stored_truncated(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("stored_truncated", "update", member="name")

    scene.rename(key, "Nordlys Bygg")

    assert scene.name(key) == "Nordl"


@STORIES.add
def stored_trimmed(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("stored_trimmed", "update")

    scene.rename(key, " Nordlys Bygg ")

    assert scene.name(key) == "Nordlys Bygg"


@STORIES.add
def stored_lower_case(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("stored_lower_case", "update")

    scene.rename(key, "Nordlys Bygg")

    assert scene.name(key) == "nordlys bygg"


@STORIES.add
def stored_phone(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("stored_phone", "update")

    scene.rename(key, "+47 911 22 333")

    assert scene.name(key) == "91122333"


@STORIES.add
def member_missing(scene: Scene) -> None:
    first, second, _ = scene.keys
    scene.befalls("member_missing", record_id=second, member="phone", count=None)

    rows = scene.http().get("/customers").json()["data"]
    alone = [scene.http().get(f"/customers/{key}").json() for key in (first, second)]

    assert ["phone" in row for row in rows] == [True, False, True]
    assert ["phone" in record for record in alone] == [True, False]


@STORIES.add
def member_number_as_text(scene: Scene) -> None:
    scene.befalls("member_number_as_text", "list", member="version")

    rows = scene.http().get("/customers").json()["data"]

    assert [row["version"] for row in rows] == ["1", "1", "1"]


@STORIES.add
def member_text_as_object(scene: Scene) -> None:
    scene.befalls("member_text_as_object", "list", member="name")

    assert scene.listed()[0] == {"value": "Nordlys"}


@STORIES.add
def value_refused(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("value_refused", "update", member="name")

    answer = scene.rename(key, "Ny")

    assert (answer.status_code, scene.name(key)) == (400, "Nordlys")
    assert "name: is not valid" in answer.json()["message"]
    scene.befalls("value_refused", "update", member="name")
    assert scene.rename(key, "Nordlys").status_code == 200  # it is nothing new


@STORIES.add
def value_refused_unnamed(scene: Scene) -> None:
    key = scene.keys[0]
    scene.befalls("value_refused_unnamed", "update", member="name")

    answer = scene.rename(key, "Ny")

    assert (answer.status_code, scene.name(key)) == (400, "Nordlys")
    assert "name" not in answer.text
