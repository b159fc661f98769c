using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>What is asked of an <c>@interfaceObject</c> type by type: how the operation is written does not change what its source is asked.</summary>
public sealed class InterfaceObjectOneFetchTests
{
    // r10 is two slots, since it stands before r9 in a T0 and after it in a T1; what c requires for the one is what it requires for the other.
    [Fact]
    public void What_a_source_requires_of_one_type_and_then_of_the_others_is_one_fetch() => PlanTest.Check(
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
        "{ qh { ... on T0 { r10 } r9 r10 } }",
        """
        4 fetches, 4 deep, estimated cost 451
          0 home
            1 a at qh[]
              2 b at qh[]
                3 c at qh[]

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

        2 b at qh[] after 1, cost 110
          why: b serves I.r9; entered by id; carries i0
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, i0: ~i0 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r9
              }
            }
          }

        3 c at qh[] after 2, cost 120
          why: c serves T0.r10, I.r10; entered by id; carries r9
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, r9 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r10
              }
            }
          }
        """);

    // The same written otherwise.
    [Fact]
    public void What_is_asked_of_each_type_by_itself_is_one_fetch() => PlanTest.Check(
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
        "{ qh { ... on T0 { r10 } r9 ... on T1 { r10 } } }",
        """
        4 fetches, 4 deep, estimated cost 451
          0 home
            1 a at qh[]
              2 b at qh[]
                3 c at qh[]

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

        2 b at qh[] after 1, cost 110
          why: b serves I.r9; entered by id; carries i0
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, i0: ~i0 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r9
              }
            }
          }

        3 c at qh[] after 2, cost 120
          why: c serves T0.r10, T1.r10; entered by id; carries r9
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, r9 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r10
              }
            }
          }
        """);

    // r10 waits for the types, and what it requires does not: that is of all I.
    [Fact]
    public void What_is_required_for_each_type_by_itself_is_asked_of_all_before_they_are_told() => PlanTest.Check(
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
        "{ qa { ... on T0 { r10 } i0 r10 } }",
        """
        4 fetches, 3 deep, estimated cost 451
          0 a
            1 b at qa[]
            2 home at qa[]
              3 c at qa[]

        0 a, cost 121
          why: a serves Query.qa
          {
            qa {
              i0
              id
            }
          }

        1 b at qa[] after 0, cost 110
          why: b serves I.r9; entered by id; carries i0
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, i0 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r9
              }
            }
          }

        2 home at qa[] after 0, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        3 c at qa[] after 1, 2, cost 120
          why: c serves T0.r10, I.r10; entered by id; carries r9
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, r9: ~r9 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r10
              }
            }
          }
        """);

    // Where home tells the types of what a brings.
    [Fact]
    public void What_is_asked_of_each_type_when_it_is_told_is_one_fetch() => PlanTest.Check(
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
        "{ qa { ... on T0 { r10 } r9 r10 } }",
        """
        4 fetches, 3 deep, estimated cost 451
          0 a
            1 b at qa[]
            2 home at qa[]
              3 c at qa[]

        0 a, cost 121
          why: a serves Query.qa
          {
            qa {
              i0
              id
            }
          }

        1 b at qa[] after 0, cost 110
          why: b serves I.r9; entered by id; carries i0
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, i0: ~i0 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r9
              }
            }
          }

        2 home at qa[] after 0, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        3 c at qa[] after 1, 2, cost 120
          why: c serves T0.r10, I.r10; entered by id; carries r9
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, r9 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r10
              }
            }
          }
        """);

    // Nobody asks for T2's.
    [Fact]
    public void The_types_that_nobody_asks_of_stay_out_of_it() => PlanTest.Check(
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
        type T2 implements I @key(fields: "id") { id: ID! }
        """,
        "{ qh { ... on T0 { r9 } id ... on T1 { r9 } } }",
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
          $representations: [_Any!]! = { __typename: "I", id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                i0
              }
            }
          }

        2 b at qh[] after 1, cost 120
          why: b serves T0.r9, T1.r9; entered by id; carries i0
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id, i0: ~i0 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r9
              }
            }
          }
        """);
}
