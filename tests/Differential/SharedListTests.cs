using Xunit;

namespace GraphGateway.Differential;

/// <summary>Lists that stand in several places of an answer, since the same object does: a list without items says nothing of another one.</summary>
public sealed class SharedListTests
{
    [Fact]
    public Task Beside_a_list_without_items_one_with_a_null_that_must_not_be_there_is_null() => ScriptedSources.Answer(
        """
        --- shop
        type Query { orders: [Order] }
        type Order @key(fields: "id") { id: ID! }
        --- post
        type Query { parcelOf(id: ID!): Order @lookup @internal }
        type Order @key(fields: "id") { id: ID! marks: [Int!] }
        """,
        "{ orders { marks } }",
        [
            ("shop", """{"data":{"orders":[{"id":"1"},{"id":"1"},{"id":"2"},{"id":"2"}]}}"""),
            ("post", """{"data":{"_0":{"marks":[]},"_1":{"marks":[null]}}}"""),
        ],
        """
        shop {}
        post {"__gg_1_id_0":"1","__gg_1_id_1":"2"}
        {"errors":[{"message":"Cannot return null for non-nullable field Order.marks.","path":["orders",2,"marks",0],"extensions":{"code":"NON_NULL_VIOLATION"}},{"message":"Cannot return null for non-nullable field Order.marks.","path":["orders",3,"marks",0],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"orders":[{"marks":[]},{"marks":[]},{"marks":null},{"marks":null}]}}
        """);
}
