using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>Steps that travel in one request: what is sent, and that each gets its own back.</summary>
public sealed class SharedRequestTests
{
    private const string TwoPlaces = "{ user { id nick @s(n: [1]) } maybe { id nick @s(n: [2]) } }";
    private const string Objects = """{"data":{"user":{"id":"1"},"maybe":[{"id":"2"},{"id":"1"}]}}""";
    private const string FirstRequest = """a {"query":"query { step0 }"}""";

    // Two places that ask the same of one source.
    private static QueryPlan Same(string source = "b", FetchKind kind = FetchKind.Representations) => TestPlan.Build(
        TwoPlaces,
        new StepSpec("a"),
        new StepSpec(source, kind, "user") { After = [0], Request = 1 },
        new StepSpec(source, kind, "maybe") { After = [0], Request = 1, Document = 1 });

    // Two places that ask for different things.
    private static QueryPlan Different() => TestPlan.Build(
        "{ user { id nick @s(n: [1]) } maybe { id name @s(n: [2]) } }",
        new StepSpec("a"),
        new StepSpec("b", FetchKind.Representations, "user") { After = [0], Request = 1 },
        new StepSpec("b", FetchKind.Representations, "maybe") { After = [0], Request = 1 });

    [Fact]
    public Task Steps_with_one_selection_share_a_list_and_ask_for_an_entity_once() => Check.Sends(
        Same(),
        [(0, Objects), (1, """{"data":{"_entities":[{"nick":"one"},{"nick":"two"}]}}""")],
        [
            FirstRequest,
            """b {"query":"query($representations: _Any) { _entities(representations: $representations) { step1 } }","variables":{"representations":[{"__typename":"User","id":"1"},{"__typename":"User","id":"2"}]}}""",
        ],
        """{"data":{"user":{"id":"1","nick":"one"},"maybe":[{"id":"2","nick":"two"},{"id":"1","nick":"one"}]}}""");

    [Fact]
    public Task Steps_with_different_selections_have_a_list_each() => Check.Sends(
        Different(),
        [(0, Objects), (1, """{"data":{"_1":[{"name":"zwei"},{"name":"eins"}],"_0":[{"nick":"one"}]}}""")],
        [
            FirstRequest,
            """b {"query":"query($representations_0: [_Any!]!, $representations_1: [_Any!]!) { _0: _entities(representations: $representations_0) { step1 } _1: _entities(representations: $representations_1) { step2 } }","variables":{"representations_0":[{"__typename":"User","id":"1"}],"representations_1":[{"__typename":"User","id":"2"},{"__typename":"User","id":"1"}]}}""",
        ],
        """{"data":{"user":{"id":"1","nick":"one"},"maybe":[{"id":"2","name":"zwei"},{"id":"1","name":"eins"}]}}""");

    [Theory]
    [InlineData("""{"data":{"_0":null,"_1":[{"name":"zwei"},null]}}""", "A source's answer is no GraphQL response.", "SUBREQUEST_MALFORMED_RESPONSE")]
    [InlineData("""{"data":{"_0":null,"_1":[{"name":"zwei"},null]},"errors":[{"message":"m"}]}""", "Unexpected error from a source.", "DOWNSTREAM_SERVICE_ERROR")]
    public async Task A_list_that_is_null_as_a_whole_is_an_error_and_an_entity_that_is_null_is_none(string answer, string message, string code)
    {
        var script = new Script([(0, Objects), (1, answer)]);
        var told = await Check.Run(Different(), script, new ExecutionOptions());
        var second = code == "DOWNSTREAM_SERVICE_ERROR"
            ? $$$""",{"message":"{{{message}}}","path":["maybe",1,"name"],"extensions":{"code":"{{{code}}}"}}"""
            : "";
        Assert.Equal(
            $$$"""{"errors":[{"message":"{{{message}}}","path":["user","nick"],"extensions":{"code":"{{{code}}}"}}{{{second}}}],"data":{"user":null,"maybe":[{"id":"2","name":"zwei"},{"id":"1","name":null}]}}""",
            told);
    }

    [Fact]
    public Task A_step_without_targets_stays_at_home() => Check.Sends(
        Different(),
        [(0, """{"data":{"user":null,"maybe":[{"id":"2"}]}}"""), (2, """{"data":{"_entities":[{"name":"zwei"}]}}""")],
        [
            FirstRequest,
            """b {"query":"query($representations: _Any) { _entities(representations: $representations) { step2 } }","variables":{"representations":[{"__typename":"User","id":"2"}]}}""",
        ],
        """{"data":{"user":null,"maybe":[{"id":"2","name":"zwei"}]}}""");

    [Fact]
    public Task An_error_is_told_at_each_place_that_waited_for_the_entity() => Check.Sends(
        Same(),
        [(0, Objects), (1, """{"data":{"_entities":[null,{"nick":"two"}]},"errors":[{"message":"no","path":["_entities",0]}]}""")],
        [
            FirstRequest,
            """b {"query":"query($representations: _Any) { _entities(representations: $representations) { step1 } }","variables":{"representations":[{"__typename":"User","id":"1"},{"__typename":"User","id":"2"}]}}""",
        ],
        """
        {"errors":[
          {"message":"Unexpected error from a source.","path":["user","nick"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},
          {"message":"Unexpected error from a source.","path":["maybe",1,"nick"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"user":null,"maybe":[{"id":"2","nick":"two"},null]}}
        """);

