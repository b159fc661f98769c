using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Types of an interface that are each looked up by a field of their own: a fetch for each, which all bring to one position what is below.
/// So fetches add up where interfaces are below interfaces.
/// </summary>
public sealed class OwnLookupTests
{
    [Fact]
    public void What_several_lookups_bring_is_one_position() => PlanTest.Check(
        Levels(2, _ => "Node"), "{ nodes { next { other { name } } } }",
        """
        7 fetches in 4 requests, 4 deep, estimated cost 511
          0 a
            1 b at nodes[]
            2 b at nodes[]
              3 c at nodes[].next
              4 c at nodes[].next
                5 d at nodes[].next.other
                6 d at nodes[].next.other

        0 a, cost 111
          why: a serves Query.nodes
          {
            nodes {
              __typename
              id
            }
          }

        1 b at nodes[] after 0, in one request with 2, cost 120
          why: b serves Node.next; entered by id
          for each T0
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            t0(id: $__gg_1_id) {
              next {
                __typename
                id
              }
            }
          }

        2 b at nodes[] after 0, in one request with 1, cost 120
          why: b serves Node.next; entered by id
          for each T1
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            t1(id: $__gg_1_id) {
              next {
                __typename
                id
              }
            }
          }

        3 c at nodes[].next after 1, 2, in one request with 4, cost 120
          why: c serves Node.other; entered by id
          for each T0
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            t0(id: $__gg_1_id) {
              other {
                __typename
                id
              }
            }
          }

        4 c at nodes[].next after 1, 2, in one request with 3, cost 120
          why: c serves Node.other; entered by id
          for each T1
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            t1(id: $__gg_1_id) {
              other {
                __typename
                id
              }
            }
          }

        5 d at nodes[].next.other after 3, 4, in one request with 6, cost 110
          why: d serves Node.name; entered by id
          for each T0
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            t0(id: $__gg_1_id) {
              name
            }
          }

        6 d at nodes[].next.other after 3, 4, in one request with 5, cost 110
          why: d serves Node.name; entered by id
          for each T1
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            t1(id: $__gg_1_id) {
              name
            }
          }
        """);

    // Of one type the key comes from another source: it goes later, and nobody waits for it.
    [Fact]
    public void A_key_from_elsewhere_is_another_entry() => PlanTest.Check(
        """
        --- a
        type Query { nodes: [Node] }
        interface Node { id: ID! }
        type T0 implements Node @key(fields: "id") { id: ID! }
        type T1 implements Node @key(fields: "id") { id: ID! }
        type T2 implements Node @key(fields: "id") { id: ID! }
        --- b
        type Query { t0(id: ID!): T0 @lookup t1(id: ID!): T1 @lookup t2(sku: ID!): T2 @lookup }
        interface Node { next: User }
        type T0 implements Node @key(fields: "id") { id: ID! next: User }
        type T1 implements Node @key(fields: "id") { id: ID! next: User }
        type T2 implements Node @key(fields: "sku") { sku: ID! next: User }
        type User @key(fields: "id") { id: ID! }
        --- c
        type Query { t2(id: ID!): T2 @lookup user(id: ID!): User @lookup }
        type T2 @key(fields: "id") { id: ID! sku: ID! }
        type User @key(fields: "id") { id: ID! name: String }
        """,
        "{ nodes { next { name } } }",
        """
        7 fetches in 4 requests, 4 deep, estimated cost 501
          0 a
            1 b at nodes[]
            2 b at nodes[]
              3 c at nodes[].next
            4 c at nodes[]
              5 b at nodes[]
                6 c at nodes[].next

        0 a, cost 111
          why: a serves Query.nodes
          {
            nodes {
              __typename
              id
            }
          }

        1 b at nodes[] after 0, in one request with 2, 5, cost 120
          why: b serves Node.next; entered by id
          for each T0
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            t0(id: $__gg_1_id) {
              next {
                id
              }
            }
          }

        2 b at nodes[] after 0, in one request with 1, 5, cost 120
          why: b serves Node.next; entered by id
          for each T1
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            t1(id: $__gg_1_id) {
              next {
                id
              }
            }
          }

        3 c at nodes[].next after 1, 2, in one request with 6, cost 110
          why: c serves User.name; entered by id
          for each User
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            user(id: $__gg_1_id) {
              name
            }
          }

        4 c at nodes[] after 0, cost 110
          why: c serves T2.sku; entered by id
          for each T2
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            t2(id: $__gg_1_id) {
              sku
            }
          }

        5 b at nodes[] after 4, in one request with 1, 2, cost 120
          why: b serves Node.next; entered by sku
          for each T2
          $__gg_1_sku: ID! = ~sku
          query ($__gg_1_sku: ID!) {
            t2(sku: $__gg_1_sku) {
              next {
                id
              }
            }
          }

        6 c at nodes[].next after 5, in one request with 3, cost 110
          why: c serves User.name; entered by id
          for each User
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            user(id: $__gg_1_id) {
              name
            }
          }
        """);

