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

    // Differential, seed 314163216: what frames alone require was asked of the wheels, too, which are asked apart from them.
    [Fact]
    public void What_some_types_require_is_asked_of_these_alone_where_each_type_is_asked_apart() => PlanTest.Check(
        """
        --- stock apollo
        type Part @key(fields: "id") @interfaceObject { id: ID! @shareable inner: [Piece] @shareable spare: [Piece] @external made: String @shareable @requires(fields: "spare { id }") }
        type Piece @key(fields: "id") @interfaceObject { id: ID! @shareable inner: [Piece] @shareable spare: [Piece] @external made: String @shareable @requires(fields: "spare { id }") }
        --- shop apollo
        type Part @key(fields: "id") @interfaceObject { id: ID! @shareable price(of: Int): Int @shareable spare: [Piece] @shareable }
        type Piece @key(fields: "id") @interfaceObject { id: ID! @shareable price(of: Int): Int @shareable spare: [Piece] @shareable }
        --- home apollo
        type Query { parts: [Part] }
        interface Part @key(fields: "id") { id: ID! }
        interface Piece implements Part @key(fields: "id") { id: ID! }
        type Wheel implements Part & Piece @key(fields: "id") { id: ID! }
        type Frame implements Part & Piece @key(fields: "id") { id: ID! like: Frame }
        """,
        "{ parts { inner { price ... on Frame { other: price(of: 2) made like { made } } } } }",
        """
        8 fetches in 5 requests, 5 deep, estimated cost 3521
          0 home
            1 stock at parts[]
              2 home at parts[].inner[]
                3 shop at parts[].inner[]
                  7 stock at parts[].inner[]
                4 shop at parts[].inner[]
                5 shop at parts[].inner[].like
                  6 stock at parts[].inner[].like

        0 home, cost 111
          why: home serves Query.parts
          {
            parts {
              __typename
              id
            }
          }

        1 stock at parts[] after 0, cost 210
          why: stock serves Part.inner; entered by id
          for each Wheel|Frame
          $representations: [_Any!]! = { __typename: "Part", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Part {
                inner {
                  id
                }
              }
            }
          }

        2 home at parts[].inner[] after 1, cost 300
          why: home serves Frame.like and tells which Piece each object is; entered by id
          for each Wheel|Frame
          $representations: [_Any!]! = { __typename: "Piece", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
              ... on Frame {
                like {
                  id
                }
              }
            }
          }

        3 shop at parts[].inner[] after 2, in one request with 4, 5, cost 1400
          why: shop serves Piece.price, Piece.spare, Frame.price; entered by id
          for each Frame
          $representations: [_Any!]! = { __typename: "Piece", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Piece {
                price
                spare {
                  id
                }
                other: price(of: 2)
              }
            }
          }

        4 shop at parts[].inner[] after 2, in one request with 3, 5, cost 200
          why: shop serves Piece.price; entered by id
          for each Wheel
          $representations: [_Any!]! = { __typename: "Piece", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Piece {
                price
              }
            }
          }

        5 shop at parts[].inner[].like after 2, in one request with 3, 4, cost 1200
          why: shop serves Frame.spare; entered by id
          for each Frame
          $representations: [_Any!]! = { __typename: "Part", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Part {
                spare {
                  id
                }
              }
            }
          }

        6 stock at parts[].inner[].like after 5, in one request with 7, cost 200
          why: stock serves Frame.made; entered by id; carries spare { id }
          for each Frame
          $representations: [_Any!]! = { __typename: "Part", id: ~id, spare: ~spare[] { __typename: "Piece", id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Part {
                made
              }
            }
          }

        7 stock at parts[].inner[] after 3, in one request with 6, cost 200
          why: stock serves Frame.made; entered by id; carries spare { id }
          for each Frame
          $representations: [_Any!]! = { __typename: "Part", id: ~id, spare: ~spare[] { __typename: "Piece", id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Part {
                made
              }
            }
          }
        """);

    // Differential, seed 141422464: that there is something was asked of all before the types were told, for the frames as well, of whom it is told by who is asked for more of it.
    [Fact]
    public void Whether_there_is_something_is_asked_for_those_of_whom_nothing_else_of_it_is_asked() => PlanTest.Check(
        """
        --- stock apollo
        type Query { parts: [Part] }
        type Part @key(fields: "id") @interfaceObject { id: ID! @shareable maker: Maker }
        type Maker @key(fields: "id") { id: ID! }
        --- home apollo
        interface Part @key(fields: "id") { id: ID! }
        type Wheel implements Part @key(fields: "id") { id: ID! }
        type Frame implements Part @key(fields: "id") { id: ID! }
        """,
        "{ parts { maker { __typename } ... on Frame { maker { id } } } }",
        """
        3 fetches, 3 deep, estimated cost 341
          0 stock
            1 home at parts[]
              2 stock at parts[]

        0 stock, cost 121
          why: stock serves Query.parts
          {
            parts {
              maker {
                __typename
              }
              id
            }
          }

        1 home at parts[] after 0, cost 100
          why: home tells which Part each object is; entered by id
          for each Wheel|Frame
          $representations: [_Any!]! = { __typename: "Part", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        2 stock at parts[] after 1, cost 120
          why: stock serves Part.maker; entered by id
          for each Frame
          $representations: [_Any!]! = { __typename: "Part", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Part {
                maker {
                  id
                }
              }
            }
          }
        """);
}
