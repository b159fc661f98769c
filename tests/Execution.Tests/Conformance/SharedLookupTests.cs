using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>Different lookups of one source in one request: each gets its own back, and what goes wrong with one is told at its fields alone.</summary>
public sealed class SharedLookupTests
{
    private const string Objects = """{"data":{"user":{"id":"1"},"maybe":[{"id":"2"},{"id":"1"}]}}""";
    private const string FirstRequest = """a {"query":"query { step0 }"}""";
    private const string Found = """{"data":{"user":{"id":"1","nick":"one"},"maybe":[{"id":"2","name":"zwei"},{"id":"1","name":"eins"}]}}""";
    private const string Aliases =
        """b {"query":"query($id_0: ID, $id_1: ID, $id_2: ID) { _0: find(id: $id_0) { step1 } _1: outer { get(id: $id_1) { step2 } } _2: outer { get(id: $id_2) { step2 } } }","variables":{"id_0":"1","id_1":"2","id_2":"1"}}""";

    private const string Requests =
        """d [{"query":"query($id: ID) { find(id: $id) { step1 } }","variables":{"id":"1"}},{"query":"query($id: ID) { outer { get(id: $id) { step2 } } }","variables":{"id":"2"}},{"query":"query($id: ID) { outer { get(id: $id) { step2 } } }","variables":{"id":"1"}}]""";

    private static QueryPlan Plan(string source) => TestPlan.Build(
        "{ user { id nick @s(n: [1]) } maybe { id name @s(n: [2]) } }",
        new StepSpec("a"),
        new StepSpec(source, FetchKind.Lookup, "user") { After = [0], Request = 1 },
        new StepSpec(source, FetchKind.Lookup, "maybe") { After = [0], Request = 1, Lookup = "outer.get" });

    [Fact]
    public Task They_stand_side_by_side_under_aliases() => Check.Sends(
        Plan("b"),
        [(0, Objects), (1, """{"data":{"_2":{"get":{"name":"eins"}},"_0":{"nick":"one"},"_1":{"get":{"name":"zwei"}}}}""")],
        [FirstRequest, Aliases],
        Found);

    [Fact]
    public Task They_are_a_list_of_requests_where_the_source_takes_only_such() => Check.Sends(
        Plan("d"),
        [(0, Objects), (1, """[{"data":{"find":{"nick":"one"}}},{"data":{"outer":{"get":{"name":"zwei"}}}},{"data":{"outer":{"get":{"name":"eins"}}}}]""")],
        [FirstRequest, Requests],
        Found);

    // a takes a list of variables, which is for one document, and c nothing of all that. No plan has such requests.
    [Fact]
    public Task They_go_alone_where_the_source_takes_one_document_a_request() => Check.Sends(
        Plan("a"),
        [(0, Objects), (1, """{"data":{"find":{"nick":"one"}}}"""), (2, """[{"variableIndex":0,"data":{"outer":{"get":{"name":"zwei"}}}},{"variableIndex":1,"data":{"outer":{"get":{"name":"eins"}}}}]""")],
        [
            FirstRequest,
            """a {"query":"query($id: ID) { find(id: $id) { step1 } }","variables":{"id":"1"}}""",
            """a {"query":"query($id: ID) { outer { get(id: $id) { step2 } } }","variables":[{"id":"2"},{"id":"1"}]}""",
        ],
        Found);

    [Fact]
    public Task One_that_has_nothing_to_ask_stays_at_home() => Check.Sends(
        Plan("b"),
        [(0, """{"data":{"user":{"id":"1"},"maybe":[null]}}"""), (1, """{"data":{"find":{"nick":"one"}}}""")],
        [FirstRequest, """b {"query":"query($id: ID) { find(id: $id) { step1 } }","variables":{"id":"1"}}"""],
        """{"data":{"user":{"id":"1","nick":"one"},"maybe":[null]}}""");

    [Fact]
    public Task More_than_one_request_may_have_are_divided_by_their_documents() => Check.Sends(
        Plan("b"),
        [(0, Objects), (1, """{"data":{"find":{"nick":"one"}}}"""), (2, """{"data":{"_0":{"get":{"name":"zwei"}},"_1":{"get":{"name":"eins"}}}}""")],
        [
            FirstRequest,
            """b {"query":"query($id: ID) { find(id: $id) { step1 } }","variables":{"id":"1"}}""",
            """b {"query":"query($id_0: ID, $id_1: ID) { _0: outer { get(id: $id_0) { step2 } } _1: outer { get(id: $id_1) { step2 } } }","variables":{"id_0":"2","id_1":"1"}}""",
        ],
        Found,
        new ExecutionOptions { MaxAliasBatchSize = 2 });

