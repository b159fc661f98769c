using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>Relay's <c>node(id:)</c> and <c>nodes(ids:)</c> over several sources, as services of HotChocolate 16 have them.</summary>
public sealed class GlobalObjectTests
{
    // AddGlobalObjectIdentification(o => o.MarkNodeFieldAsLookup = true) and without; the second one's own lookup needs no mark on node.
    internal const string Shop = """
        # source users
        schema { query: Query }
        "The node interface is implemented by entities that have a global unique identifier."
        interface Node { id: ID! }
        type Query {
          "Fetches an object given its ID."
          node("ID of the object." id: ID!): Node @lookup @shareable @cost(weight: "10")
          "Lookup nodes by a list of IDs."
          nodes("The list of node IDs." ids: [ID!]!): [Node]! @shareable @cost(weight: "10")
          users: [User!]
        }
        type User implements Node { id: ID! name: String }
        # source orders
        schema { query: Query }
        "The node interface is implemented by entities that have a global unique identifier."
        interface Node { id: ID! }
        type Query {
          "Fetches an object given its ID."
          node("ID of the object." id: ID!): Node @cost(weight: "10")
          "Lookup nodes by a list of IDs."
          nodes("The list of node IDs." ids: [ID!]!): [Node]! @cost(weight: "10")
          userById(id: ID!): User @lookup @internal
        }
        type Order implements Node { id: ID! total: Int }
        type User implements Node @key(fields: "id") { id: ID! orders: [Order!] }
        """;

    [Fact]
    public void The_gateway_answers_for_all_sources_and_their_own_fields_are_lookups() => Assert.Equal(
        """
        type Query
          @gateway__type(in: [USERS, ORDERS])
        {
          "Fetches an object given its ID."
          node(
            "ID of the object."
            id: ID!
          ): Node @cost(weight: "10") @gateway__node
          "Lookup nodes by a list of IDs."
          nodes(
            "The list of node IDs."
            ids: [ID!]!
          ): [Node]! @cost(weight: "10") @gateway__node
          users: [User!] @gateway__field(in: USERS)
        }

        "The node interface is implemented by entities that have a global unique identifier."
        interface Node
          @gateway__type(in: [USERS, ORDERS])
          @gateway__key(in: [USERS, ORDERS], fields: "id")
          @gateway__lookup(in: USERS, key: "id", field: "node", arguments: [{name: "id", type: "ID!", map: "id"}])
          @gateway__lookup(in: ORDERS, key: "id", field: "node", arguments: [{name: "id", type: "ID!", map: "id"}])
        {
          id: ID! @gateway__field(in: [USERS, ORDERS])
        }

        type User implements Node
          @gateway__type(in: [USERS, ORDERS])
          @gateway__implements(in: [USERS, ORDERS], interface: "Node")
          @gateway__key(in: [USERS, ORDERS], fields: "id")
          @gateway__lookup(in: USERS, key: "id", field: "node", arguments: [{name: "id", type: "ID!", map: "id"}], returns: "Node")
          @gateway__lookup(in: ORDERS, key: "id", field: "node", arguments: [{name: "id", type: "ID!", map: "id"}], returns: "Node")
          @gateway__lookup(in: ORDERS, key: "id", field: "userById", arguments: [{name: "id", type: "ID!", map: "id"}], internal: true)
        {
          id: ID! @gateway__field(in: [USERS, ORDERS])
          name: String @gateway__field(in: USERS)
          orders: [Order!] @gateway__field(in: ORDERS)
        }

        type Order implements Node
          @gateway__type(in: ORDERS)
          @gateway__implements(in: ORDERS, interface: "Node")
          @gateway__key(in: ORDERS, fields: "id")
          @gateway__lookup(in: ORDERS, key: "id", field: "node", arguments: [{name: "id", type: "ID!", map: "id"}], returns: "Node")
        {
          id: ID! @gateway__field(in: ORDERS)
          total: Int @gateway__field(in: ORDERS)
        }

        directive @cost(weight: String!) on SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | ENUM | INPUT_FIELD_DEFINITION
        """,
        Rule.ComposedTypes(Shop));

