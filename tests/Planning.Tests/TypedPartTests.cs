using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// What is asked of some types of an <c>@interfaceObject</c> beside what is asked of all of them: who sends it, and who asks for it once.
/// </summary>
public sealed class TypedPartTests
{
    private const string Key =
        """
        --- home apollo
        type Query { q: T0 }
        interface J @key(fields: "id") { id: ID! }
        type T0 implements J @key(fields: "id") { id: ID! j: J @external r: Int @requires(fields: "j { id }") }
        type T1 implements J @key(fields: "id") { id: ID! }
        --- a apollo
        type J @key(fields: "id") @interfaceObject { id: ID! i: J j: J }
        """;

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

    // The types of T0's alone are asked for, and for that the id of each object is sent: the slot that clients see holds it of those of T1 as well, where nobody sees it.
    [Fact]
    public void A_key_that_clients_see_of_some_objects_is_read_of_all_that_it_is_sent_of() => PlanTest.Check(
        Key,
        "{ q { i { ... on T0 { j { id __typename } } j { i { id } } } } }",
        """
        4 fetches in 3 requests, 3 deep, estimated cost 311
          0 home
            1 a at q
              2 home at q.i.j
              3 home at q.i

        0 home, cost 102
          why: home serves Query.q
          {
            q {
              id
            }
          }

        1 a at q after 0, cost 109
          why: a serves T0.i; entered by id
          for each T0
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                i {
                  j {
                    i {
                      id
                    }
                    id
                  }
                  j_2: j {
                    i {
                      id
                    }
                  }
                  id
                }
              }
            }
          }

        2 home at q.i.j after 1, in one request with 3, cost 100
          why: home tells which J each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        3 home at q.i after 1, in one request with 2, cost 100
          why: home tells which J each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }
        """);

    // The first fetch does not bring the j of all objects' j for r, which is asked of those below T0's alone.
    [Fact]
    public void What_a_field_of_some_types_requires_waits_for_the_types_above() => PlanTest.Check(
        Key,
        "{ q { i { ... on T0 { j { ... on T0 { r } j { id } } } j { id } } } }",
        """
        8 fetches in 5 requests, 4 deep, estimated cost 514
          0 home
            1 a at q
              2 home at q.i
                3 a at q.i.j
                4 a at q.i
              5 home at q.i.j
              6 home at q.i.j.~j
                7 home at q.i.j

        0 home, cost 102
          why: home serves Query.q
          {
            q {
              id
            }
          }

        1 a at q after 0, cost 108
          why: a serves T0.i; entered by id
          for each T0
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                i {
                  j {
                    id
                    j {
                      id
                    }
                  }
                  j_2: j {
                    id
                  }
                  id
                }
              }
            }
          }

        2 home at q.i after 1, in one request with 5, 6, cost 100
          why: home tells which J each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        3 a at q.i.j after 2, in one request with 4, cost 102
          why: a serves J.j; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                j {
                  id
                }
              }
            }
          }

        4 a at q.i after 2, in one request with 3, cost 101
          why: a serves T0.j; entered by id
          for each T0
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                j {
                  __typename
                }
              }
            }
          }

        5 home at q.i.j after 1, in one request with 2, 6, cost 100
          why: home tells which J each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        6 home at q.i.j.~j after 1, in one request with 2, 5, cost 100
          why: home tells which J each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        7 home at q.i.j after 2, 5, 6, cost 101
          why: home serves T0.r; entered by id; carries j { id }
          for each T0
          $representations: [_Any!]! = { __typename, id, j: ~j { __typename, id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T0 {
                r
              }
            }
          }
        """);

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
