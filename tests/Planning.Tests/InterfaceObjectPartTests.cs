using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// A field that is asked of all objects of an <c>@interfaceObject</c>, and of some types for more below: what all types ask alike does not wait for the step that tells them.
/// </summary>
public sealed class InterfaceObjectPartTests
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

    // n is asked of T0's alone, after home has told which these are. h is asked of all at once: of each object by the slot of its type, which home tells at the same time.
    [Theory]
    [InlineData("{ qa { ... on T0 { next { n } } next { __typename h } } }")]
    [InlineData("{ qa { ... on T0 @include(if: true) { next { n } } next { __typename h } ... on T1 @skip(if: true) { next { id } } } }")]
    public void What_is_asked_of_all_types_does_not_wait_for_the_type_that_more_is_asked_of(string operation) => PlanTest.Check(
        Spread,
        operation,
        """
        5 fetches in 3 requests, 3 deep, estimated cost 361
          0 a
            1 home at qa[].next
            2 home at qa[].next
            3 home at qa[]
              4 a at qa[].next

        0 a, cost 131
          why: a serves Query.qa
          {
            qa {
              next {
                id
              }
              id
            }
          }

        1 home at qa[].next after 0, in one request with 2, 3, cost 110
          why: home serves I.h and tells which I each object is; entered by id
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
              ... on I {
                h
              }
            }
          }

        2 home at qa[].next after 0, in one request with 1, 3, cost 110
          why: home serves I.h and tells which I each object is; entered by id
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
              ... on I {
                h
              }
            }
          }

        3 home at qa[] after 0, in one request with 1, 2, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        4 a at qa[].next after 3, cost 110
          why: a serves I.n; entered by id
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                n
              }
            }
          }
        """);

    [Fact]
    public void The_same_where_it_is_below_another_such_field() => PlanTest.Check(
        Spread,
        "{ qa { ... on T0 { next { n } } next { next { ... on T0 { n } } } } }",
        """
        7 fetches in 3 requests, 3 deep, estimated cost 411
          0 a
            1 home at qa[].next.next
              2 a at qa[].next.next
            3 home at qa[].next.next
              4 a at qa[].next.next
            5 home at qa[]
              6 a at qa[].next

        0 a, cost 181
          why: a serves Query.qa
          {
            qa {
              next {
                next {
                  id
                }
                id
              }
              next_2: next {
                next {
                  id
                }
              }
              id
            }
          }

        1 home at qa[].next.next after 0, in one request with 3, 5, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        2 a at qa[].next.next after 1, in one request with 4, 6, cost 110
          why: a serves T0.n; entered by id
          for each T0
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                n
              }
            }
          }

        3 home at qa[].next.next after 0, in one request with 1, 5, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        4 a at qa[].next.next after 3, in one request with 2, 6, cost 110
          why: a serves T0.n; entered by id
          for each T0
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                n
              }
            }
          }

        5 home at qa[] after 0, in one request with 1, 3, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        6 a at qa[].next after 5, in one request with 2, 4, cost 110
          why: a serves I.n; entered by id
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                n
              }
            }
          }
        """);

    [Fact]
    public void The_same_of_two_types_with_more_of_their_own() => PlanTest.Check(
        Spread,
        "{ qa { ... on T0 { p { a b } } ... on T1 { p { b c } } p { b } } }",
        """
        7 fetches in 4 requests, 3 deep, estimated cost 481
          0 a
            1 b at qa[].p
            2 b at qa[].p
            3 b at qa[].p
            4 home at qa[]
              5 a at qa[].p
              6 b at qa[].p

        0 a, cost 131
          why: a serves Query.qa
          {
            qa {
              p {
                id
              }
              id
            }
          }

        1 b at qa[].p after 0, in one request with 2, 3, 6, cost 110
          why: b serves P.b; entered by id
          for each P
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on P {
                b
              }
            }
          }

        2 b at qa[].p after 0, in one request with 1, 3, 6, cost 110
          why: b serves P.b; entered by id
          for each P
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on P {
                b
              }
            }
          }

        3 b at qa[].p after 0, in one request with 1, 2, 6, cost 110
          why: b serves P.b; entered by id
          for each P
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on P {
                b
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

        5 a at qa[].p after 4, cost 110
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

        6 b at qa[].p after 4, in one request with 1, 2, 3, cost 110
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

    // V has no key: the rest of it comes by the object above, when that is known to be of T0.
    [Fact]
    public void What_has_no_key_is_added_to_by_the_object_above() => PlanTest.Check(
        Spread,
        "{ qa { ... on T0 { v { y } } v { x } } }",
        """
        3 fetches, 3 deep, estimated cost 351
          0 a
            1 home at qa[]
              2 a at qa[]

        0 a, cost 131
          why: a serves Query.qa
          {
            qa {
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

        2 a at qa[] after 1, cost 120
          why: a serves T0.v; entered by id
          for each T0
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                v {
                  y
                }
              }
            }
          }
        """);
}
