using Xunit;

namespace GraphGateway.Differential;

/// <summary>In what order sources are asked below the fields of a mutation, and in how many requests.</summary>
public sealed class MutationAnswerTests
{
    // Spec §6.2.2: what is read below a write is read before the next one. Both users of a pair go in one request, no two pairs' do, and nothing that
    // was read is taken over from before a write: user 1 has another name after it.
    [Fact]
    public Task Reads_below_a_write_share_a_request_that_ends_before_the_next_write() => ScriptedSources.Answer(
        """
        --- a apollo
        type Query { x: Int }
        type Mutation { one: Pair }
        type Pair { left: User right: User }
        type User @key(fields: "id") { id: ID! }
        --- b apollo
        type Mutation { rename: Int }
        type User @key(fields: "id") { id: ID! name: String }
        """,
        "mutation { one { left { name } right { name } } rename again: one { left { name } right { name } } }",
        [
            ("a", """{"data":{"one":{"left":{"id":"1"},"right":{"id":"2"}}}}"""),
            ("b", """{"data":{"_entities":[{"name":"x"},{"name":"y"}]}}"""),
            ("b", """{"data":{"rename":7}}"""),
            ("a", """{"data":{"again":{"left":{"id":"1"},"right":{"id":"3"}}}}"""),
            ("b", """{"errors":[{"message":"no","path":["_entities",1,"name"]}],"data":{"_entities":[{"name":"z"},{"name":null}]}}"""),
        ],
        """
        a {}
        b {"representations":[{"__typename":"User","id":"1"},{"__typename":"User","id":"2"}]}
        b {}
        a {}
        b {"representations":[{"__typename":"User","id":"1"},{"__typename":"User","id":"3"}]}
        {"errors":[{"message":"no","path":["again","right","name"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"one":{"left":{"name":"x"},"right":{"name":"y"}},"rename":7,"again":{"left":{"name":"z"},"right":{"name":null}}}}
        """);
}
