using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>Lookups of the same objects by different keys: each object is asked for once, by the first lookup whose key it has.</summary>
public sealed class LookupTurnTests
{
    private const string Objects = """{"data":{"maybe":[{"name":"x","id":"1"},{"name":null,"id":"2"},{"name":"y","id":null},{"name":null,"id":null},{"name":null,"id":"2"}]}}""";
    private const string FirstRequest = """a {"query":"query { step0 }"}""";

    private const string Found =
        """
        {"errors":[{"message":"The key is null.","path":["maybe",3,"age"],"extensions":{"code":"NULL_KEY"}}],
        "data":{"maybe":[{"name":"x","age":11},{"name":null,"age":12},{"name":"y","age":13},{"name":null,"age":null},{"name":null,"age":12}]}}
        """;

    private static QueryPlan Plan(string source, int? request = null) => TestPlan.Build(
        "{ maybe { name id @hidden age @s(n: [1, 2]) } }",
        new StepSpec("a"),
        new StepSpec(source, FetchKind.Lookup, "maybe", "name") { After = [0], Request = request, Lookup = "byName" },
        new StepSpec(source, FetchKind.Lookup, "maybe") { After = [0], InsteadOf = [1], Request = request, Lookup = "byId" });

    [Fact]
    public Task They_are_one_request_by_aliases() => Check.Sends(
        Plan("b", request: 1),
        [(0, Objects), (1, """{"data":{"_0":{"age":11},"_1":{"age":13},"_2":{"age":12}}}""")],
        [
            FirstRequest,
            """b {"query":"query($name_0: ID, $name_1: ID, $id_2: ID) { _0: byName(name: $name_0) { step1 } _1: byName(name: $name_1) { step1 } _2: byId(id: $id_2) { step2 } }","variables":{"name_0":"x","name_1":"y","id_2":"2"}}""",
        ],
        Found);

    [Fact]
    public Task They_are_one_list_of_requests() => Check.Sends(
        Plan("d", request: 1),
        [(0, Objects), (1, """[{"data":{"byName":{"age":11}}},{"data":{"byName":{"age":13}}},{"data":{"byId":{"age":12}}}]""")],
        [
            FirstRequest,
            """d [{"query":"query($name: ID) { byName(name: $name) { step1 } }","variables":{"name":"x"}},{"query":"query($name: ID) { byName(name: $name) { step1 } }","variables":{"name":"y"}},{"query":"query($id: ID) { byId(id: $id) { step2 } }","variables":{"id":"2"}}]""",
        ],
        Found);

    [Fact]
    public Task They_are_two_requests_where_the_source_takes_one_document() => Check.Answers(
        Plan("a"),
        [
            (0, Objects),
            (1, """[{"variableIndex":0,"data":{"byName":{"age":11}}},{"variableIndex":1,"data":{"byName":{"age":13}}}]"""),
            (2, """{"data":{"byId":{"age":12}}}"""),
        ],
        Found);

    [Theory]
    [InlineData("b", 1)]
    [InlineData("d", 1)]
    [InlineData("a", null)]
    public Task None_is_sent_for_nobody(string source, int? request) => Check.Sends(
        Plan(source, request),
        [(0, """{"data":{"maybe":[{"name":"x","id":"1"}]}}"""), (1, """{"data":{"byName":{"age":11}}}""")],
        [FirstRequest, $$$"""{{{source}}} {"query":"query($name: ID) { byName(name: $name) { step1 } }","variables":{"name":"x"}}"""],
        """{"data":{"maybe":[{"name":"x","age":11}]}}""");

    [Fact]
    public Task What_fails_in_one_is_told_at_its_objects() => Check.Answers(
        Plan("c"),
        [
            (0, """{"data":{"maybe":[{"name":"x","id":"1"},{"name":null,"id":"2"},null]}}"""),
            (1, """{"data":{"byName":null},"errors":[{"message":"no","path":["byName"]}]}"""),
            (2, """{"data":{"byId":{"age":12}}}"""),
        ],
        """
        {"errors":[{"message":"Unexpected error from a source.","path":["maybe",0,"age"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"maybe":[{"name":"x","age":null},{"name":null,"age":12},null]}}
        """);

    // Of several failures that of the last key is told, as where one lookup takes all.
    [Fact]
    public Task Where_there_is_no_key_it_is_told_what_kept_one_away() => Check.Answers(
        Plan("b"),
        [(0, """{"data":{"maybe":[{"name":null,"id":null}]},"errors":[{"message":"no","path":["maybe",0,"name"]}]}""")],
        """
        {"errors":[
          {"message":"Unexpected error from a source.","path":["maybe",0,"name"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},
          {"message":"Unexpected error from a source.","path":["maybe",0,"age"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"maybe":[{"name":null,"age":null}]}}
        """);

    // The first has left the object when another source gives its key after all: the second asks for it, though it starts later.
    [Fact]
    public Task A_key_that_comes_late_leaves_nobody_without_a_lookup() => Check.Sends(
        TestPlan.Build(
            "{ maybe { name @s(n: [0, 3]) id @hidden age @s(n: [1, 2]) } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Lookup, "maybe", "name") { After = [0], Lookup = "byName" },
            new StepSpec("b", FetchKind.Lookup, "maybe") { After = [3], InsteadOf = [1], Lookup = "byId" },
            new StepSpec("c", FetchKind.Representations, "maybe") { After = [0] }),
        [(0, """{"data":{"maybe":[{"name":null,"id":"1"}]}}"""), (3, """{"data":{"_entities":[{"name":"late"}]}}"""), (2, """{"data":{"byId":{"age":11}}}""")],
        [
            FirstRequest,
            """c {"query":"query { step3 }","variables":{"representations":[{"__typename":"User","id":"1"}]}}""",
            """b {"query":"query($id: ID) { byId(id: $id) { step2 } }","variables":{"id":"1"}}""",
        ],
        """{"data":{"maybe":[{"name":"late","age":11}]}}""");
}
