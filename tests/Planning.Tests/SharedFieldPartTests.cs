using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Fewer fetches one after the other, where several sources that share a field are asked for it at the same time: each for what it alone has, or has sooner.</summary>
public sealed class SharedFieldPartTests
{
    // d is asked for qd, and has most of what is below shared: but c has what a requires, one fetch sooner.
    [Fact]
    public void What_a_field_requires_is_fetched_through_the_shared_field_above_though_another_source_of_that_is_asked_anyway() => PlanTest.Check(
        """
        --- a apollo
        type T @key(fields: "id") { id: ID! l5: Int @external r11: String @requires(fields: "l5") }
        --- c apollo
        type Query { shared: T @shareable }
        type T @key(fields: "id") { id: ID! l5: Int }
        --- d apollo
        type Query { qd: T shared: T @shareable }
        type T @key(fields: "id") { id: ID! l6: Int }
        """,
        "{ qd { id } shared { l6 r11 } }",
        """
        3 fetches, 2 deep, estimated cost 308
          0 d
          1 c
            2 a at shared

        0 d, cost 105
          why: d serves Query.qd, Query.shared
          {
            qd {
              id
            }
            shared {
              l6
              id
            }
          }

        1 c, cost 102
          why: c serves Query.shared
          {
            shared {
              l5
            }
          }

        2 a at shared after 0, 1, cost 101
          why: a serves T.r11; entered by id; carries l5
          for each T
          $representations: [_Any!]! = { __typename, id: ~id, l5: ~l5 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                r11
              }
            }
          }
        """);

    // b has more of what is below n; but not l, so that l would have to be fetched after it.
    [Fact]
    public void Only_what_a_source_lacks_comes_from_the_other_not_all_that_is_below_a_field_of_which_that_has_more() => PlanTest.Check(
        """
        --- a apollo
        type Query { qa: T shared: T @shareable }
        type T @key(fields: "id") { id: ID! n: T @shareable l: Int }
        --- b apollo
        type Query { shared: T @shareable }
        type T @key(fields: "id") { id: ID! n: T @shareable p: Int q: Int }
        """,
        "{ qa { id } shared { n { l p q } } }",
        """
        2 fetches, 1 deep, estimated cost 209
          0 a
          1 b

        0 a, cost 105
          why: a serves Query.qa, Query.shared
          {
            qa {
              id
            }
            shared {
              n {
                l
              }
            }
          }

        1 b, cost 104
          why: b serves Query.shared
          {
            shared {
              n {
                p
                q
              }
            }
          }
        """);

    // a and b have two fields each of what is below shared, and c alone the rest: b is asked for what only it has, at once.
    [Fact]
    public void What_nobody_can_give_through_the_shared_field_does_not_count() => PlanTest.Check(
        """
        --- a apollo
        type Query { shared: T @shareable }
        type T @key(fields: "id") { id: ID! list: [V] @shareable }
        type V { x: U @shareable }
        type U @key(fields: "id") { id: ID! }
        --- b apollo
        type Query { shared: T @shareable }
        type T @key(fields: "id") { id: ID! list: [V] @shareable }
        type V { y: U @shareable }
        type U @key(fields: "id") { id: ID! }
        --- c apollo
        type U @key(fields: "id") { id: ID! c: Int }
        """,
        "{ shared { list { x { c } y { c } } } }",
        """
        4 fetches in 3 requests, 2 deep, estimated cost 364
          0 a
            1 c at shared.list[].x
          2 b
            3 c at shared.list[].y

        0 a, cost 122
          why: a serves Query.shared
          {
            shared {
              list {
                x {
                  id
                }
              }
            }
          }

        1 c at shared.list[].x after 0, in one request with 3, cost 110
          why: c serves U.c; entered by id
          for each U
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on U {
                c
              }
            }
          }

        2 b, cost 122
          why: b serves Query.shared
          {
            shared {
              list {
                y {
                  id
                }
              }
            }
          }

        3 c at shared.list[].y after 2, in one request with 1, cost 110
          why: c serves U.c; entered by id
          for each U
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on U {
                c
              }
            }
          }
        """);

    // The greedy plan has all of n0 from b, and nothing there waits for something else; with n0 from c, which is there sooner, l7 would wait for l6.
    [Fact]
    public void A_fetch_that_would_wait_since_a_part_comes_through_another_source_is_tried_without_waiting_too() => PlanTest.Check(
        """
        --- a apollo
        type Query { shared: T @shareable }
        type T @key(fields: "id") { id: ID! l6: Int @external l7: Int l8: Int l9: Int r17: String @requires(fields: "l6") }
        --- b apollo
        type T @key(fields: "id") { id: ID! n0: T @shareable l6: Int l7: Int @external r16: String @requires(fields: "l7") }
        --- c apollo
        type Query { shared: T @shareable }
        type T @key(fields: "id") { id: ID! n0: T @shareable }
        """,
        "{ shared { n0 { r17 l7 r16 } l7 l8 l9 r17 } }",
        """
        7 fetches in 6 requests, 3 deep, estimated cost 615
          0 a
            1 b at shared
              2 a at shared
          3 c
            4 a at shared.n0
              5 b at shared.n0
            6 a at shared.n0

        0 a, cost 105
          why: a serves Query.shared
          {
            shared {
              l7
              l8
              l9
              id
            }
          }

        1 b at shared after 0, cost 103
          why: b serves T.l6, T.n0; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                l6
                n0 {
                  l6
                }
              }
            }
          }

        2 a at shared after 1, in one request with 6, cost 101
          why: a serves T.r17; entered by id; carries l6
          for each T
          $representations: [_Any!]! = { __typename, id: ~id, l6: ~l6 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                r17
              }
            }
          }

        3 c, cost 103
          why: c serves Query.shared
          {
            shared {
              n0 {
                id
              }
            }
          }

        4 a at shared.n0 after 3, cost 101
          why: a serves T.l7; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                l7
              }
            }
          }

        5 b at shared.n0 after 4, cost 101
          why: b serves T.r16; entered by id; carries l7
          for each T
          $representations: [_Any!]! = { __typename, id: ~id, l7 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                r16
              }
            }
          }

        6 a at shared.n0 after 1, 3, in one request with 2, cost 101
          why: a serves T.r17; entered by id; carries l6
          for each T
          $representations: [_Any!]! = { __typename, id: ~id, l6: ~l6 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                r17
              }
            }
          }
        """);
}