    // What a field requires is waited for by its own type's lookup alone.
    [Fact]
    public void A_type_with_a_field_that_requires_others_goes_by_itself() => PlanTest.Check(
        """
        --- a
        type Query { nodes: [Node] }
        interface Node { id: ID! }
        type T0 implements Node @key(fields: "id") { id: ID! }
        type T1 implements Node @key(fields: "id") { id: ID! }
        type T2 implements Node @key(fields: "id") { id: ID! }
        --- b
        type Query { t0(id: ID!): T0 @lookup t1(id: ID!): T1 @lookup t2(id: ID!): T2 @lookup }
        interface Node { next: User }
        type T0 implements Node @key(fields: "id") { id: ID! next: User }
        type T1 implements Node @key(fields: "id") { id: ID! next: User }
        type T2 implements Node @key(fields: "id") { id: ID! next: User x(size: Int @require(field: "size")): Int }
        type User @key(fields: "id") { id: ID! }
        --- c
        type Query { t2(id: ID!): T2 @lookup user(id: ID!): User @lookup }
        type T2 @key(fields: "id") { id: ID! size: Int }
        type User @key(fields: "id") { id: ID! name: String }
        """,
        "{ nodes { next { name } ... on T2 { x } } }",
        """
        8 fetches in 5 requests, 3 deep, estimated cost 611
          0 a
            1 b at nodes[]
            2 b at nodes[]
              3 c at nodes[].next
            4 b at nodes[]
              5 c at nodes[].next
            6 c at nodes[]
              7 b at nodes[]

        0 a, cost 111
          why: a serves Query.nodes
          {
            nodes {
              __typename
              id
            }
          }

        1 b at nodes[] after 0, in one request with 2, 4, cost 120
          why: b serves Node.next; entered by id
          for each T0
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            t0(id: $__gg_1_id) {
              next {
                id
              }
            }
          }

        2 b at nodes[] after 0, in one request with 1, 4, cost 120
          why: b serves Node.next; entered by id
          for each T1
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            t1(id: $__gg_1_id) {
              next {
                id
              }
            }
          }

        3 c at nodes[].next after 1, 2, in one request with 5, cost 110
          why: c serves User.name; entered by id
          for each User
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            user(id: $__gg_1_id) {
              name
            }
          }

        4 b at nodes[] after 0, in one request with 1, 2, cost 120
          why: b serves Node.next; entered by id
          for each T2
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            t2(id: $__gg_1_id) {
              next {
                id
              }
            }
          }

        5 c at nodes[].next after 4, in one request with 3, cost 110
          why: c serves User.name; entered by id
          for each User
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            user(id: $__gg_1_id) {
              name
            }
          }

        6 c at nodes[] after 0, cost 110
          why: c serves T2.size; entered by id
          for each T2
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            t2(id: $__gg_1_id) {
              size
            }
          }

        7 b at nodes[] after 6, cost 110
          why: b serves T2.x; entered by id; carries size
          for each T2
          $__gg_1_id: ID! = ~id
          $__gg_2_size: Int or null = ~size
          query ($__gg_1_id: ID!, $__gg_2_size: Int) {
            t2(id: $__gg_1_id) {
              x(size: $__gg_2_size)
            }
          }
        """);

