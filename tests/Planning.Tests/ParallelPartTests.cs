using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Fewer fetches one after the other, where each of two sources has a part of what is below fields that both have.</summary>
public sealed class ParallelPartTests
{
    // b and c share two fields on the way to what only one of them has: with t's id both are asked at once, not one for the objects of the other.
    [Fact]
    public void What_is_missing_below_two_shared_fields_comes_through_both_of_another_source_at_the_same_time() => PlanTest.Check(
        """
        --- a apollo
        type Query { t: T }
        type T @key(fields: "id") { id: ID! }
        --- b apollo
        type T @key(fields: "id") { id: ID! next: T @shareable near: Int left: Int }
        --- c apollo
        type T @key(fields: "id") { id: ID! next: T @shareable right: Int }
        """,
        "{ t { next { near next { left right } } } }",
        """
        3 fetches, 2 deep, estimated cost 309
          0 a
            1 b at t
            2 c at t

        0 a, cost 102
          why: a serves Query.t
          {
            t {
              id
            }
          }

        1 b at t after 0, cost 104
          why: b serves T.next; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                next {
                  near
                  next {
                    left
                  }
                }
              }
            }
          }

        2 c at t after 0, cost 103
          why: c serves T.next; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                next {
                  next {
                    right
                  }
                }
              }
            }
          }
        """);

    // c has more of u and all of other; but what it requires below u comes with u from b, without a fetch more.
    [Fact]
    public void Who_has_less_below_one_of_two_fields_may_be_the_better_way_to_both() => PlanTest.Check(
        """
        --- a apollo
        type Query { t: T }
        type T @key(fields: "id") { id: ID! }
        --- b apollo
        type T @key(fields: "id") { id: ID! u(n: Int): U @shareable }
        type U @key(fields: "id") { id: ID! size: Int }
        --- c apollo
        type T @key(fields: "id") { id: ID! u(n: Int): U @shareable }
        type U @key(fields: "id") { id: ID! more: Int size: Int @external label: String @requires(fields: "size") }
        """,
        "{ t { u { label more } other: u(n: 0) { __typename } } }",
        """
        3 fetches, 3 deep, estimated cost 308
          0 a
            1 b at t
              2 c at t.u

        0 a, cost 102
          why: a serves Query.t
          {
            t {
              id
            }
          }

        1 b at t after 0, cost 104
          why: b serves T.u; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                u {
                  id
                  size
                }
                other: u(n: 0) {
                  __typename
                }
              }
            }
          }

        2 c at t.u after 1, cost 102
          why: c serves U.more, U.label; entered by id; carries size
          for each U
          $representations: [_Any!]! = { __typename, id: ~id, size: ~size }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on U {
                more
                label
              }
            }
          }
        """);
}
