using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>A fetch that waits for more than its keys: the search may try another one that goes at once, but only where there can be one.</summary>
public sealed class LateFetchTests
{
    // shop is entered by a sku that skus must tell first. No other fetch of shop can be there sooner, so all share it, whatever the search tries.
    [Fact]
    public void A_fetch_that_waits_for_its_key_alone_is_not_made_twice()
    {
        var graph = PlanningGraph.For(
            TestGraph.Compose(
                """
                --- users apollo
                type Query { me: User }
                type User @key(fields: "id") { id: ID! friend: User }
                --- skus apollo
                type User @key(fields: "id") @key(fields: "sku") { id: ID! sku: String! }
                --- shop apollo
                type User @key(fields: "sku") { sku: String! rank: Int stock: Int }
                --- labels apollo
                type User @key(fields: "id") { id: ID! friend: User @external rank: Int @external label: String @requires(fields: "friend { rank }") }
                --- badges apollo
                type User @key(fields: "id") { id: ID! friend: User @external rank: Int @external badge: String @requires(fields: "friend { rank }") }
                """),
            []);
        var operation = TestOperation.Normalize(graph.Supergraph.PublicSchema, "{ me { friend { stock } label badge } }");
        var attempt = new PlanAttempt(graph, new Reachability(graph), operation, new Choices(ChoiceKinds.Wait, new Dictionary<int, int>()));
        attempt.Run();

        Assert.Equal(["users", "skus", "shop", "labels", "badges"], attempt.Steps.Select(step => step.Source.Name));
        Assert.Empty(attempt.Left);
    }

    // What a has to be given comes from b, and the other way round. What b is given comes from a at once, by a fetch of its own: the one of a
    // that is there already waits for b, and with it b would wait for b.
    [Fact]
    public void What_others_wait_for_is_not_put_into_a_fetch_that_waits_for_more_than_its_keys() => PlanTest.Check(
        """
        --- r apollo
        type Query { t: T }
        type T @key(fields: "id") { id: ID! }
        --- a apollo
        type T @key(fields: "id") { id: ID! fromA: String fromB: String @external a: String @requires(fields: "fromB") }
        --- b apollo
        type T @key(fields: "id") { id: ID! fromB: String fromA: String @external b: String @requires(fields: "fromA") }
        """,
        "{ t { a b } }",
        """
        5 fetches, 3 deep, estimated cost 506
          0 r
            1 b at t
              2 a at t
            3 a at t
              4 b at t

        0 r, cost 102
          why: r serves Query.t
          {
            t {
              id
            }
          }

        1 b at t after 0, cost 101
          why: b serves T.fromB; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                fromB
              }
            }
          }

        2 a at t after 1, cost 101
          why: a serves T.a; entered by id; carries fromB
          for each T
          $representations: [_Any!]! = { __typename, id: ~id, fromB: ~fromB }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                a
              }
            }
          }

        3 a at t after 0, cost 101
          why: a serves T.fromA; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                fromA
              }
            }
          }

        4 b at t after 3, cost 101
          why: b serves T.b; entered by id; carries fromA
          for each T
          $representations: [_Any!]! = { __typename, id: ~id, fromA: ~fromA }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                b
              }
            }
          }
        """);

    // T1's code comes from b, so that c is entered for T1 later than for T2, which does not wait for that.
    [Fact]
    public void A_type_whose_key_is_there_goes_ahead_of_one_whose_key_is_not() => PlanTest.Check(
        TwoTypes,
        "{ us { ... on T1 { g10 } ... on T2 { f16 { h17 } } } }",
        """
        5 fetches, 3 deep, estimated cost 561
          0 a
            1 b at us[]
              2 c at us[]
            3 c at us[]
              4 b at us[].f16

        0 a, cost 111
          why: a serves Query.us
          {
            us {
              __typename
              ... on T1 {
                id
              }
              ... on T2 {
                id
              }
            }
          }

        1 b at us[] after 0, cost 110
          why: b serves T1.code; entered by id
          for each T1
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T1 {
                code
              }
            }
          }

        2 c at us[] after 1, cost 110
          why: c serves T1.g10; entered by code
          for each T1
          $representations: [_Any!]! = { __typename, code: ~code }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T1 {
                g10
              }
            }
          }

        3 c at us[] after 0, cost 120
          why: c serves T2.f16; entered by id
          for each T2
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T2 {
                f16 {
                  id
                }
              }
            }
          }

        4 b at us[].f16 after 3, cost 110
          why: b serves T0.h17; entered by id
          for each T0
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T0 {
                h17
              }
            }
          }
        """);

    // With what is required, too, which comes when the key does.
    [Fact]
    public void A_requirement_goes_with_the_type_that_waits_anyhow() => PlanTest.Check(
        TwoTypes,
        "{ us { ... on T1 { g10 r20 } ... on T2 { f16 { h17 } } } }",
        """
        5 fetches, 3 deep, estimated cost 581
          0 a
            1 b at us[]
              2 c at us[]
            3 c at us[]
              4 b at us[].f16

        0 a, cost 111
          why: a serves Query.us
          {
            us {
              __typename
              ... on T1 {
                id
              }
              ... on T2 {
                id
              }
            }
          }

        1 b at us[] after 0, cost 120
          why: b serves T1.code, T1.f5; entered by id
          for each T1
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T1 {
                code
                f5
              }
            }
          }

        2 c at us[] after 1, cost 120
          why: c serves T1.g10, T1.r20; entered by code; carries f5
          for each T1
          $representations: [_Any!]! = { __typename, code: ~code, f5: ~f5 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T1 {
                g10
                r20
              }
            }
          }

        3 c at us[] after 0, cost 120
          why: c serves T2.f16; entered by id
          for each T2
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T2 {
                f16 {
                  id
                }
              }
            }
          }

        4 b at us[].f16 after 3, cost 110
          why: b serves T0.h17; entered by id
          for each T0
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T0 {
                h17
              }
            }
          }
        """);

    private const string TwoTypes =
        """
        --- a apollo
        type Query { us: [U] }
        union U = T1 | T2
        type T1 @key(fields: "id") { id: ID! }
        type T2 @key(fields: "id") { id: ID! }
        --- b apollo
        type T1 @key(fields: "id") @key(fields: "code") { id: ID! code: ID! f5: Int }
        type T0 @key(fields: "id") { id: ID! h17: Int }
        --- c apollo
        type T1 @key(fields: "code") { code: ID! g10: Int f5: Int @external r20: Int @requires(fields: "f5") }
        type T2 @key(fields: "id") { id: ID! f16: T0 }
        type T0 @key(fields: "id") { id: ID! }
        """;
}
