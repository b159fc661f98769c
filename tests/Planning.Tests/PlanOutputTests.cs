using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>What is not seen in the printed plan.</summary>
public sealed class PlanOutputTests
{
    private const string Sources = """
        --- a apollo
        type Query { me: User }
        type User @key(fields: "id") { id: ID! total: Int }
        --- b apollo
        type User @key(fields: "id") { id: ID! total: Int @external name: String rank: Int @requires(fields: "total") }
        """;

    [Fact]
    public void The_plan_as_json() => Assert.Equal(
        """{"requests":2,"depth":2,"estimatedCost":205,"steps":[{"id":0,"source":"a","kind":"Root","dependsOn":[],"path":"","document":"query { me { id total } }","reason":"a serves Query.me","estimatedCost":103},{"id":1,"source":"b","kind":"Representations","dependsOn":[0],"path":"me","types":"User","inputs":{"representations":"{ __typename, id: ~id, total: ~total }"},"document":"query($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { name rank } } }","reason":"b serves User.name, User.rank; entered by id; carries total","estimatedCost":102}]}""",
        PlanJsonWriter.Write(PlanTest.Plan(Sources, "{ me { name rank } }")).Replace("\\u0022", "\"", StringComparison.Ordinal));

    [Fact]
    public void Names_with_a_tilde_are_explained_where_there_are_any()
    {
        var (plan, plain) = (PlanTest.Plan(Sources, "{ me { name rank } }"), PlanTest.Plan(Sources, "{ me { id } }"));

        Assert.Equal(
            PlanPrinter.Print(plan) + "\n~id, ~total: fields that the operation does not select. Later fetches need them, as keys or for fields that require them; they are not in the answer.\n",
            PlanPrinter.Print(plan, explains: true));
        Assert.Equal(PlanPrinter.Print(plain), PlanPrinter.Print(plain, explains: true));
    }

    [Fact]
    public void A_batch_by_aliases_suffixes_the_inputs_and_nothing_else() => Assert.Equal(
        "query($n: Int, $__gg_1_id_0: ID!, $__gg_1_id_1: ID!) { _0: userById(id: $__gg_1_id_0) { posts(n: $n) } _1: userById(id: $__gg_1_id_1) { posts(n: $n) } }",
        PlanTest.Plan(
            """
            --- a
            type Query { me: User }
            type User @key(fields: "id") { id: ID! }
            --- b
            type Query { userById(id: ID!): User @lookup }
            type User @key(fields: "id") { id: ID! posts(n: Int): Int }
            """,
            "query($n: Int) { me { posts(n: $n) } }").Steps[1].Document.WithAliases(2));

    [Fact]
    public void An_operation_for_introspection_alone_has_no_steps() =>
        Assert.Empty(PlanTest.Plan(Sources, "{ __typename __schema { queryType { name } } }").Steps);

    [Fact]
    public void Hidden_slots_come_after_the_visible_ones_and_have_keys_that_no_client_can_write()
    {
        var user = PlanTest.Plan(Sources, "{ me { name rank } }").Root.Fields[0].Shape!;

        Assert.Equal(["name", "rank", "~id", "~total"], user.Fields.Select(field => field.Key));
        Assert.Equal([false, false, true, true], user.Fields.Select(field => field.IsHidden));
        Assert.Equal([0, 1, 2, 3], user.Fields.Select(field => field.Slot));
    }

    [Fact]
    public void An_interface_with_300_implementations_over_two_sources_stays_small()
    {
        var implementations = Enumerable.Range(0, 300).ToList();
        var supergraph = TestGraph.Compose($$"""
            --- a apollo
            type Query { nodes: [Node] }
            interface Node { id: ID! name: String }
            {{string.Join('\n', implementations.Select(i => $"type T{i} implements Node @key(fields: \"id\") {{ id: ID! name: String }}"))}}
            --- b apollo
            interface Node { id: ID! }
            {{string.Join('\n', implementations.Select(i => $"type T{i} implements Node @key(fields: \"id\") {{ id: ID! age: Int{(i % 2 == 0 ? "" : "!")} }}"))}}
            """);
        var ages = string.Join(' ', implementations.Select(i => $"... on T{i} {{ a{i}: age }}"));

        var plan = QueryPlanner.Plan(supergraph, TestOperation.Normalize(supergraph.PublicSchema, $"{{ nodes {{ id name {ages} }} }}"));

        Assert.Equal(2, plan.Steps.Length);
        Assert.Equal("query { nodes { __typename id name } }", plan.Steps[0].Document.Text);
        Assert.Empty(PlanVerifier.Verify(plan));
    }

    [Fact]
    public void A_hundred_sources_that_share_a_type_are_asked_only_as_needed()
    {
        var sources = string.Join('\n', Enumerable.Range(0, 100).Select(i => $$"""
            --- s{{i}} apollo
            type Query { x{{i}}: User }
            type User @key(fields: "id") { id: ID! f{{i}}: Int shared: Int }
            """));

        var plan = PlanTest.Plan(sources, "{ x0 { shared f0 f50 f99 } x7 { shared } }");

        Assert.Equal(["s0", "s50", "s99", "s7"], plan.Steps.Select(step => step.Source.Name).OrderBy(name => name == "s7" ? 1 : 0));
    }

    [Fact]
    public void An_option_of_the_planner_turns_the_search_off()
    {
        var supergraph = TestGraph.Compose(Sources);
        var operation = TestOperation.Normalize(supergraph.PublicSchema, "{ me { name rank } }");

        Assert.Equal(2, QueryPlanner.Plan(supergraph, operation, new PlannerOptions { AttemptsMax = 0 }).Steps.Length);
    }
}
