using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// A field that is asked of all objects of an <c>@interfaceObject</c>, and of some types for more below: by which ways what all types ask alike comes before they are told; and leaves.
/// </summary>
public sealed class InterfaceObjectPartWayTests
{
    private const string Spread =
        """
        --- a apollo
        type Query { qa: [I] }
        type I @key(fields: "id") @interfaceObject { id: ID! n: Int next: I v: V p: P }
        type V { x: Int y: Int }
        type P @key(fields: "id") { id: ID! a: Int }
        --- b apollo
        type I @key(fields: "id") @interfaceObject { id: ID! bp: P }
        type P @key(fields: "id") { id: ID! b: Int c: Int }
        --- home apollo
        interface I @key(fields: "id") { id: ID! h: Int }
        type T0 implements I @key(fields: "id") { id: ID! h: Int }
        type T1 implements I @key(fields: "id") { id: ID! h: Int }
        type T2 implements I @key(fields: "id") { id: ID! h: Int }
        """;

    private const string WithLookups =
        """
        --- a apollo
        type Query { qa: [I] }
        type I @key(fields: "id") @interfaceObject { id: ID! n: Int next: I p: P }
        type P @key(fields: "id") { id: ID! a: Int }
        --- b composite
        type Query { pById(id: ID!): P @lookup @internal }
        type P @key(fields: "id") { id: ID! b: Int c(a: Int @require(field: "a")): Int }
        --- home composite
        type Query { iById(id: ID!): I @lookup @internal }
        interface I @key(fields: "id") { id: ID! h: Int }
        type T0 implements I @key(fields: "id") { id: ID! h: Int }
        type T1 implements I @key(fields: "id") { id: ID! h: Int }
        """;

    // b is asked twice for bp, of all and then of T0: else a would wait for the types as well.
    [Fact]
    public void Another_interface_object_is_asked_before_the_types_are_told_where_more_waits_for_it() => PlanTest.Check(
        Spread,
        "{ qa { ... on T0 { bp { c a } } bp { a } } }",
        """
        6 fetches in 5 requests, 3 deep, estimated cost 561
          0 a
            1 b at qa[]
              2 a at qa[].bp
              3 a at qa[].bp
            4 home at qa[]
              5 b at qa[].bp

        0 a, cost 111
          why: a serves Query.qa
          {
            qa {
              id
            }
          }

        1 b at qa[] after 0, cost 120
          why: b serves T0.bp, I.bp; entered by id
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                bp {
                  id
                }
              }
            }
          }

        2 a at qa[].bp after 1, in one request with 3, cost 110
          why: a serves P.a; entered by id
          for each P
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on P {
                a
              }
            }
          }

        3 a at qa[].bp after 1, in one request with 2, cost 110
          why: a serves P.a; entered by id
          for each P
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on P {
                a
              }
            }
          }

        4 home at qa[] after 0, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        5 b at qa[].bp after 1, 4, cost 110
          why: b serves P.c; entered by id
          for each P
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on P {
                c
              }
            }
          }
        """);

    // There is nothing to be won: b is asked once.
    [Fact]
    public void Another_interface_object_is_asked_once_where_nothing_waits_for_it() => PlanTest.Check(
        Spread,
        "{ qa { ... on T0 { bp { c } } bp { b } } }",
        """
        3 fetches, 3 deep, estimated cost 361
          0 a
            1 home at qa[]
              2 b at qa[]

        0 a, cost 111
          why: a serves Query.qa
          {
            qa {
              id
            }
          }

        1 home at qa[] after 0, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        2 b at qa[] after 1, cost 150
          why: b serves T0.bp, I.bp; entered by id
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                bp {
                  c
                  b
                }
                bp_2: bp {
                  b
                }
              }
            }
          }
        """);

    // For T1 and T2 the order is another one.
    [Fact]
    public void A_leaf_that_stands_in_two_places_by_type_is_asked_of_all_once() => PlanTest.Check(
        Spread,
        "{ qa { ... on T0 { n } v { x } n } }",
        """
        2 fetches, 2 deep, estimated cost 241
          0 a
            1 home at qa[]

        0 a, cost 141
          why: a serves Query.qa
          {
            qa {
              n
              v {
                x
              }
              id
            }
          }

        1 home at qa[] after 0, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }
        """);

    [Fact]
    public void A_leaf_of_all_types_that_one_of_them_repeats_needs_no_types() => PlanTest.Check(
        Spread,
        "{ qa { ... on T0 { n } n } }",
        """
        1 fetch, 1 deep, estimated cost 111
          0 a

        0 a, cost 111
          why: a serves Query.qa
          {
            qa {
              n
            }
          }
        """);

    [Fact]
    public void The_same_with_lookups_and_a_requirement() => PlanTest.Check(
        WithLookups,
        "{ qa { ... on T0 { p { b } } p { c } } }",
        """
        5 fetches in 3 requests, 3 deep, estimated cost 371
          0 a
            1 b at qa[].p
            2 b at qa[].p
            3 home at qa[]
              4 b at qa[].p

        0 a, cost 141
          why: a serves Query.qa
          {
            qa {
              p {
                a
                id
              }
              id
            }
          }

        1 b at qa[].p after 0, in one request with 2, 4, cost 110
          why: b serves P.c; entered by id; carries a
          for each P
          $__gg_1_id: ID! = ~id
          $__gg_2_a: Int or null = ~a
          query ($__gg_1_id: ID!, $__gg_2_a: Int) {
            pById(id: $__gg_1_id) {
              c(a: $__gg_2_a)
            }
          }

        2 b at qa[].p after 0, in one request with 1, 4, cost 110
          why: b serves P.c; entered by id; carries a
          for each P
          $__gg_1_id: ID! = ~id
          $__gg_2_a: Int or null = ~a
          query ($__gg_1_id: ID!, $__gg_2_a: Int) {
            pById(id: $__gg_1_id) {
              c(a: $__gg_2_a)
            }
          }

        3 home at qa[] after 0, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            iById(id: $__gg_1_id) {
              __typename
            }
          }

        4 b at qa[].p after 3, in one request with 1, 2, cost 110
          why: b serves P.b; entered by id
          for each P
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            pById(id: $__gg_1_id) {
              b
            }
          }
        """);
}
