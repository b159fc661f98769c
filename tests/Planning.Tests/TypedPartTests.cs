using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// What is asked of some types of an <c>@interfaceObject</c> beside what is asked of all of them: what is sent for it, and who waits for the types.
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
        7 fetches in 5 requests, 4 deep, estimated cost 513
          0 home
            1 a at q
              2 home at q.i
                3 a at q.i.j
              4 home at q.i.j
              5 home at q.i.j.~j
                6 home at q.i.j

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

        2 home at q.i after 1, in one request with 4, 5, cost 100
          why: home tells which J each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        3 a at q.i.j after 2, cost 102
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

        4 home at q.i.j after 1, in one request with 2, 5, cost 100
          why: home tells which J each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        5 home at q.i.j.~j after 1, in one request with 2, 4, cost 100
          why: home tells which J each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        6 home at q.i.j after 2, 4, 5, cost 101
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
}
