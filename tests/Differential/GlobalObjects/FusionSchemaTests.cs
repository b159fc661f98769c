using Xunit;

namespace GraphGateway.Differential;

/// <summary>
/// An execution schema as Fusion 16 writes it with global ids (<c>fusion__gateway_field</c>), read, planned and executed: clients get what
/// they get of the graph that we compose of the same services.
/// </summary>
public sealed class FusionSchemaTests
{
    private const string Schema = """
        schema { query: Query }

        type Query @fusion__type(schema: USERS) @fusion__type(schema: ORDERS) {
          node(id: ID!): Node @fusion__gateway_field
          nodes(ids: [ID!]!): [Node]! @fusion__gateway_field
          me: User @fusion__field(schema: USERS)
        }

        interface Node
          @fusion__type(schema: USERS) @fusion__type(schema: ORDERS)
          @fusion__lookup(schema: USERS, key: "id", field: "node(id: ID!): Node", map: ["id"], path: null, internal: false)
          @fusion__lookup(schema: ORDERS, key: "id", field: "node(id: ID!): Node", map: ["id"], path: null, internal: false)
        {
          id: ID! @fusion__field(schema: USERS) @fusion__field(schema: ORDERS)
        }

        interface Named @fusion__type(schema: USERS) @fusion__type(schema: ORDERS) {
          name: String! @fusion__field(schema: USERS) @fusion__field(schema: ORDERS)
        }

        type User implements Node & Named
          @fusion__type(schema: USERS) @fusion__type(schema: ORDERS)
          @fusion__implements(schema: USERS, interface: "Node") @fusion__implements(schema: USERS, interface: "Named")
          @fusion__implements(schema: ORDERS, interface: "Node")
        {
          id: ID! @fusion__field(schema: USERS) @fusion__field(schema: ORDERS)
          name: String! @fusion__field(schema: USERS)
          orders: [Order!]! @fusion__field(schema: ORDERS)
        }

        type Order implements Node & Named
          @fusion__type(schema: ORDERS)
          @fusion__implements(schema: ORDERS, interface: "Node") @fusion__implements(schema: ORDERS, interface: "Named")
        {
          id: ID! @fusion__field(schema: ORDERS)
          name: String! @fusion__field(schema: ORDERS)
          total: Int @fusion__field(schema: ORDERS)
          buyer: User @fusion__field(schema: ORDERS)
        }

        enum fusion__Schema {
          ORDERS @fusion__schema_metadata(name: "orders")
          USERS @fusion__schema_metadata(name: "users")
        }
        """;

    [Theory]
    [InlineData("{ node(id: $ada) { __typename id ... on User { name orders { total } } } }",
        """{"data":{"node":{"__typename":"User","id":"VXNlcjox","name":"Ada","orders":[{"total":12}]}}}""", "orders users")]
    [InlineData("{ node(id: $order) { ... on Named { name } ... on Order { buyer { name } } } }",
        """{"data":{"node":{"name":"seven","buyer":{"name":"Ada"}}}}""", "orders users")]
    [InlineData("{ nodes(ids: [$order, $none, $ada]) { __typename ... on Named { name } } me { orders { id } } }",
        """{"data":{"nodes":[{"__typename":"Order","name":"seven"},null,{"__typename":"User","name":"Ada"}],"me":{"orders":[{"id":"T3JkZXI6Nw=="}]}}}""",
        "orders users")]
    public async Task What_the_gateway_answers_by_ids_is_answered_as_in_a_graph_of_our_own(string selection, string expected, string asked)
    {
        var query = $"query{Variables(selection)} {selection}";
        var variables = $$"""{"ada":"{{NodeServices.Id("User:1")}}","order":"{{NodeServices.Id("Order:7")}}","none":"{{NodeServices.Id("User:99")}}"}""";
        var fusion = new NodeServices(Schema);

        Assert.Equal(expected, await fusion.QueryAsync(query, variables));

        Assert.Equal(asked, string.Join(' ', fusion.Asked.Select(request => request.Split(':')[0]).Distinct().Order(StringComparer.Ordinal)));
        Assert.Equal(expected, await new NodeServices().QueryAsync(query, variables));
    }

    // Those that are used: others would not be valid.
    private static string Variables(string selection) => "(" + string.Join(", ", new[] { "ada", "order", "none" }
        .Where(name => selection.Contains('$' + name, StringComparison.Ordinal)).Select(name => $"${name}: ID!")) + ")";
}