    [Fact]
    public Task An_error_in_a_list_of_its_own_leaves_the_other_steps_alone() => Check.Sends(
        Different(),
        [(0, Objects), (1, """{"data":{"_0":[{"nick":"one"}],"_1":[{"name":"zwei"},{"name":null}]},"errors":[{"message":"no","path":["_1",1,"name"]}]}""")],
        [
            FirstRequest,
            """b {"query":"query($representations_0: [_Any!]!, $representations_1: [_Any!]!) { _0: _entities(representations: $representations_0) { step1 } _1: _entities(representations: $representations_1) { step2 } }","variables":{"representations_0":[{"__typename":"User","id":"1"}],"representations_1":[{"__typename":"User","id":"2"},{"__typename":"User","id":"1"}]}}""",
        ],
        """
        {"errors":[{"message":"Unexpected error from a source.","path":["maybe",1,"name"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"user":{"id":"1","nick":"one"},"maybe":[{"id":"2","name":"zwei"},{"id":"1","name":null}]}}
        """);

    [Fact]
    public Task A_list_of_a_wrong_length_fails_all_steps_of_the_request() => Check.Sends(
        Different(),
        [(0, Objects), (1, """{"data":{"_0":[{"nick":"one"}],"_1":[{"name":"zwei"}]}}""")],
        [
            FirstRequest,
            """b {"query":"query($representations_0: [_Any!]!, $representations_1: [_Any!]!) { _0: _entities(representations: $representations_0) { step1 } _1: _entities(representations: $representations_1) { step2 } }","variables":{"representations_0":[{"__typename":"User","id":"1"}],"representations_1":[{"__typename":"User","id":"2"},{"__typename":"User","id":"1"}]}}""",
        ],
        """
        {"errors":[
          {"message":"A source's answer is no GraphQL response.","path":["user","nick"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's answer is no GraphQL response.","path":["maybe",0,"name"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's answer is no GraphQL response.","path":["maybe",1,"name"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],
        "data":{"user":null,"maybe":[{"id":"2","name":null},{"id":"1","name":null}]}}
        """);

    [Fact]
    public Task Lookups_share_a_batch_of_variables() => Check.Sends(
        Same("a", FetchKind.Lookup),
        [(0, Objects), (1, """[{"variableIndex":1,"data":{"find":{"nick":"two"}}},{"variableIndex":0,"data":{"find":{"nick":"one"}}}]""")],
        [FirstRequest, """a {"query":"query($id: ID) { find(id: $id) { step1 } }","variables":[{"id":"1"},{"id":"2"}]}"""],
        """{"data":{"user":{"id":"1","nick":"one"},"maybe":[{"id":"2","nick":"two"},{"id":"1","nick":"one"}]}}""");

    [Fact]
    public Task Lookups_share_a_batch_of_aliases() => Check.Sends(
        Same("b", FetchKind.Lookup),
        [(0, Objects), (1, """{"data":{"_0":{"nick":"one"},"_1":{"nick":"two"}}}""")],
        [FirstRequest, """b {"query":"query($id_0: ID, $id_1: ID) { _0: find(id: $id_0) { step1 } _1: find(id: $id_1) { step1 } }","variables":{"id_0":"1","id_1":"2"}}"""],
        """{"data":{"user":{"id":"1","nick":"one"},"maybe":[{"id":"2","nick":"two"},{"id":"1","nick":"one"}]}}""");

    // Of Query, below each of the fields.
    private static QueryPlan Roots() => TestPlan.Build(
        TwoPlaces,
        new StepSpec("a"),
        new StepSpec("b", FetchKind.Root, "user") { After = [0], Request = 1 },
        new StepSpec("b", FetchKind.Root, "maybe") { After = [0], Request = 1, Document = 1 });

    private const string RootRequest = """b {"query":"query { step1 }"}""";

    [Fact]
    public Task Equal_root_fetches_are_sent_once_and_the_answer_is_given_to_each() => Check.Sends(
        Roots(),
        [(0, Objects), (1, """{"data":{"nick":"all"}}""")],
        [FirstRequest, RootRequest],
        """{"data":{"user":{"id":"1","nick":"all"},"maybe":[{"id":"2","nick":"all"},{"id":"1","nick":"all"}]}}""");

    [Fact]
    public Task An_error_of_equal_root_fetches_is_told_at_each_place() => Check.Sends(
        Roots(),
        [(0, Objects), (1, """{"data":{"nick":null},"errors":[{"message":"no","path":["nick"]}]}""")],
        [FirstRequest, RootRequest],
        """
        {"errors":[
          {"message":"Unexpected error from a source.","path":["user","nick"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},
          {"message":"Unexpected error from a source.","path":["maybe",0,"nick"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},
          {"message":"Unexpected error from a source.","path":["maybe",1,"nick"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"user":null,"maybe":[null,null]}}
        """);

    [Fact]
    public Task Equal_root_fetches_fail_together() => Check.Sends(
        Roots(),
        [(0, Objects), (1, """{"data":null}""")],
        [FirstRequest, RootRequest],
        """
        {"errors":[
          {"message":"A source's answer is no GraphQL response.","path":["user","nick"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's answer is no GraphQL response.","path":["maybe",0,"nick"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's answer is no GraphQL response.","path":["maybe",1,"nick"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],
        "data":{"user":null,"maybe":[null,null]}}
        """);

    [Theory]
    [InlineData("""{"data":{"user":null,"maybe":[{"id":"2"}]}}""", """{"data":{"user":null,"maybe":[{"id":"2","nick":"all"}]}}""")]
    [InlineData("""{"data":{"user":{"id":"1"},"maybe":null}}""", """{"data":{"user":{"id":"1","nick":"all"},"maybe":null}}""")]
    public Task One_of_equal_root_fetches_goes_alone_where_the_other_has_no_targets(string objects, string expected) => Check.Sends(
        Roots(),
        [(0, objects), (1, """{"data":{"nick":"all"}}""")],
        [FirstRequest, RootRequest],
        expected);
}
