using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Steps of one source travel in one request where that costs no time.</summary>
public sealed class SharedRequestTests
{
    [Fact]
    public void Entities_of_several_places_and_types_are_one_request_to_their_source() => PlanTest.Check(
        """
        --- a apollo
        type Query { user: User top: [Product] }
        type User @key(fields: "id") { id: ID! product: Product }
        type Product @key(fields: "upc") { upc: String! }
        --- b apollo
        type User @key(fields: "id") { id: ID! name: String }
        type Product @key(fields: "upc") { upc: String! price(in: String): Int }
        """,
        "query($in: String) { user { name product { price(in: $in) } } top { price(in: $in) } }",
        """
        4 fetches in 2 requests, 2 deep, estimated cost 227
          0 a
            1 b at user.product
            2 b at user
            3 b at top[]

        0 a, cost 115
          why: a serves Query.user, Query.top
          {
            user {
              product {
                upc
              }
              id
            }
            top {
              upc
            }
          }

        1 b at user.product after 0, in one request with 2, 3, cost 101
          why: b serves Product.price; entered by upc
          for each Product
          $representations: [_Any!]! = { __typename, upc: ~upc }
          query ($representations: [_Any!]!, $in: String) {
            _entities(representations: $representations) {
              ... on Product {
                price(in: $in)
              }
            }
          }

        2 b at user after 0, in one request with 1, 3, cost 101
          why: b serves User.name; entered by id
          for each User
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on User {
                name
              }
            }
          }

        3 b at top[] after 0, in one request with 1, 2, cost 110
          why: b serves Product.price; entered by upc
          for each Product
          $representations: [_Any!]! = { __typename, upc: ~upc }
          query ($representations: [_Any!]!, $in: String) {
            _entities(representations: $representations) {
              ... on Product {
                price(in: $in)
              }
            }
          }
        """);

    // A client's variable is defined once in their document; the inputs get the number of their place.
    [Fact]
    public void Different_lookups_of_one_source_are_one_request()
    {
        PlanTest.Check(
            NodesOfTwoTypes + OwnLookups,
            "query($in: String) { nodes { ... on A { name(in: $in) } ... on B { size(in: $in) } } }",
            """
            3 fetches in 2 requests, 2 deep, estimated cost 241
              0 a
                1 b at nodes[]
                2 b at nodes[]

            0 a, cost 121
              why: a serves Query.nodes
              {
                nodes {
                  __typename
                  ... on A {
                    id
                  }
                  ... on B {
                    code
                  }
                }
              }

            1 b at nodes[] after 0, in one request with 2, cost 110
              why: b serves A.name; entered by id
              for each A
              $__gg_1_id: ID! = ~id
              query ($in: String, $__gg_1_id: ID!) {
                aById(id: $__gg_1_id) {
                  name(in: $in)
                }
              }

            2 b at nodes[] after 0, in one request with 1, cost 110
              why: b serves B.size; entered by code
              for each B
              $__gg_1_code: Int! = ~code
              query ($in: String, $__gg_1_code: Int!) {
                entry {
                  bByCode(code: $__gg_1_code) {
                    size(in: $in)
                  }
                }
              }
            """);
        var plan = PlanTest.Plan(NodesOfTwoTypes + OwnLookups, "query($in: String) { nodes { ... on A { name(in: $in) } ... on B { size(in: $in) } } }");
        var batch = LookupBatch.Of([(plan.Steps[1], 2), (plan.Steps[2], 1)]);
        Assert.Equal(
            "query($in: String, $__gg_1_id_0: ID!, $__gg_1_id_1: ID!, $__gg_1_code_2: Int!) { _0: aById(id: $__gg_1_id_0) { name(in: $in) } "
                + "_1: aById(id: $__gg_1_id_1) { name(in: $in) } _2: entry { bByCode(code: $__gg_1_code_2) { size(in: $in) } } }",
            batch.Text);
        Assert.Equal(["in"], batch.ForwardedVariables.ToArray());
    }

    // A list of variables is for one document; and a lookup that must not fail would take others along where it does.
    [Theory]
    [InlineData("ALIASES", "", 2)]
    [InlineData("REQUESTS", "", 2)]
    [InlineData("VARIABLES ALIASES", "", 2)]
    [InlineData("VARIABLES REQUESTS", "", 2)]
    [InlineData("VARIABLES", "", 3)]
    [InlineData("NOTHING", "", 3)]
    [InlineData("ALIASES", "!", 3)]
    [InlineData("VARIABLES REQUESTS ALIASES", "!", 3)]
    public void Different_lookups_travel_apart_where_they_cannot_travel_together(string batching, string nonNull, int requests)
    {
        var sources = NodesOfTwoTypes + OwnLookups.Replace("--- b", $"--- b batches {batching}", StringComparison.Ordinal).Replace("): A ", $"): A{nonNull} ", StringComparison.Ordinal);
        var plan = PlanTest.Plan(sources, "{ nodes { ... on A { name } ... on B { size } } }");
        Assert.Equal((3, requests), (plan.Steps.Length, PlanEstimate.Of(plan).Requests));

        var mutant = PlanMutants.With(plan, [plan.Steps[0], .. plan.Steps.Skip(1).Select(step => step with { Request = 1 })]);
        Assert.Equal(requests == 2, PlanVerifier.Verify(mutant).IsEmpty);
    }

