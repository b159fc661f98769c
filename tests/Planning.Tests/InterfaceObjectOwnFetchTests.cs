using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>What is asked of an <c>@interfaceObject</c> type by type, and what stays a fetch of its own: where others are asked for, and where the objects came with their types.</summary>
public sealed class InterfaceObjectOwnFetchTests
{
    // One fetch would ask T0's objects for r9, and T1's for r8: the two go in one request, each for its own.
    [Fact]
    public void Other_fields_that_require_the_same_of_other_types_go_by_a_fetch_of_their_own() => PlanTest.Check(
        """
        --- a apollo
        type Query { qa: [I] }
        type I @key(fields: "id") @interfaceObject { id: ID! i0: Int }
        --- b apollo
        type I @key(fields: "id") @interfaceObject { id: ID! i0: Int @external r8: Int @requires(fields: "i0") r9: Int @requires(fields: "i0") }
        --- c apollo
        type I @key(fields: "id") @interfaceObject { id: ID! r9: Int @external r10: Int @requires(fields: "r9") }
        --- home apollo
        type Query { qh: [I] }
        interface I @key(fields: "id") { id: ID! }
        type T0 implements I @key(fields: "id") { id: ID! }
        type T1 implements I @key(fields: "id") { id: ID! }
        """,
        "{ qh { ... on T0 { r8 } ... on T1 { r9 } } }",
        """
        4 fetches in 3 requests, 3 deep, estimated cost 341
          0 home
            1 a at qh[]
              2 b at qh[]
              3 b at qh[]

        0 home, cost 111
          why: home serves Query.qh
          {
            qh {
              __typename
              id
            }
          }

        1 a at qh[] after 0, cost 110
          why: a serves I.i0; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                i0
              }
            }
          }

        2 b at qh[] after 1, in one request with 3, cost 110
          why: b serves T0.r8; entered by id; carries i0
          for each T0
          $representations: [_Any!]! = { __typename: "I", id: ~id, i0: ~i0 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r8
              }
            }
          }

        3 b at qh[] after 1, in one request with 2, cost 110
          why: b serves T1.r9; entered by id; carries i0
          for each T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, i0: ~i0 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r9
              }
            }
          }
        """);

    // x goes along, whichever comes first.
    [Fact]
    public void What_is_asked_of_some_types_after_it_was_asked_of_all_goes_along_where_the_objects_came_with_their_types() => PlanTest.Check(
        """
        --- a apollo
        type Query { qa: [I] }
        type I @key(fields: "id") @interfaceObject { id: ID! i0: Int }
        --- b apollo
        type I @key(fields: "id") @interfaceObject { id: ID! i0: Int @external r8: Int @requires(fields: "i0") r9: Int @requires(fields: "i0") }
        --- c apollo
        type I @key(fields: "id") @interfaceObject { id: ID! r9: Int @external r10: Int @requires(fields: "r9") }
        --- home apollo
        type Query { qh: [I] }
        interface I @key(fields: "id") { id: ID! }
        type T0 implements I @key(fields: "id") { id: ID! }
        type T1 implements I @key(fields: "id") { id: ID! }
        """,
        "{ qh { r9 ... on T1 { x: r9 } } }",
        """
        3 fetches, 3 deep, estimated cost 341
          0 home
            1 a at qh[]
              2 b at qh[]

        0 home, cost 111
          why: home serves Query.qh
          {
            qh {
              __typename
              id
            }
          }

        1 a at qh[] after 0, cost 110
          why: a serves I.i0; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                i0
              }
            }
          }

        2 b at qh[] after 1, cost 120
          why: b serves I.r9, T1.r9; entered by id; carries i0
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, i0: ~i0 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r9
                x: r9
              }
            }
          }
        """);

    [Fact]
    public void What_is_asked_of_all_types_after_it_was_asked_of_some_goes_along_where_the_objects_came_with_their_types() => PlanTest.Check(
        """
        --- a apollo
        type Query { qa: [I] }
        type I @key(fields: "id") @interfaceObject { id: ID! i0: Int }
        --- b apollo
        type I @key(fields: "id") @interfaceObject { id: ID! i0: Int @external r8: Int @requires(fields: "i0") r9: Int @requires(fields: "i0") }
        --- c apollo
        type I @key(fields: "id") @interfaceObject { id: ID! r9: Int @external r10: Int @requires(fields: "r9") }
        --- home apollo
        type Query { qh: [I] }
        interface I @key(fields: "id") { id: ID! }
        type T0 implements I @key(fields: "id") { id: ID! }
        type T1 implements I @key(fields: "id") { id: ID! }
        """,
        "{ qh { ... on T1 { x: r9 } r9 } }",
        """
        3 fetches, 3 deep, estimated cost 341
          0 home
            1 a at qh[]
              2 b at qh[]

        0 home, cost 111
          why: home serves Query.qh
          {
            qh {
              __typename
              id
            }
          }

        1 a at qh[] after 0, cost 110
          why: a serves I.i0; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                i0
              }
            }
          }

        2 b at qh[] after 1, cost 120
          why: b serves T1.r9, I.r9; entered by id; carries i0
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, i0: ~i0 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                x: r9
                r9
              }
            }
          }
        """);
}
