using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>Objects whose type one source is to tell, which has no such entity: what whatever they are has in the answer is null, and no error.</summary>
public sealed class UntoldObjectTests
{
    private static Task Answers(string selection, string first, string expected) => Check.Sends(
        TestPlan.Build(
            $$"""{ nodes @s(n: [0]) { {{selection}} id @s(n: [0]) @hidden } }""",
            new StepSpec("a") { IsSilentOfTypes = true },
            new StepSpec("c", FetchKind.Lookup, "nodes") { After = [0], TellsType = true }),
        [(0, """{"data":{"nodes":[{"id":"1"},{"id":"2"}]}}"""), (1, $$"""{"data":{"find":{{first}} } }"""), (1, """{"data":{"find":null}}""")],
        [
            """a {"query":"query { step0 }"}""",
            """c {"query":"query($id: ID) { find(id: $id) { step1 } }","variables":{"id":"1"}}""",
            """c {"query":"query($id: ID) { find(id: $id) { step1 } }","variables":{"id":"2"}}""",
        ],
        expected);

    [Fact]
    public Task Where_each_type_has_the_same_keys_they_are_null() => Answers(
        "... on User { it: boss @s(n: [1]) { name @s(n: [1]) } } ... on Post { it: author @s(n: [1]) { age @s(n: [1]) } } ... on Ghost { it: title @s(n: [1]) }",
        """{"__typename":"User","it":{"name":"n"}}""",
        """{"data":{"nodes":[{"it":{"name":"n"}},{"it":null}]}}""");

    [Fact]
    public Task Where_they_have_others_the_object_is() => Answers(
        "... on User { boss @s(n: [1]) { name @s(n: [1]) } } ... on Post { author @s(n: [1]) { age @s(n: [1]) } }",
        """{"__typename":"User","boss":{"name":"n"}}""",
        """
        {"errors":[{"message":"No source tells the object's type.","path":["nodes",1],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],
        "data":{"nodes":null}}
        """);
}
