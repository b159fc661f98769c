using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>Nulls and where they go (Spec §6.4.4).</summary>
public sealed class NullTests
{
    [Fact]
    public Task A_null_in_a_non_null_place_goes_up_to_the_nearest_nullable_one_with_an_error() => Check.Answers(
        TestPlan.Build("{ user { nick name } maybe { nick } }", new StepSpec("a")),
        [(0, """{"data":{"user":{"nick":null,"name":"x"},"maybe":[{"nick":"y"},{"nick":null}]}}""")],
        """
        {"errors":[
          {"message":"Cannot return null for non-nullable field User.nick.","path":["user","nick"],"extensions":{"code":"NON_NULL_VIOLATION"}},
          {"message":"Cannot return null for non-nullable field User.nick.","path":["maybe",1,"nick"],"extensions":{"code":"NON_NULL_VIOLATION"}}],
        "data":{"user":null,"maybe":[{"nick":"y"},null]}}
        """);

    [Fact]
    public Task Without_a_nullable_place_data_is_null() => Check.Answers(
        TestPlan.Build("{ must { nick } users { id } }", new StepSpec("a")),
        [(0, """{"data":{"must":{"nick":"x"},"users":[{"id":"1"},null]}}""")],
        """
        {"errors":[{"message":"Cannot return null for non-nullable field Query.users.","path":["users",1],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":null}
        """);

    [Fact]
    public Task The_runtime_type_can_be_stricter_than_the_interface() => Check.Answers(
        TestPlan.Build("{ nodes { title } }", new StepSpec("a")),
        [(0, """{"data":{"nodes":[{"__typename":"User","title":null}]}}""")],
        """{"data":{"nodes":[{"title":null}]}}""");

    [Fact]
    public Task The_runtime_type_that_is_stricter_propagates() => Check.Answers(
        TestPlan.Build("{ node { title } nodes { title } }", new StepSpec("a")),
        [(0, """{"data":{"node":{"__typename":"Post","title":null},"nodes":[{"__typename":"User","title":"x"},{"__typename":"Post","title":null}]}}""")],
        """
        {"errors":[
          {"message":"Cannot return null for non-nullable field Node.title.","path":["node","title"],"extensions":{"code":"NON_NULL_VIOLATION"}},
          {"message":"Cannot return null for non-nullable field Node.title.","path":["nodes",1,"title"],"extensions":{"code":"NON_NULL_VIOLATION"}}],
        "data":{"node":null,"nodes":null}}
        """);

    [Fact]
    public Task An_entity_that_a_source_does_not_have_has_null_fields() => Check.Answers(
        TestPlan.Build(
            "{ maybe { id name @s(n: [1]) nick @s(n: [2]) } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "maybe") { After = [0] },
            new StepSpec("a", FetchKind.Lookup, "maybe") { After = [0] }),
        [
            (0, """{"data":{"maybe":[{"id":"1"}]}}"""),
            (1, """{"data":{"_entities":[null]}}"""),
            (2, """{"data":{"find":null}}"""),
        ],
        """
        {"errors":[{"message":"Cannot return null for non-nullable field User.nick.","path":["maybe",0,"nick"],"extensions":{"code":"NON_NULL_VIOLATION"}}],
        "data":{"maybe":[null]}}
        """);

    [Theory]
    [InlineData("b", FetchKind.Representations)]
    [InlineData("b", FetchKind.Lookup)]
    [InlineData("d", FetchKind.Lookup)]
    public Task An_object_whose_key_is_null_has_fields_with_an_error_and_takes_nothing_from_the_others(string source, FetchKind kind) => Check.Answers(
        TestPlan.Build(
            "{ maybe { title age @s(n: [1]) name @s(n: [2]) } }",
            new StepSpec("a"),
            new StepSpec(source, kind, "maybe", "title") { After = [0] },
            new StepSpec("b", FetchKind.Representations, "maybe", "age") { After = [1] }),
        [
            (0, """{"data":{"maybe":[{"title":null},{"title":"x"}]}}"""),
            (1, kind == FetchKind.Lookup ? """{"data":{"find":{"age":7}}}""" : """{"data":{"_entities":[{"age":7}]}}"""),
            (2, """{"data":{"_entities":[{"name":"seven"}]}}"""),
        ],
        """
        {"errors":[
          {"message":"The key is null.","path":["maybe",0,"age"],"extensions":{"code":"NULL_KEY"}},
          {"message":"The key is null.","path":["maybe",0,"name"],"extensions":{"code":"NULL_KEY"}}],
        "data":{"maybe":[{"title":null,"age":null,"name":null},{"title":"x","age":7,"name":"seven"}]}}
        """);