    [Fact]
    public void Types_that_are_each_looked_up_by_a_field_of_their_own_are_one_request()
    {
        var types = Enumerable.Range(0, 60).ToList();
        var plan = PlanTest.Plan(
            $$"""
            --- a
            type Query { nodes: [Node] }
            interface Node { id: ID! }
            {{string.Join('\n', types.Select(i => $"type T{i} implements Node @key(fields: \"id\") {{ id: ID! }}"))}}
            --- b
            type Query { {{string.Join(' ', types.Select(i => $"t{i}ById(id: ID!): T{i} @lookup @internal"))}} }
            interface Node { id: ID! name: String }
            {{string.Join('\n', types.Select(i => $"type T{i} implements Node @key(fields: \"id\") {{ id: ID! name: String }}"))}}
            """,
            "{ nodes { name } }");
        var estimate = PlanEstimate.Of(plan);
        Assert.Equal((61, 2, 2), (estimate.Fetches, estimate.Requests, estimate.Depth));
    }

    private const string NodesOfTwoTypes = """
        --- a
        type Query { nodes: [Node] }
        interface Node { id: ID! }
        type A implements Node @key(fields: "id") { id: ID! }
        type B implements Node @key(fields: "code") { id: ID! code: Int! }

        """;

    private const string OwnLookups = """
        --- b
        type Query { aById(id: ID!): A @lookup @internal entry: Entry }
        type Entry { hint: String bByCode(code: Int!): B @lookup @internal }
        type A @key(fields: "id") { id: ID! name(in: String): String }
        type B @key(fields: "code") { code: Int! size(in: String): Int }
        """;

    [Fact]
    public void Lookups_with_one_document_are_one_request_and_a_later_one_is_waited_for_when_nothing_else_waits() => PlanTest.Check(
        """
        --- a
        type Query { user: User users: [User] }
        type User @key(fields: "id") { id: ID! }
        --- b batches VARIABLES
        type Query { userById(id: ID!): User @lookup @internal }
        type User @key(fields: "id") { id: ID! name: String friend: Friend }
        type Friend @key(fields: "id") { id: ID! }
        --- c
        type Query { friendById(id: ID!): Friend @lookup @internal }
        type Friend @key(fields: "id") { id: ID! user: User }
        type User @key(fields: "id") { id: ID! }
        """,
        "{ user { name } users { name friend { user { name } } } again: users { name } }",
        """
        6 fetches in 4 requests, 4 deep, estimated cost 495
          0 a
            1 b at user
            2 b at users[]
              3 c at users[].friend
                4 b at users[].friend.user
            5 b at again[]

        0 a, cost 124
          why: a serves Query.user, Query.users
          {
            user {
              id
            }
            users {
              id
            }
            again: users {
              id
            }
          }

        1 b at user after 0, in one request with 4, 5, cost 101
          why: b serves User.name; entered by id
          for each User
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            userById(id: $__gg_1_id) {
              name
            }
          }

        2 b at users[] after 0, cost 130
          why: b serves User.name, User.friend; entered by id
          for each User
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            userById(id: $__gg_1_id) {
              name
              friend {
                id
              }
            }
          }

        3 c at users[].friend after 2, cost 120
          why: c serves Friend.user; entered by id
          for each Friend
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            friendById(id: $__gg_1_id) {
              user {
                id
              }
            }
          }

        4 b at users[].friend.user after 3, in one request with 1, 5, cost 110
          why: b serves User.name; entered by id
          for each User
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            userById(id: $__gg_1_id) {
              name
            }
          }

        5 b at again[] after 0, in one request with 1, 4, cost 110
          why: b serves User.name; entered by id
          for each User
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            userById(id: $__gg_1_id) {
              name
            }
          }
        """);

    // The request for One could go at once. It waits for that for Four, and so does what waits for it: nothing is there later than the last one.
    [Fact]
    public void A_request_is_delayed_with_what_waits_for_it_where_the_answer_is_there_no_later() => PlanTest.Check(
        """
        --- a apollo
        type Query { one: One two: Two }
        type One @key(fields: "id") { id: ID! }
        type Two @key(fields: "id") { id: ID! }
        --- b apollo
        type One @key(fields: "id") { id: ID! three: Three }
        type Three @key(fields: "id") { id: ID! }
        type Four @key(fields: "id") { id: ID! five: Five }
        type Five @key(fields: "id") { id: ID! }
        --- c apollo
        type Three @key(fields: "id") { id: ID! name: String }
        --- d apollo
        type Two @key(fields: "id") { id: ID! four: Four }
        type Four @key(fields: "id") { id: ID! }
        --- e apollo
        type Five @key(fields: "id") { id: ID! name: String }
        """,
        "{ one { three { name } } two { four { five { name } } } }",
        """
        6 fetches in 5 requests, 4 deep, estimated cost 512
          0 a
            1 b at one
              2 c at one.three
            3 d at two
              4 b at two.four
                5 e at two.four.five

        0 a, cost 104
          why: a serves Query.one, Query.two
          {
            one {
              id
            }
            two {
              id
            }
          }

        1 b at one after 0, in one request with 4, cost 102
          why: b serves One.three; entered by id
          for each One
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on One {
                three {
                  id
                }
              }
            }
          }

        2 c at one.three after 1, cost 101
          why: c serves Three.name; entered by id
          for each Three
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Three {
                name
              }
            }
          }

        3 d at two after 0, cost 102
          why: d serves Two.four; entered by id
          for each Two
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Two {
                four {
                  id
                }
              }
            }
          }

        4 b at two.four after 3, in one request with 1, cost 102
          why: b serves Four.five; entered by id
          for each Four
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Four {
                five {
                  id
                }
              }
            }
          }

        5 e at two.four.five after 4, cost 101
          why: e serves Five.name; entered by id
          for each Five
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Five {
                name
              }
            }
          }
        """);
}
