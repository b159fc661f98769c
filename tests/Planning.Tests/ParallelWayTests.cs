using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Fewer fetches one after the other, where sources share fields or a fetch would wait for another for no good reason.</summary>
public sealed class ParallelWayTests
{
    // What c requires, a could give one fetch sooner; but then the objects would come from there, who has more types of them, and of those nobody asked for more.
    [Fact]
    public void Who_knows_more_types_adds_nothing_to_objects_before_they_are_brought() => PlanTest.Check(
        """
        --- a apollo
        type Query { t: T }
        type T @key(fields: "id") { id: ID! f: [I!] @shareable }
        interface I { label: String }
        type A implements I @key(fields: "sku") { sku: ID! label: String }
        type B implements I @key(fields: "sku") { sku: ID! label: String }
        --- b apollo
        type T @key(fields: "id") { id: ID! f: [A!] @shareable }
        type A @key(fields: "id") { id: ID! said: String }
        --- c apollo
        type T @key(fields: "id") { id: ID! f: [I!] @external c: String @requires(fields: "f { id }") }
        interface I { id: ID! }
        type A implements I @key(fields: "id") { id: ID! }
        type B implements I @key(fields: "id") { id: ID! }
        --- d apollo
        interface I { id: ID! }
        type A implements I @key(fields: "sku") { sku: ID! id: ID! }
        type B implements I @key(fields: "sku") { sku: ID! id: ID! }
        """,
        "{ t { f { ... on A { said } } c } }",
        """
        3 fetches, 3 deep, estimated cost 324
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

        1 b at t after 0, cost 121
          why: b serves T.f; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                f {
                  said
                  id
                }
              }
            }
          }

        2 c at t after 1, cost 101
          why: c serves T.c; entered by id; carries f { id }
          for each T
          $representations: [_Any!]! = { __typename, id: ~id, f: f[] { __typename, id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                c
              }
            }
          }
        """);

    [Fact]
    public void What_is_missing_below_a_shared_field_comes_through_the_same_field_of_another_source_at_the_same_time() => PlanTest.Check(
        """
        --- a apollo
        type Query { t: T }
        type T @key(fields: "id") { id: ID! }
        --- b apollo
        type T @key(fields: "id") { id: ID! us: [U!] @shareable }
        type U @key(fields: "id") { id: ID! left: Int }
        --- c apollo
        type T @key(fields: "id") { id: ID! us: [U!] @shareable }
        type U @key(fields: "id") { id: ID! right: Int }
        """,
        "{ t { us { left right } } }",
        """
        3 fetches, 2 deep, estimated cost 324
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

        1 b at t after 0, cost 111
          why: b serves T.us; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                us {
                  left
                }
              }
            }
          }

        2 c at t after 0, cost 111
          why: c serves T.us; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                us {
                  right
                }
              }
            }
          }
        """);

    [Fact]
    public void A_field_that_the_source_at_hand_has_in_part_is_left_to_one_that_has_more() => PlanTest.Check(
        """
        --- a apollo
        type Query { t: T }
        type T @key(fields: "id") { id: ID! }
        type W @key(fields: "id") { id: ID! deep: Int }
        --- b apollo
        type T @key(fields: "id") { id: ID! own: Int u: U @shareable }
        type U @key(fields: "id") { id: ID! }
        --- c apollo
        type T @key(fields: "id") { id: ID! u: U @shareable }
        type U @key(fields: "id") { id: ID! w: W }
        type W @key(fields: "id") { id: ID! }
        """,
        "{ t { own u { w { deep } } } }",
        """
        4 fetches, 3 deep, estimated cost 407
          0 a
            1 b at t
            2 c at t
              3 a at t.u.w

        0 a, cost 102
          why: a serves Query.t
          {
            t {
              id
            }
          }

        1 b at t after 0, cost 101
          why: b serves T.own; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                own
              }
            }
          }

        2 c at t after 0, cost 103
          why: c serves T.u; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                u {
                  w {
                    id
                  }
                }
              }
            }
          }

        3 a at t.u.w after 2, cost 101
          why: a serves W.deep; entered by id
          for each W
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on W {
                deep
              }
            }
          }
        """);

