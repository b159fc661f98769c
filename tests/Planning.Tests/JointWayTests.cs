using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Fields that several sources share, and what comes from these together only: none of them brings it nearer by itself, and the client asks for nothing else of them.</summary>
public sealed class JointWayTests
{
    // s2 alone has the key by which s0 is entered, and s0 what s5 requires; s5 alone has its own key.
    [Fact]
    public void A_field_that_one_source_has_comes_by_the_key_of_another_that_shares_the_field_above() => PlanTest.Check(
        """
        --- s0 apollo
        type T @key(fields: "id") { id: ID! said: String }
        --- s2 apollo
        type Query { q: T! @shareable }
        type T @key(fields: "id") { id: ID! }
        --- s5 apollo
        type Query { q: T! @shareable }
        type T @key(fields: "parts { code }") { parts: [P!]! said: String @external c2: Int @requires(fields: "said") plain: Int }
        type P { code: String! }
        """,
        "{ q { c2 } }",
        """
        4 fetches, 3 deep, estimated cost 416
          0 s2
            2 s0 at q
              3 s5 at q
          1 s5

        0 s2, cost 102
          why: s2 serves Query.q
          {
            q {
              id
            }
          }

        1 s5, cost 112
          why: s5 serves Query.q
          {
            q {
              parts {
                code
              }
            }
          }

        2 s0 at q after 0, cost 101
          why: s0 serves T.said; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                said
              }
            }
          }

        3 s5 at q after 1, 2, cost 101
          why: s5 serves T.c2; entered by parts { code }; carries said
          for each T
          $representations: [_Any!]! = { __typename, parts: ~parts[] { code: ~code }, said: ~said }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                c2
              }
            }
          }
        """);

    [Fact]
    public void A_key_of_which_two_sources_have_a_part_each_is_put_together() => PlanTest.Check(
        """
        --- s2 apollo
        type Query { q: [T!] @shareable }
        type T @key(fields: "id") { id: ID! }
        --- s5 apollo
        type Query { q: [T!] @shareable }
        type T @key(fields: "code") { code: String! plain: Int }
        --- s0 apollo
        type T @key(fields: "id") { id: ID! said: String }
        --- s9 apollo
        type T @key(fields: "code id") { code: String! id: ID! both: Int }
        """,
        "{ q { both } }",
        """
        3 fetches, 2 deep, estimated cost 332
          0 s2
          1 s5
            2 s9 at q[]

        0 s2, cost 111
          why: s2 serves Query.q
          {
            q {
              id
            }
          }

        1 s5, cost 111
          why: s5 serves Query.q
          {
            q {
              code
            }
          }

        2 s9 at q[] after 0, 1, cost 110
          why: s9 serves T.both; entered by code id
          for each T
          $representations: [_Any!]! = { __typename, code: ~code, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                both
              }
            }
          }
        """);

    [Fact]
    public void The_field_above_is_asked_of_both_where_it_is_an_entity_s() => PlanTest.Check(
        """
        --- s0 apollo
        type Query { p: P }
        type P @key(fields: "pid") { pid: ID! }
        type T @key(fields: "id") { id: ID! said: String }
        --- s2 apollo
        type P @key(fields: "pid") { pid: ID! q: T! @shareable }
        type T @key(fields: "id") { id: ID! }
        --- s5 apollo
        type P @key(fields: "pid") { pid: ID! q: T! @shareable }
        type T @key(fields: "code") { code: String! said: String @external c2: Int @requires(fields: "said") plain: Int }
        """,
        "{ p { q { c2 } } }",
        """
        5 fetches, 4 deep, estimated cost 508
          0 s0
            1 s2 at p
              3 s0 at p.q
                4 s5 at p.q
            2 s5 at p

        0 s0, cost 102
          why: s0 serves Query.p
          {
            p {
              pid
            }
          }

        1 s2 at p after 0, cost 102
          why: s2 serves P.q; entered by pid
          for each P
          $representations: [_Any!]! = { __typename, pid: ~pid }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on P {
                q {
                  id
                }
              }
            }
          }

        2 s5 at p after 0, cost 102
          why: s5 serves P.q; entered by pid
          for each P
          $representations: [_Any!]! = { __typename, pid: ~pid }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on P {
                q {
                  code
                }
              }
            }
          }

        3 s0 at p.q after 1, cost 101
          why: s0 serves T.said; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                said
              }
            }
          }

        4 s5 at p.q after 2, 3, cost 101
          why: s5 serves T.c2; entered by code; carries said
          for each T
          $representations: [_Any!]! = { __typename, code: ~code, said: ~said }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                c2
              }
            }
          }
        """);

    // None of the three that share it brings anything by itself: a1 is the first by name.
    [Fact]
    public void Who_shares_the_field_and_brings_nothing_is_not_asked() => PlanTest.Check(
        """
        --- a1 apollo
        type Query { q: T! @shareable }
        type T @key(fields: "other") { other: ID! }
        --- s0 apollo
        type T @key(fields: "id") { id: ID! said: String }
        --- s2 apollo
        type Query { q: T! @shareable }
        type T @key(fields: "id") { id: ID! }
        --- s5 apollo
        type Query { q: T! @shareable }
        type T @key(fields: "code") { code: String! said: String @external c2: Int @requires(fields: "said") }
        """,
        "{ q { c2 } }",
        """
        4 fetches, 3 deep, estimated cost 406
          0 s2
            2 s0 at q
              3 s5 at q
          1 s5

        0 s2, cost 102
          why: s2 serves Query.q
          {
            q {
              id
            }
          }

        1 s5, cost 102
          why: s5 serves Query.q
          {
            q {
              code
            }
          }

        2 s0 at q after 0, cost 101
          why: s0 serves T.said; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                said
              }
            }
          }

        3 s5 at q after 1, 2, cost 101
          why: s5 serves T.c2; entered by code; carries said
          for each T
          $representations: [_Any!]! = { __typename, code: ~code, said: ~said }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                c2
              }
            }
          }
        """);