    [Fact]
    public void It_is_read_back_without_loss_and_clients_see_nothing_of_it()
    {
        var text = SupergraphWriter.Write(Rule.Compose(Shop).Supergraph!);
        var read = SupergraphReader.Read(new SourceText(text)).Supergraph!;

        Assert.Equal(text, SupergraphWriter.Write(read));
        Assert.Equal(["node", "nodes"], read.FindType("Query")!.Fields.Where(field => field.IsGateways).Select(field => field.Name));
        Assert.Equal("users orders", string.Join(' ', read.Sources));
        Assert.Equal("users orders the gateway", string.Join(' ', read.WithGateway.Sources));
        Assert.Equal("", string.Join(' ', read.PublicSchema.QueryType!.FindField("node")!.Directives.Where(directive => directive.Name.Value != "cost")));
    }

    [Fact]
    public void It_can_be_said_that_they_are_fields_like_others() => Assert.StartsWith(
        """
        users.graphqls:5:3 INVALID_FIELD_SHARING Query.node is resolved by users and orders, and not marked as @shareable in orders.
        """,
        Rule.Text(Rule.Compose(Shop, options: new ComposerOptions { EnableGlobalObjectIdentification = false })));

    [Theory]
    [InlineData("type User implements Node @key(fields: \"id\") { id: ID! orders: Int }", null, false)]
    [InlineData("type User implements Node @key(fields: \"id\") { id: ID! orders: Int }", true, true)]
    [InlineData("type Order implements Node { id: ID! }", null, true)]
    public void Sources_that_know_the_same_nodes_answer_themselves(string type, bool? isEnabled, bool isGateways)
    {
        var result = Rule.Compose(
            $$"""
            # source users
            type Query { node(id: ID!): Node @lookup @shareable }
            interface Node { id: ID! }
            type User implements Node { id: ID! name: String }
            # source orders
            type Query { node(id: ID!): Node @lookup @shareable }
            interface Node { id: ID! }
            {{type}}
            """,
            options: new ComposerOptions { EnableGlobalObjectIdentification = isEnabled });

        Assert.Equal("", Rule.Text(result));
        Assert.Equal(isGateways, result.Supergraph!.FindField("Query", "node")!.IsGateways);
    }

    [Fact]
    public void In_a_graph_of_Apollo_alone_it_must_be_asked_for()
    {
        const string sources = """
            # source users
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable"])
            type Query { node(id: ID!): Node @shareable }
            interface Node { id: ID! }
            type User implements Node @key(fields: "id") { id: ID! name: String }
            # source orders
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable"])
            type Query { node(id: ID!): Node @shareable }
            interface Node { id: ID! }
            type Order implements Node @key(fields: "id") { id: ID! total: Int }
            """;

        Assert.Equal(ProblemCode.ShareableHasMismatchedRuntimeTypes, Assert.Single(Rule.Compose(sources).Problems).Code);
        var asked = Rule.Compose(sources, options: new ComposerOptions { EnableGlobalObjectIdentification = true }).Supergraph!;
        Assert.True(asked.FindField("Query", "node")!.IsGateways);
        Assert.Equal(
            ["User Representations ", "Order Representations "],
            asked.Types.SelectMany(type => GatewaySource.DecidingLookups(type).Where(_ => type.Name != "Node").Select(lookup => $"{type.Name} {lookup.Kind} {lookup.FieldName}")));
        Assert.Contains(
            "Query.node is answered by the gateway, which reads the type from the id; an Apollo gateway does not.",
            ApolloSupergraphWriter.Write(asked).Obstacles.Select(obstacle => obstacle.Message));
    }

    [Fact]
    public void What_a_contract_hides_cannot_be_fetched_by_its_id()
    {
        var sources = Shop.Replace("type Order implements Node {", "type Order implements Node @tag(name: \"internal\") {", StringComparison.Ordinal)
            .Replace("orders: [Order!]", "orders: [Order!] @tag(name: \"internal\")", StringComparison.Ordinal);

        Assert.Equal("User Order", NodesOf(Rule.Compose(sources)));
        Assert.Equal("User", NodesOf(Rule.Compose(sources, options: new ComposerOptions { Contract = new SchemaContract { ExcludeTags = ["internal"] } })));

        static string NodesOf(CompositionResult result)
        {
            Assert.Equal("", Rule.Text(result));
            var graph = result.Supergraph!.WithGateway;
            return string.Join(' ', graph.FindType("Node")!.In(graph.Sources[^1])!.PossibleTypes);
        }
    }