    [Fact]
    public Task A_null_without_an_error_is_no_such_entity_for_its_own_place_alone() => Check.Sends(
        Plan("b"),
        [(0, Objects), (1, """{"data":{"_0":{"nick":"one"},"_1":{"get":null},"_2":{"get":{"name":"eins"}}}}""")],
        [FirstRequest, Aliases],
        """{"data":{"user":{"id":"1","nick":"one"},"maybe":[{"id":"2","name":null},{"id":"1","name":"eins"}]}}""");

    [Theory]
    [InlineData("b", """{"data":{"_0":null,"_1":{"get":{"name":"zwei"}},"_2":{"get":{"name":"eins"}}},"errors":[{"message":"no","path":["_0"]}]}""")]
    [InlineData("b", """{"data":{"_0":null,"_1":{"get":{"name":"zwei"}},"_2":{"get":{"name":"eins"}}},"errors":[{"message":"no","path":["_0","nick"]}]}""")]
    [InlineData("d", """[{"data":{"find":null},"errors":[{"message":"no","path":["find"]}]},{"data":{"outer":{"get":{"name":"zwei"}}}},{"data":{"outer":{"get":{"name":"eins"}}}}]""")]
    [InlineData("d", """[{"errors":[{"message":"no"}]},{"data":{"outer":{"get":{"name":"zwei"}}}},{"data":{"outer":{"get":{"name":"eins"}}}}]""")]
    public Task What_fails_in_one_is_told_there_and_the_others_have_their_values(string source, string answer) => Check.Sends(
        Plan(source),
        [(0, Objects), (1, answer)],
        [FirstRequest, source == "b" ? Aliases : Requests],
        """
        {"errors":[{"message":"Unexpected error from a source.","path":["user","nick"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"user":null,"maybe":[{"id":"2","name":"zwei"},{"id":"1","name":"eins"}]}}
        """);

    [Theory]
    [InlineData("b", """{"data":{"_0":{"nick":"one"},"_1":{"get":{"name":null}},"_2":{"get":{"name":"eins"}}},"errors":[{"message":"no","path":["_1","get","name"]}]}""")]
    [InlineData("b", """{"data":{"_0":{"nick":"one"},"_1":null,"_2":{"get":{"name":"eins"}}},"errors":[{"message":"no","path":["_1"]}]}""")]
    [InlineData("d", """[{"data":{"find":{"nick":"one"}}},{"data":{"outer":null},"errors":[{"message":"no","path":["outer"]}]},{"data":{"outer":{"get":{"name":"eins"}}}}]""")]
    public Task An_error_on_the_way_to_a_lookup_is_told_at_what_it_would_have_given(string source, string answer) => Check.Sends(
        Plan(source),
        [(0, Objects), (1, answer)],
        [FirstRequest, source == "b" ? Aliases : Requests],
        """
        {"errors":[{"message":"Unexpected error from a source.","path":["maybe",0,"name"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"user":{"id":"1","nick":"one"},"maybe":[{"id":"2","name":null},{"id":"1","name":"eins"}]}}
        """);

    [Fact]
    public Task One_that_the_answer_lacks_is_an_error_of_its_fields_alone() => Check.Sends(
        Plan("b"),
        [(0, Objects), (1, """{"data":{"_0":{"nick":"one"},"_2":{"get":{"name":"eins"}}}}""")],
        [FirstRequest, Aliases],
        """
        {"errors":[{"message":"A source's answer lacks the entity.","path":["maybe",0,"name"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],
        "data":{"user":{"id":"1","nick":"one"},"maybe":[{"id":"2","name":null},{"id":"1","name":"eins"}]}}
        """);

    [Fact]
    public Task A_request_that_fails_is_an_error_of_all_that_it_asked_for() => Check.Sends(
        Plan("b"),
        [(0, Objects), (1, SubgraphOutcome.TimedOut)],
        [FirstRequest, Aliases],
        """
        {"errors":[
          {"message":"A source did not answer in time.","path":["user","nick"],"extensions":{"code":"GATEWAY_TIMEOUT"}},
          {"message":"A source did not answer in time.","path":["maybe",0,"name"],"extensions":{"code":"GATEWAY_TIMEOUT"}},
          {"message":"A source did not answer in time.","path":["maybe",1,"name"],"extensions":{"code":"GATEWAY_TIMEOUT"}}],
        "data":{"user":null,"maybe":[{"id":"2","name":null},{"id":"1","name":null}]}}
        """);
}
