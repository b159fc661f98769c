using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>Errors of sources, at the places that clients know.</summary>
public sealed class SourceErrorTests
{
    [Fact]
    public Task An_error_in_an_entity_is_told_at_every_place_of_the_entity() => Check.Answers(
        TestPlan.Build(
            """{ maybe { id } users { id pals: friends @s(n: [1], as: "friends") { first: nick @s(n: [1], as: "nick") } } }""",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "users") { After = [0] }),
        [
            (0, """{"data":{"maybe":null,"users":[{"id":"1"},{"id":"2"},{"id":"1"}]}}"""),
            (1, """{"errors":[{"message":"boom","path":["_entities",0,"friends",1,"nick"]}],"data":{"_entities":[{"friends":null},{"friends":[{"nick":"x"}]}]}}"""),
        ],
        """
        {"errors":[
          {"message":"Unexpected error from a source.","path":["users",0,"pals",1,"first"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},
          {"message":"Unexpected error from a source.","path":["users",2,"pals",1,"first"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"maybe":null,"users":[{"id":"1","pals":null},{"id":"2","pals":[{"first":"x"}]},{"id":"1","pals":null}]}}
        """);

    [Fact]
    public Task An_error_that_takes_the_whole_entity_is_told_by_each_of_its_fields() => Check.Answers(
        TestPlan.Build(
            "{ maybe { id name @s(n: [1]) age @s(n: [1]) } }", new StepSpec("a"), new StepSpec("b", FetchKind.Representations, "maybe") { After = [0] }),
        [
            (0, """{"data":{"maybe":[{"id":"1"},{"id":"2"},{"id":"3"}]}}"""),
            (1, """{"data":{"_entities":[null,null,{"name":"x","age":3}]},"errors":[{"message":"a","path":["_entities",0]},{"message":"b","path":["_entities",1,"age"]}]}"""),
        ],
        """
        {"errors":[
          {"message":"Unexpected error from a source.","path":["maybe",1,"age"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},
          {"message":"Unexpected error from a source.","path":["maybe",0,"name"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},
          {"message":"Unexpected error from a source.","path":["maybe",0,"age"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},
          {"message":"Unexpected error from a source.","path":["maybe",1,"name"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"maybe":[{"id":"1","name":null,"age":null},{"id":"2","name":null,"age":null},{"id":"3","name":"x","age":3}]}}
        """);

    [Theory]
    [InlineData("a", """{"variableIndex":1,"errors":[{"message":"m","path":["find","nick"]}],"data":{"find":null}}""", """{"variableIndex":0,"data":{"find":{"nick":"one"}}}""")]
    [InlineData("b", """{"errors":[{"message":"m","path":["_1","nick"]}],"data":{"_0":{"nick":"one"},"_1":null}}""", "")]
    public Task An_error_of_a_batch_belongs_to_one_target(string source, string answer, string more) => Check.Answers(
        TestPlan.Build("{ maybe { id nick @s(n: [1]) } }", new StepSpec("a"), new StepSpec(source, FetchKind.Lookup, "maybe") { After = [0] }),
        [(0, """{"data":{"maybe":[{"id":"1"},{"id":"2"}]}}"""), (1, $"{answer}\n{more}")],
        """
        {"errors":[{"message":"Unexpected error from a source.","path":["maybe",1,"nick"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"maybe":[{"id":"1","nick":"one"},null]}}
        """);

    [Fact]
    public Task An_entry_that_a_batch_lacks_is_an_error_for_it_alone() => Check.Answers(
        TestPlan.Build(
            "{ maybe { id name @s(n: [1]) age @s(n: [2]) } }",
            new StepSpec("a"),
            new StepSpec("a", FetchKind.Lookup, "maybe") { After = [0] },
            new StepSpec("b", FetchKind.Lookup, "maybe") { After = [0] }),
        [
            (0, """{"data":{"maybe":[{"id":"1"},{"id":"2"}]}}"""),
            (1, """[{"variableIndex":1,"data":{"find":{"name":"two"}}}]"""),
            (2, """{"data":{"_0":{"age":1}}}"""),
        ],
        """
        {"errors":[
          {"message":"A source's answer lacks the entity.","path":["maybe",0,"name"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's answer lacks the entity.","path":["maybe",1,"age"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],
        "data":{"maybe":[{"id":"1","name":null,"age":1},{"id":"2","name":"two","age":null}]}}
        """);

    [Fact]
    public Task Data_that_is_null_as_a_whole_is_explained_at_each_field() => Check.Answers(
        TestPlan.Build("{ me: user { name } leaf { int } }", new StepSpec("a")),
        [(0, """{"errors":[{"message":"x","path":["me","name"]}],"data":null}""")],
        """
        {"errors":[
          {"message":"Unexpected error from a source.","path":["me","name"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},
          {"message":"Unexpected error from a source.","path":["leaf"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"me":null,"leaf":null}}
        """);

    [Fact]
    public Task An_error_in_a_non_null_place_is_the_only_one() => Check.Answers(
        TestPlan.Build("{ user { nick } }", new StepSpec("a")),
        [(0, """{"data":{"user":{"nick":null}},"errors":[{"message":"x","path":["user","nick"]}]}""")],
        """{"errors":[{"message":"Unexpected error from a source.","path":["user","nick"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"user":null}}""");

    [Fact]
    public Task An_error_without_a_place_stands_by_itself() => Check.Answers(
        TestPlan.Build("{ user { name } }", new StepSpec("a")),
        [(0, """{"data":{"user":{"name":"x"}},"errors":[{"message":"x"},{"path":["user",true]},7]}""")],
        """
        {"errors":[
          {"message":"Unexpected error from a source.","extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},
          {"message":"Unexpected error from a source.","extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},
          {"message":"Unexpected error from a source.","extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"user":{"name":"x"}}}
        """);

    [Fact]
    public Task Forwarded_errors_keep_their_message_and_extensions() => Check.Answers(
        TestPlan.Build("{ user { name } }", new StepSpec("a")),
        [(0, """{"data":{"user":null},"errors":[{"message":"not \"here\"","path":["user"],"extensions":{"code":"GONE","at":[1]}},{"message":"m","extensions":{"x":1}}]}""")],
        """
        {"errors":[
          {"message":"not \"here\"","path":["user"],"extensions":{"code":"GONE","at":[1]}},
          {"message":"m","extensions":{"code":"DOWNSTREAM_SERVICE_ERROR","x":1}}],
        "data":{"user":null}}
        """,
        new ExecutionOptions { ForwardsErrors = _ => true });

    // RFC 8259, 8.2: half of a surrogate pair is no text.
    [Fact]
    public async Task A_key_that_is_no_text_is_told_as_the_source_has_written_it() => Assert.Equal(
        """{"errors":[{"message":"m","path":["user"],"extensions":{"\\ud800":1,"code":"GONE","x":"\ud800"}}],"data":{"user":null}}""",
        await Check.Run(
            TestPlan.Build("{ user { name } }", new StepSpec("a")),
            new Script([(0, """{"data":{"user":null},"errors":[{"message":"m","path":["user"],"extensions":{"\ud800":1,"co\u0064e":"GONE","x":"\ud800"}}]}""")]),
            new ExecutionOptions { ForwardsErrors = _ => true }));

    [Fact]
    public Task An_error_in_a_hidden_field_is_not_told_where_no_field_depends_on_it() => Check.Answers(
        TestPlan.Build(
            "{ user { age title @hidden name @s(n: [1]) } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "user", "title?") { After = [0] }),
        [
            (0, """{"data":{"user":{"age":1,"title":null}},"errors":[{"message":"x","path":["user","title"]}]}"""),
            (1, """{"data":{"_entities":[{"name":"n"}]}}"""),
        ],
        """{"data":{"user":{"age":1,"name":"n"}}}""");

    [Theory]
    [InlineData("""{"data":{"_entities":[{"address":null}]},"errors":[{"message":"x","path":["_entities",0,"address"]}]}""", "Unexpected error from a source.", "DOWNSTREAM_SERVICE_ERROR")]
    [InlineData("""{"data":{"_entities":[{"address":null}]},"errors":[{"message":"x","path":["_entities",0,"address","city"]}]}""", "Unexpected error from a source.", "DOWNSTREAM_SERVICE_ERROR")]
    [InlineData("""{"data":{"_entities":[null]},"errors":[{"message":"x","path":["_entities",0]}]}""", "Unexpected error from a source.", "DOWNSTREAM_SERVICE_ERROR")]
    [InlineData("""{"data":{"_entities":[{"address":null}]}}""", "A source's answer lacks the entity.", "SUBREQUEST_MALFORMED_RESPONSE")]
    [InlineData("""{"data":{"_entities":[{}]}}""", "A source's answer lacks the field.", "SUBREQUEST_MALFORMED_RESPONSE")]
    [InlineData("no JSON", "A source's answer is no GraphQL response.", "SUBREQUEST_MALFORMED_RESPONSE")]
    public Task What_a_source_fails_to_add_to_an_object_is_told_where_it_would_stand(string answer, string message, string code) => Check.Answers(
        TestPlan.Build(
            "{ user { id address @s(n: [0, 1]) { street @s(n: [0]) city @s(n: [1]) } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "user") { After = [0] }),
        [(0, """{"data":{"user":{"id":"1","address":{"street":"s"}}}}"""), (1, answer)],
        $$$"""
        {"errors":[{"message":"{{{message}}}","path":["user","address","city"],"extensions":{"code":"{{{code}}}" }}],
        "data":{"user":{"id":"1","address":null} } }
        """);

    [Fact]
    public Task An_error_of_a_field_that_was_not_asked_of_the_object_is_not_the_objects() => Check.Answers(
        TestPlan.Build(
            "{ node { id title @s(n: [1]) ... on User { age @s(n: [1]) } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "node") { After = [0] }),
        [
            (0, """{"data":{"node":{"__typename":"Post","id":"1"}}}"""),
            (1, """{"data":{"_entities":[{"title":"t","age":null}]},"errors":[{"message":"x","path":["_entities",0,"age"]}]}"""),
        ],
        """{"data":{"node":{"id":"1","title":"t"}}}""");
}