    [Fact]
    public void A_node_that_nobody_looks_up_by_its_id_is_refused() => Assert.Equal(
        """
        stock.graphqls:3:29 UNSATISFIABLE_QUERY_PATH No source can answer { node(id: "...") { ... on Item { id } } }: Item implements Node, and no source has a lookup for it by the id alone that clients may use (one with @internal need not know whether there is such an object).
          hint: Give a source of Item a lookup such as itemById(id: ID!): Item @lookup, or node(id: ID!): Node (in Apollo's dialect @key(fields: "id")), or let Item not implement Node.
        """,
        Rule.Text(Rule.Compose(
            $$"""
            {{Shop}}
            # source stock
            type Query { items: [Item] itemById(id: ID!): Item @lookup @internal }
            interface Node { id: ID! }
            type Item implements Node { id: ID! place: String }
            """)));

    [Fact]
    public void What_is_asked_for_and_cannot_be_is_told() => Assert.Equal(
        """
        warning SETTINGS_INVALID Global object identification is asked for, and no source has Query.node(id: ID!): Node.
          hint: Let the sources that have nodes define it (HotChocolate: AddGlobalObjectIdentification()), or do not ask for it.
        """,
        Rule.Text(Rule.Compose("# source a\ntype Query { a: Int }", options: new ComposerOptions { EnableGlobalObjectIdentification = true })));

    [Fact]
    public void A_nodes_of_another_form_is_told_with_the_form_and_who_departs_from_it() => Assert.Equal(
        """
        users.graphqls:7:3 warning SETTINGS_INVALID The gateway answers Query.node for all sources, and not Query.nodes: that needs Query.nodes(ids: [ID!]!): [Node]!, and users has nodes(ids: [ID!]!): [Node!]!.
          hint: Give it that form in every source that has it, or give it another name.

        users.graphqls:7:3 INVALID_FIELD_SHARING Query.nodes is resolved by users and orders, and not marked as @shareable in orders.
          also orders.graphqls:7:3
          hint: For the gateway to answer it for all sources, global ids need Query.nodes(ids: [ID!]!): [Node]!, and users has nodes(ids: [ID!]!): [Node!]!. Give it that form in all of them.
        """,
        Rule.Text(Rule.Compose(Shop.Replace("[Node]! @shareable", "[Node!]! @shareable", StringComparison.Ordinal))));

    [Theory]
    [InlineData("id: ID!, now: Boolean = true): Node @cost", "node(id: ID!, now: Boolean = true): Node")]
    [InlineData("id: ID!): Node! @cost", "node(id: ID!): Node!")]
    public void A_node_of_another_form_is_told_with_the_form_and_who_departs_from_it(string node, string told)
    {
        var text = Rule.Text(Rule.Compose(Shop.Replace("id: ID!): Node @cost", node, StringComparison.Ordinal)));

        var hint = $"  hint: For the gateway to answer it for all sources, global ids need Query.node(id: ID!): Node, and orders has {told}. Give it that form in all of them.";
        Assert.Equal([hint, hint], text.Split('\n').Where(line => line.StartsWith("  hint:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Where_all_share_it_the_way_out_is_the_form_too() => Assert.Contains(
        "  hint: For the gateway to answer it for all sources, global ids need Query.node(id: ID!): Node, and a has node(id: ID!, x: Int): Node and b has node(id: ID!, x: Int): Node.",
        Rule.Text(Rule.Compose("""
            # source a
            type Query { node(id: ID!, x: Int): Node @shareable a: A }
            interface Node { id: ID! }
            type A implements Node { id: ID! }
            # source b
            type Query { node(id: ID!, x: Int): Node @shareable b: B }
            interface Node { id: ID! }
            type B implements Node { id: ID! }
            """)),
        StringComparison.Ordinal);

    [Fact]
    public void What_else_is_said_to_be_the_gateways_is_refused() => Assert.Equal(
        """
        Query.hello is said to be answered by the gateway, which answers node(id: ID!): Node and nodes(ids: [ID!]!): [Node]! on the query type, of an interface Node with id: ID!.
        """,
        string.Join('\n', SupergraphReader.Read(new SourceText(
            """
            schema @gateway__supergraph(version: 1) { query: Query }
            enum gateway__Source { A @gateway__source(name: "a", dialect: COMPOSITE) }
            type Query @gateway__type(in: A) { hello: String @gateway__node a: Int @gateway__field(in: A) }
            """)).Errors.Select(error => error.Message)));
}
