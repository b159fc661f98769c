using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Two sources are asked for one field at the same time and know different types of its objects: the one that brings the objects stands first in the plan, whoever was chosen first.
/// Otherwise they would be the other one's: what is asked of types that this one has more would neither be fetched nor be named.
/// </summary>
public sealed class BringerOrderTests
{
    // a is chosen first, for w and x, and leaves p to b, which has more of it: the objects are of type A, and nothing is asked of B.
    [Fact]
    public void Who_knows_fewer_types_of_a_list_and_brings_it_stands_before_who_adds_to_it() => PlanTest.Check(
        """
        --- a apollo
        type Query { w: Int x: Int p: [I] @shareable }
        interface I { id: ID! }
        type A implements I @key(fields: "id") { id: ID! a1: Int }
        type B implements I @key(fields: "id") { id: ID! }
        --- b apollo
        type Query { y: Int p: [A] @shareable }
        type A @key(fields: "id") { id: ID! b1: Int b2: Int }
        --- c apollo
        type B @key(fields: "id") { id: ID! c: Int }
        """,
        "{ w x y p { ... on A { b1 b2 a1 } ... on B { c } } }",
        """
        2 fetches, 1 deep, estimated cost 235
          0 b
          1 a

        0 b, cost 122
          why: b serves Query.y, Query.p
          {
            y
            p {
              b1
              b2
            }
          }

        1 a, cost 113
          why: a serves Query.w, Query.x, Query.p
          {
            w
            x
            p {
              __typename
              ... on A {
                a1
              }
            }
          }
        """);

    [Fact]
    public void So_it_does_for_one_object_of_a_union() => PlanTest.Check(
        """
        --- a apollo
        type Query { w: Int x: Int p: U @shareable }
        union U = A | B
        type A @key(fields: "id") { id: ID! a1: Int }
        type B @key(fields: "id") { id: ID! }
        --- b apollo
        type Query { y: Int p: A @shareable }
        type A @key(fields: "id") { id: ID! b1: Int b2: Int }
        --- c apollo
        type B @key(fields: "id") { id: ID! c: Int }
        """,
        "{ w x y p { ... on A { b1 b2 a1 @skip(if: false) } ... on B { c } } }",
        """
        2 fetches, 1 deep, estimated cost 208
          0 b
          1 a

        0 b, cost 104
          why: b serves Query.y, Query.p
          {
            y
            p {
              b1
              b2
            }
          }

        1 a, cost 104
          why: a serves Query.w, Query.x, Query.p
          {
            w
            x
            p {
              __typename
              ... on A {
                a1
              }
            }
          }
        """);

    // Each of the two knows types of its own.
    [Fact]
    public void So_it_does_before_two_that_add() => PlanTest.Check(
        """
        --- a apollo
        type Query { w: Int x: Int p: [I] @shareable }
        interface I { id: ID! }
        type A implements I @key(fields: "id") { id: ID! a1: Int }
        type B implements I @key(fields: "id") { id: ID! }
        --- b apollo
        type Query { y: Int p: [A] @shareable }
        type A @key(fields: "id") { id: ID! b1: Int b2: Int }
        --- d apollo
        type Query { z: Int p: [I] @shareable }
        interface I { id: ID! }
        type A implements I @key(fields: "id") { id: ID! d1: Int }
        type C implements I @key(fields: "id") { id: ID! }
        --- c apollo
        type B @key(fields: "id") { id: ID! c: Int }
        """,
        "{ w x y z p { ... on A { b1 b2 a1 d1 } ... on B { c } } }",
        """
        3 fetches, 1 deep, estimated cost 347
          0 b
          1 a
          2 d

        0 b, cost 122
          why: b serves Query.y, Query.p
          {
            y
            p {
              b1
              b2
            }
          }

        1 a, cost 113
          why: a serves Query.w, Query.x, Query.p
          {
            w
            x
            p {
              __typename
              ... on A {
                a1
              }
            }
          }

        2 d, cost 112
          why: d serves Query.z, Query.p
          {
            z
            p {
              __typename
              ... on A {
                d1
              }
            }
          }
        """);