    [Theory]
    [InlineData(60, 2, 30_000_000)]
    [InlineData(60, 3, 40_000_000)]
    [InlineData(300, 2, 50_000_000)]
    public void Types_and_levels_add_up(int types, int levels, int bytesMax)
    {
        var supergraph = TestGraph.Compose(Levels(types, _ => "Node"));
        var selection = "name";
        for (var level = levels; level > 0; level--)
        {
            selection = $"{(level % 2 == 0 ? "other" : "next")} {{ {selection} }}";
        }

        var operation = TestOperation.Normalize(supergraph.PublicSchema, $"{{ nodes {{ {selection} }} }}");
        var plan = QueryPlanner.Plan(supergraph, operation);
        var before = GC.GetAllocatedBytesForCurrentThread();
        QueryPlanner.Plan(supergraph, operation);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Empty(plan.Unservable);
        Assert.Empty(PlanVerifier.Verify(plan));
        var estimate = PlanEstimate.Of(plan);
        Assert.Equal((1 + ((levels + 1) * types), levels + 2, levels + 2), (estimate.Fetches, estimate.Requests, estimate.Depth));
        Assert.True(bytes < bytesMax, $"Planning took {bytes:N0} bytes.");
    }

    // The twin: where one field looks up all types, the plan is as deep and takes as many requests, whatever is asked.
    [Fact]
    public void Lookups_of_their_own_come_to_what_one_lookup_of_all_does()
    {
        var (own, one) = (TestGraph.Compose(Levels(5, _ => "Node")), TestGraph.Compose(Levels(5, _ => "Node", shared: true)));
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var query = $"{{ nodes {{ {Selection(random, 4)} }} }}";
            var (ofOwn, ofOne) = (Plan(own, query), Plan(one, query));
            Assert.True(ofOwn == ofOne, $"seed {seed}: {query}\n{ofOwn} {ofOne}");
        }
    }

    private static (int, int, int) Plan(Supergraph supergraph, string query)
    {
        var plan = PlanTest.Plan(supergraph, query);
        var estimate = PlanEstimate.Of(plan);
        return (plan.Unservable.Length, estimate.Depth, estimate.Requests);
    }

    private static string Selection(Random random, int levels)
    {
        var parts = new List<string> { random.Next(3) == 0 ? "id" : "name" };
        if (levels > 0 && random.Next(4) > 0)
        {
            parts.Add($"next {{ {Selection(random, levels - 1)} }}");
        }

        if (levels > 0 && random.Next(3) == 0)
        {
            parts.Add($"other {{ {Selection(random, levels - 1)} }}");
        }

        if (random.Next(3) == 0)
        {
            parts.Add($"... on T{random.Next(5)} {{ own{random.Next(2)} }}");
        }

        return string.Join(' ', parts);
    }

    // Names, and what leads on, are in a source each, with lookups by id of each type or of all.
    private static string Levels(int types, Func<int, string> below, bool shared = false) =>
        $"--- a\ntype Query {{ nodes: [Node] }}\ninterface Node {{ id: ID! }}\n{Types(types, _ => "")}\n"
        + string.Join('\n', new[] { ("b", "next", "own0"), ("c", "other", "own1"), ("d", "name", "") }.Select(source =>
            $"--- {source.Item1}\ntype Query {{ {(shared ? "node(id: ID!): Node @lookup @internal" : string.Join(' ', Enumerable.Range(0, types).Select(i => $"t{i}(id: ID!): T{i} @lookup @internal")))} }}\n"
            + $"interface Node {{ id: ID! {Field(source.Item2, "Node")} }}\n{Types(types, i => Field(source.Item2, below(i)) + (source.Item3.Length == 0 ? "" : $" {source.Item3}: Int"))}"));

    private static string Field(string name, string below) => name == "name" ? "name: String" : $"{name}: {below}";

    private static string Types(int count, Func<int, string> fields) =>
        string.Join('\n', Enumerable.Range(0, count).Select(i => $"type T{i} implements Node @key(fields: \"id\") {{ id: ID! {fields(i)} }}"));
}