    [Fact]
    public void Two_ways_through_the_same_two_sources_in_opposite_order_do_not_wait_for_each_other() => PlanTest.Check(
        """
        --- a apollo
        type Query { nodes: [Node] }
        interface Node { id: ID! }
        type S implements Node @key(fields: "id") { id: ID! }
        type T implements Node @key(fields: "id") { id: ID! }
        --- b apollo
        type S @key(fields: "id") { id: ID! x: Int @external s: Int @requires(fields: "x") }
        type T @key(fields: "id") { id: ID! x: Int }
        --- c apollo
        type S @key(fields: "id") { id: ID! x: Int }
        type T @key(fields: "id") { id: ID! x: Int @external t: Int @requires(fields: "x") }
        """,
        "{ nodes { ... on S { s } ... on T { t } } }",
        """
        5 fetches, 3 deep, estimated cost 551
          0 a
            1 c at nodes[]
              2 b at nodes[]
            3 b at nodes[]
              4 c at nodes[]

        0 a, cost 111
          why: a serves Query.nodes
          {
            nodes {
              __typename
              id
            }
          }

        1 c at nodes[] after 0, cost 110
          why: c serves S.x; entered by id
          for each S
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on S {
                x
              }
            }
          }

        2 b at nodes[] after 1, cost 110
          why: b serves S.s; entered by id; carries x
          for each S
          $representations: [_Any!]! = { __typename, id: ~id, x: ~x }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on S {
                s
              }
            }
          }

        3 b at nodes[] after 0, cost 110
          why: b serves T.x; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                x
              }
            }
          }

        4 c at nodes[] after 3, cost 110
          why: c serves T.t; entered by id; carries x
          for each T
          $representations: [_Any!]! = { __typename, id: ~id, x: ~x }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                t
              }
            }
          }
        """);

    [Fact]
    public void A_chain_goes_later_where_all_that_waits_for_it_waits_for_the_later_request_anyway() => PlanTest.Check(
        """
        --- a apollo
        type Query { s: S t: T }
        type S @key(fields: "id") { id: ID! }
        type T @key(fields: "id") { id: ID! }
        --- b apollo
        type T @key(fields: "id") { id: ID! s: S }
        type S @key(fields: "id") { id: ID! }
        --- c apollo
        type S @key(fields: "id") { id: ID! u: U }
        type U @key(fields: "id") { id: ID! }
        --- d apollo
        type U @key(fields: "id") { id: ID! name: String }
        """,
        "{ s { u { name } } t { s { u { name } } } }",
        """
        6 fetches in 4 requests, 4 deep, estimated cost 412
          0 a
            1 c at s
              2 d at s.u
            3 b at t
              4 c at t.s
                5 d at t.s.u

        0 a, cost 104
          why: a serves Query.s, Query.t
          {
            s {
              id
            }
            t {
              id
            }
          }

        1 c at s after 0, in one request with 4, cost 102
          why: c serves S.u; entered by id
          for each S
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on S {
                u {
                  id
                }
              }
            }
          }

        2 d at s.u after 1, in one request with 5, cost 101
          why: d serves U.name; entered by id
          for each U
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on U {
                name
              }
            }
          }

        3 b at t after 0, cost 102
          why: b serves T.s; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                s {
                  id
                }
              }
            }
          }

        4 c at t.s after 3, in one request with 1, cost 102
          why: c serves S.u; entered by id
          for each S
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on S {
                u {
                  id
                }
              }
            }
          }

        5 d at t.s.u after 4, in one request with 2, cost 101
          why: d serves U.name; entered by id
          for each U
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on U {
                name
              }
            }
          }
        """);
}