    // b shares the field, too.
    [Fact]
    public void A_key_of_three_sources_is_put_together_of_the_fewest_of_those_that_share_the_field() => PlanTest.Check(
        """
        --- a apollo
        type Query { q: [T!] @shareable }
        type T @key(fields: "a") { a: ID! }
        --- b apollo
        type Query { q: [T!] @shareable }
        type T @key(fields: "b") { b: ID! }
        --- c apollo
        type Query { q: [T!] @shareable }
        type T @key(fields: "c") { c: ID! }
        --- d apollo
        type Query { q: [T!] @shareable }
        type T @key(fields: "d") { d: ID! }
        --- e apollo
        type T @key(fields: "a c d") { a: ID! c: ID! d: ID! all: Int u: U }
        type U { n: Int }
        """,
        "{ q { all } }",
        """
        4 fetches, 2 deep, estimated cost 443
          0 a
          1 c
          2 d
            3 e at q[]

        0 a, cost 111
          why: a serves Query.q
          {
            q {
              a
            }
          }

        1 c, cost 111
          why: c serves Query.q
          {
            q {
              c
            }
          }

        2 d, cost 111
          why: d serves Query.q
          {
            q {
              d
            }
          }

        3 e at q[] after 0, 1, 2, cost 110
          why: e serves T.all; entered by a c d
          for each T
          $representations: [_Any!]! = { __typename, a: ~a, c: ~c, d: ~d }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                all
              }
            }
          }
        """);

    [Fact]
    public void What_a_field_requires_is_fetched_together_too() => PlanTest.Check(
        """
        --- s0 apollo
        type Query { p: P }
        type P @key(fields: "pid") { pid: ID! q: T! @shareable }
        type T @key(fields: "id") { id: ID! }
        --- s1 apollo
        type T @key(fields: "id") { id: ID! said: String }
        --- s5 apollo
        type P @key(fields: "pid") { pid: ID! q: T! @shareable }
        type T @key(fields: "code") { code: String! said: String @external c2: Int @requires(fields: "said") }
        --- s6 apollo
        type P @key(fields: "pid") { pid: ID! q: T! @external need: Int @requires(fields: "q { c2 }") }
        type T @key(fields: "code") { code: String! c2: Int @external }
        """,
        "{ p { need } }",
        """
        5 fetches, 4 deep, estimated cost 509
          0 s0
            1 s5 at p
            2 s1 at p.~q
              3 s5 at p.~q
                4 s6 at p

        0 s0, cost 104
          why: s0 serves Query.p
          {
            p {
              q {
                id
              }
              pid
            }
          }

        1 s5 at p after 0, cost 102
          why: s5 serves P.q; entered by pid
          for each P
          $representations: [_Any!]! = { __typename, pid: ~pid }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on P {
                q {
                  code
                }
              }
            }
          }

        2 s1 at p.~q after 0, cost 101
          why: s1 serves T.said; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                said
              }
            }
          }

        3 s5 at p.~q after 1, 2, cost 101
          why: s5 serves T.c2; entered by code; carries said
          for each T
          $representations: [_Any!]! = { __typename, code: ~code, said: ~said }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                c2
              }
            }
          }

        4 s6 at p after 3, cost 101
          why: s6 serves P.need; entered by pid; carries q { c2 }
          for each P
          $representations: [_Any!]! = { __typename, pid: ~pid, q: ~q { c2: ~c2 } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on P {
                need
              }
            }
          }
        """);

    // b gives of t what a gives: t is there by then, and does not count for what b brings.
    [Fact]
    public void Who_shares_a_value_on_the_way_and_brings_nothing_is_not_asked() => PlanTest.Check(
        """
        --- a apollo
        type Query { v: V @shareable }
        type V { t: T @shareable }
        type T @key(fields: "code") { code: ID! said: Int @external made: Int @requires(fields: "said") }
        --- b apollo
        type Query { v: V @shareable }
        type V { t: T @shareable }
        type T @key(fields: "code") { code: ID! b: Int }
        --- c apollo
        type Query { v: V @shareable }
        type V { t: T @shareable }
        type T @key(fields: "id") { id: ID! c: Int }
        --- d apollo
        type Query { v: V @shareable }
        type V { t: T @shareable }
        type T @key(fields: "id") { id: ID! d: Int }
        --- e apollo
        type Query { v: V @shareable }
        type V { t: T @shareable }
        type T @key(fields: "id") { id: ID! e: Int }
        --- f apollo
        type Query { v: V @shareable }
        type V { t: T @shareable }
        type T @key(fields: "id") { id: ID! said: Int }
        """,
        "{ v { t { made } } }",
        """
        3 fetches, 2 deep, estimated cost 307
          0 a
          1 f
            2 a at v.t

        0 a, cost 103
          why: a serves Query.v
          {
            v {
              t {
                code
              }
            }
          }

        1 f, cost 103
          why: f serves Query.v
          {
            v {
              t {
                said
              }
            }
          }

        2 a at v.t after 0, 1, cost 101
          why: a serves T.made; entered by code; carries said
          for each T
          $representations: [_Any!]! = { __typename, code: ~code, said: ~said }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                made
              }
            }
          }
        """);
}