    [Fact]
    public Task A_key_of_an_entity_that_a_source_does_not_have_is_no_error() => Check.Answers(
        TestPlan.Build(
            "{ maybe { id age @s(n: [1]) @hidden name @s(n: [2]) } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "maybe") { After = [0] },
            new StepSpec("a", FetchKind.Representations, "maybe", "age") { After = [1] }),
        [(0, """{"data":{"maybe":[{"id":"1"}]}}"""), (1, """{"data":{"_entities":[null]}}""")],
        """{"data":{"maybe":[{"id":"1","name":null}]}}""");

    [Fact]
    public Task A_field_that_cannot_be_served_is_null_with_an_error() => Check.Answers(
        TestPlan.Build("{ user { id name @unservable } maybe { id nick @unservable } }", new StepSpec("a")),
        [(0, """{"data":{"user":{"id":"1"},"maybe":[{"id":"2"}]}}""")],
        """
        {"errors":[
          {"message":"No source can serve User.name here.","path":["user","name"],"extensions":{"code":"FIELD_NOT_SERVABLE"}},
          {"message":"No source can serve User.nick here.","path":["maybe",0,"nick"],"extensions":{"code":"FIELD_NOT_SERVABLE"}}],
        "data":{"user":{"id":"1","name":null},"maybe":[null]}}
        """);

    [Fact]
    public Task A_null_in_a_shared_entity_is_told_at_each_place() => Check.Answers(
        TestPlan.Build(
            "{ maybe { id boss @s(n: [1]) { nick } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "maybe") { After = [0] }),
        [
            (0, """{"data":{"maybe":[{"id":"1"},{"id":"1"}]}}"""),
            (1, """{"data":{"_entities":[{"boss":{"nick":null}}]}}"""),
        ],
        """
        {"errors":[
          {"message":"Cannot return null for non-nullable field User.nick.","path":["maybe",0,"boss","nick"],"extensions":{"code":"NON_NULL_VIOLATION"}},
          {"message":"Cannot return null for non-nullable field User.nick.","path":["maybe",1,"boss","nick"],"extensions":{"code":"NON_NULL_VIOLATION"}}],
        "data":{"maybe":[{"id":"1","boss":null},{"id":"1","boss":null}]}}
        """);

    [Fact]
    public Task Errors_beyond_the_limit_are_counted() => Check.Answers(
        TestPlan.Build("{ maybe { nick } }", new StepSpec("a")),
        [(0, """{"data":{"maybe":[{"nick":null},{"nick":null},{"nick":null}]}}""")],
        """
        {"errors":[
          {"message":"Cannot return null for non-nullable field User.nick.","path":["maybe",0,"nick"],"extensions":{"code":"NON_NULL_VIOLATION"}},
          {"message":"2 more errors were left out.","extensions":{"code":"TOO_MANY_ERRORS"}}],
        "data":{"maybe":[null,null,null]}}
        """,
        new ExecutionOptions { MaxErrors = 1 });

    [Fact]
    public async Task An_object_of_a_hidden_type_is_null_for_clients_and_there_for_what_requires_it()
    {
        var plan = TestPlan.Build(
            "{ node { __typename id @hidden title @hidden @s(n: [1]) } nodes { __typename } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "node", "id") { After = [0] });
        (int, Answer)[] answers =
        [
            (0, """{"data":{"node":{"__typename":"Ghost","id":"1"},"nodes":[{"__typename":"Ghost"}]}}"""),
            (1, """{"data":{"_entities":[{"__typename":"Ghost","title":"x"}]}}"""),
        ];
        await Check.Answers(
            plan,
            answers,
            """
            {"errors":[
              {"message":"The object is of a type that is not for clients.","path":["node"],"extensions":{"code":"INACCESSIBLE"}},
              {"message":"The object is of a type that is not for clients.","path":["nodes",0],"extensions":{"code":"INACCESSIBLE"}}],
            "data":{"node":null,"nodes":null}}
            """);
        var script = new Script(answers);
        await Check.Run(plan, script, new ExecutionOptions());
        Assert.EndsWith("""
            "variables":{"representations":[{"__typename":"Ghost","id":"1"}]}}
            """.Trim(), script.Requests[1]);
    }
}
