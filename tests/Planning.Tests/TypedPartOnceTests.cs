using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// What is asked of some types of an <c>@interfaceObject</c> beside what is asked of all of them at the same time: each object is asked once.
/// </summary>
public sealed class TypedPartOnceTests
{
    private const string Once =
        """
        --- s0 apollo
        type Query { q: T2 }
        interface I @key(fields: "id") { id: ID! i: I n: Int }
        type T1 implements I @key(fields: "id") { id: ID! i: I n: Int }
        type T2 implements I @key(fields: "id") { id: ID! i: I n: Int r: Int @external ofR: Int @requires(fields: "r") }
        --- s1 apollo
        type I @key(fields: "id") @interfaceObject { id: ID! a: I i: I @external n: Int @external r: Int @requires(fields: "i { n }") b: Int @requires(fields: "n") }
        """;

    private const string Same =
        """
        --- s0 apollo
        interface J @key(fields: "id") { id: ID! }
        type T1 implements J @key(fields: "id") { id: ID! }
        type T2 implements J @key(fields: "id") { id: ID! }
        --- s1 apollo
        type J @key(fields: "id") @interfaceObject { id: ID! n: Int i: J @external r: Int @requires(fields: "i { id }") j: J @requires(fields: "i { id }") }
        --- s2 apollo
        type Query { q: J }
        type J @key(fields: "id") @interfaceObject { id: ID! }
        --- s3 apollo
        type J @key(fields: "id") @interfaceObject { id: ID! i: J r: Int @external ofR: Int @requires(fields: "r") j: J @external n: Int @external ofJ: Int @requires(fields: "j { n }") }
        """;

    // r comes of all objects by one fetch; the one that asks T2 alone for b leaves it to that one, and sends no i.
    [Fact]
    public void Who_asks_something_of_some_types_leaves_the_rest_to_who_asks_all_as_soon() => PlanTest.Check(
        Once,
        "{ q { a { ... on T2 { b ofR } r } } }",
        """
        6 fetches in 5 requests, 5 deep, estimated cost 510
          0 s0
            1 s1 at q
              2 s0 at q.a
                3 s1 at q.a
                4 s1 at q.a
                  5 s0 at q.a

        0 s0, cost 102
          why: s0 serves Query.q
          {
            q {
              id
            }
          }

        1 s1 at q after 0, cost 102
          why: s1 serves T2.a; entered by id
          for each T2
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                a {
                  id
                }
              }
            }
          }

        2 s0 at q.a after 1, cost 103
          why: s0 serves I.n, I.i and tells which I each object is; entered by id
          for each T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
              ... on T2 {
                n
              }
              ... on I {
                i {
                  __typename
                  n
                }
              }
            }
          }

        3 s1 at q.a after 2, in one request with 4, cost 101
          why: s1 serves T2.b; entered by id; carries n
          for each T2
          $representations: [_Any!]! = { __typename: "I", id: ~id, n: ~n }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                b
              }
            }
          }

        4 s1 at q.a after 2, in one request with 3, cost 101
          why: s1 serves I.r; entered by id; carries i { n }
          for each T1|T2
          $representations: [_Any!]! = { __typename: "I", id: ~id, i: ~i { __typename: "I", n: ~n } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r
              }
            }
          }

        5 s0 at q.a after 4, cost 101
          why: s0 serves T2.ofR; entered by id; carries r
          for each T2
          $representations: [_Any!]! = { __typename, id: ~id, r }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T2 {
                ofR
              }
            }
          }
        """);

    // The same where both need what they send.
    [Fact]
    public void The_same_where_both_send_alike() => PlanTest.Check(
        Same,
        "{ q { i { j { ... on T2 { ofJ ofR } r } } } }",
        """
        9 fetches in 7 requests, 7 deep, estimated cost 715
          0 s2
            1 s3 at q
              2 s0 at q.i
              3 s1 at q.i
                4 s0 at q.i.j
                  5 s3 at q.i.j
                    6 s1 at q.i.j
                    7 s1 at q.i.j
                      8 s3 at q.i.j

        0 s2, cost 102
          why: s2 serves Query.q
          {
            q {
              id
            }
          }

        1 s3 at q after 0, cost 104
          why: s3 serves J.i; entered by id
          for each T1|T2
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                i {
                  id
                  i {
                    id
                  }
                }
              }
            }
          }

        2 s0 at q.i after 1, in one request with 4, cost 100
          why: s0 tells which J each object is; entered by id
          for each T1|T2
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        3 s1 at q.i after 1, cost 102
          why: s1 serves J.j; entered by id; carries i { id }
          for each T1|T2
          $representations: [_Any!]! = { __typename: "J", id: ~id, i: ~i { __typename: "J", id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                j {
                  id
                }
              }
            }
          }

        4 s0 at q.i.j after 3, in one request with 2, cost 100
          why: s0 tells which J each object is; entered by id
          for each T1|T2
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        5 s3 at q.i.j after 4, cost 102
          why: s3 serves J.i; entered by id
          for each T1|T2
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                i {
                  id
                }
              }
            }
          }

        6 s1 at q.i.j after 5, in one request with 7, cost 102
          why: s1 serves J.j; entered by id; carries i { id }
          for each T2
          $representations: [_Any!]! = { __typename: "J", id: ~id, i: ~i { __typename: "J", id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                j {
                  n
                }
              }
            }
          }

        7 s1 at q.i.j after 5, in one request with 6, cost 101
          why: s1 serves J.r; entered by id; carries i { id }
          for each T1|T2
          $representations: [_Any!]! = { __typename: "J", id: ~id, i: ~i { __typename: "J", id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                r
              }
            }
          }

        8 s3 at q.i.j after 6, 7, cost 102
          why: s3 serves T2.ofJ, T2.ofR; entered by id; carries j { n }; carries r
          for each T2
          $representations: [_Any!]! = { __typename: "J", id: ~id, j: ~j { __typename: "J", n: ~n }, r }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                ofJ
                ofR
              }
            }
          }
        """);
}
