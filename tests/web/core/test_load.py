"""What is fetched from the server: once, for all."""

MUTATE = """async ({ fetchDocument }, path) => {
  const { losses } = await fetchDocument(path);
  const tries = [() => losses.push(1), () => losses[0].numbers.unshift(2)];
  return tries.map((change) => { try { change(); } catch (error) { return error.name; } });
}"""


def test_nobody_can_change_a_document_that_others_read_too(modules):
    document = {"losses": [{"numbers": [1], "indices": [[1, 2]], "numeral": None}]}
    modules.page.route("**/data/*.json", lambda route: route.fulfill(json=document))
    told = modules("core/load.js", MUTATE, "data/one.json")
    assert told == ["TypeError", "TypeError"]