    [Fact]
    public void So_it_does_below_another_shared_field() => PlanTest.Check(
        """
        --- a apollo
        type Query { w: Int x: Int v: V @shareable }
        type V { p: [I] @shareable }
        interface I { id: ID! }
        type A implements I @key(fields: "id") { id: ID! a1: Int }
        type B implements I @key(fields: "id") { id: ID! }
        --- b apollo
        type Query { y: Int v: V @shareable }
        type V { p: [A] @shareable }
        type A @key(fields: "id") { id: ID! b1: Int b2: Int }
        --- c apollo
        type B @key(fields: "id") { id: ID! c: Int }
        """,
        "{ w x y v { p { ... on A { b1 b2 a1 } ... on B { c } } } }",
        """
        2 fetches, 1 deep, estimated cost 237
          0 b
          1 a

        0 b, cost 123
          why: b serves Query.y, Query.v
          {
            y
            v {
              p {
                b1
                b2
              }
            }
          }

        1 a, cost 114
          why: a serves Query.w, Query.x, Query.v
          {
            w
            x
            v {
              p {
                __typename
                ... on A {
                  a1
                }
              }
            }
          }
        """);

    // Of p the objects are those of b, of q those of a: no order is right for both, so what a has of the former comes by their key.
    [Fact]
    public void Where_each_would_have_to_stand_before_the_other_one_is_asked_after_it() => PlanTest.Check(
        """
        --- a apollo
        type Query { x: Int p: [I] @shareable q: [A] @shareable }
        interface I { id: ID! }
        type A implements I @key(fields: "id") { id: ID! a1: Int a2: Int a3: Int }
        type B implements I @key(fields: "id") { id: ID! }
        --- b apollo
        type Query { y: Int p: [A] @shareable q: [I] @shareable }
        interface I { id: ID! }
        type A implements I @key(fields: "id") { id: ID! b1: Int b2: Int b3: Int }
        type B implements I @key(fields: "id") { id: ID! }
        --- c apollo
        type B @key(fields: "id") { id: ID! c: Int }
        """,
        "{ x y p { ... on A { b1 b2 b3 a1 } ... on B { c } } q { ... on A { a1 a2 a3 b1 } ... on B { c } } }",
        """
        3 fetches, 2 deep, estimated cost 395
          0 a
          1 b
            2 a at p[]

        0 a, cost 132
          why: a serves Query.x, Query.q
          {
            x
            q {
              a1
              a2
              a3
            }
          }

        1 b, cost 153
          why: b serves Query.y, Query.p, Query.q
          {
            y
            p {
              b1
              b2
              b3
              id
            }
            q {
              __typename
              ... on A {
                b1
              }
            }
          }

        2 a at p[] after 1, cost 110
          why: a serves A.a1; entered by id
          for each A
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on A {
                a1
              }
            }
          }
        """);

    // The other way round: a adds to what b brings, and has no B, which c is asked for.
    [Fact]
    public void Who_knows_more_types_and_brings_them_stands_before_who_adds_to_some() => PlanTest.Check(
        """
        --- a apollo
        type Query { w: Int x: Int p: [A] @shareable }
        type A @key(fields: "id") { id: ID! a1: Int }
        --- b apollo
        type Query { y: Int p: [I] @shareable }
        interface I { id: ID! }
        type A implements I @key(fields: "id") { id: ID! b1: Int b2: Int }
        type B implements I @key(fields: "id") { id: ID! }
        --- c apollo
        type B @key(fields: "id") { id: ID! c: Int }
        """,
        "{ w x y p { ... on A { b1 b2 a1 } ... on B { c } } }",
        """
        3 fetches, 2 deep, estimated cost 355
          0 b
            2 c at p[]
          1 a

        0 b, cost 132
          why: b serves Query.y, Query.p
          {
            y
            p {
              __typename
              ... on A {
                b1
                b2
              }
              ... on B {
                id
              }
            }
          }

        1 a, cost 113
          why: a serves Query.w, Query.x, Query.p
          {
            w
            x
            p {
              a1
            }
          }

        2 c at p[] after 0, cost 110
          why: c serves B.c; entered by id
          for each B
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on B {
                c
              }
            }
          }
        """);
}
