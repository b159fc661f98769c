using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Two fetches side by side of which one is for some types and both bring the same objects, for what different steps require: the one that is for all brings them, and who
/// waits for them waits for that one.
/// </summary>
public sealed class HandoverTests
{
    // Home requires next of T0, and b requires next of all: a is asked for it once, with r1, and of T0 for n alone.
    [Fact]
    public void What_all_are_asked_for_beside_is_not_asked_once_more_of_some() => PlanTest.Check(
        """
        --- home apollo
        type Query { q: J }
        interface J @key(fields: "id") { id: ID! }
        type T0 implements J @key(fields: "id") { id: ID! next: J @external other: Int @external made: Int @requires(fields: "next { id } other") }
        type T1 implements J @key(fields: "id") { id: ID! }
        --- a apollo
        type J @key(fields: "id") @interfaceObject { id: ID! next: J n: Int near: J @external m: Int @external r1: Int @requires(fields: "near { m }") }
        --- b apollo
        type J @key(fields: "id") @interfaceObject { id: ID! near: J m: Int other: Int @shareable n: Int @external next: J @external r: Int @requires(fields: "next { n }") }
        """,
        "{ q { near { ... on T1 { r1 } r ... on T0 { r1 m made n } } } }",
        """
        8 fetches in 7 requests, 6 deep, estimated cost 716
          0 home
            1 b at q
              2 home at q.near
                3 a at q.near
                4 a at q.near
                  5 b at q.near
                  6 home at q.near.~next
                    7 home at q.near

        0 home, cost 102
          why: home serves Query.q
          {
            q {
              __typename
              id
            }
          }

        1 b at q after 0, cost 105
          why: b serves J.near; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                near {
                  id
                  near {
                    m
                  }
                  other
                }
              }
            }
          }

        2 home at q.near after 1, cost 100
          why: home tells which J each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        3 a at q.near after 2, in one request with 4, cost 101
          why: a serves T0.n; entered by id
          for each T0
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                n
              }
            }
          }

        4 a at q.near after 2, in one request with 3, cost 105
          why: a serves T1.r1, T0.r1, J.next; entered by id; carries near { m }
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id, near: ~near { __typename: "J", m: ~m } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                r1
                next {
                  n
                  id
                }
              }
            }
          }

        5 b at q.near after 4, cost 102
          why: b serves T0.m, J.r; entered by id; carries next { n }
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id, next: ~next { __typename: "J", n: ~n } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                m
                r
              }
            }
          }

        6 home at q.near.~next after 4, cost 100
          why: home tells which J each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        7 home at q.near after 6, cost 101
          why: home serves T0.made; entered by id; carries next { id } other
          for each T0
          $representations: [_Any!]! = { __typename, id: ~id, next: ~next { __typename, id: ~id }, other: ~other }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T0 {
                made
              }
            }
          }
        """);

    // Home requires near of T2, which was to bring it itself, of T2 alone. Made is asked for at the same time, of all, and near is asked with it: one fetch less.
    [Fact]
    public void Who_asks_all_objects_as_soon_brings_what_another_one_brought_of_some() => PlanTest.Check(
        """
        --- home apollo
        type Query { q: T0 }
        interface I @key(fields: "id") { id: ID! }
        type T0 implements I @key(fields: "id") { id: ID! }
        type T1 implements I @key(fields: "id") { id: ID! made: I @external r1: Int @requires(fields: "made { id }") }
        type T2 implements I @key(fields: "id") { id: ID! near: I @external r2: Int @requires(fields: "near { id }") }
        --- a apollo
        type I @key(fields: "id") @interfaceObject { id: ID! near: I next: I @external made: I @requires(fields: "next { id }") }
        --- b apollo
        type I @key(fields: "id") @interfaceObject { id: ID! next: I made: I @external r: Int @requires(fields: "made { id }") }
        """,
        "{ q { next { ... on T1 { r1 } ... on T2 { r2 } r } } }",
        """
        8 fetches in 7 requests, 6 deep, estimated cost 713
          0 home
            1 b at q
              2 home at q.next
                3 a at q.next
                  4 home at q.next.~made
                  5 home at q.next.~near
                    6 home at q.next
                  7 b at q.next

        0 home, cost 102
          why: home serves Query.q
          {
            q {
              id
            }
          }

        1 b at q after 0, cost 104
          why: b serves T0.next; entered by id
          for each T0
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                next {
                  id
                  next {
                    id
                  }
                }
              }
            }
          }

        2 home at q.next after 1, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        3 a at q.next after 2, cost 104
          why: a serves I.near, I.made; entered by id; carries next { id }
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id, next: ~next { __typename: "I", id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                near {
                  id
                }
                made {
                  id
                }
              }
            }
          }

        4 home at q.next.~made after 3, in one request with 5, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        5 home at q.next.~near after 3, in one request with 4, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        6 home at q.next after 4, 5, cost 102
          why: home serves T1.r1, T2.r2; entered by id; carries made { id }; carries near { id }
          for each T1|T2
          $representations: [_Any!]! = { __typename, id: ~id, <T1> made: ~made { __typename, id: ~id }, <T2> near: ~near { __typename, id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T1 {
                r1
              }
              ... on T2 {
                r2
              }
            }
          }

        7 b at q.next after 3, cost 101
          why: b serves I.r; entered by id; carries made { id }
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id, made: ~made { __typename: "I", id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r
              }
            }
          }
        """);
}
