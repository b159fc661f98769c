using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>What a source requires of all objects of an <c>@interfaceObject</c>, and clients want of some of them.</summary>
public sealed class InterfaceObjectSharedRequirementTests
{
    // r1 is asked by one fetch, not by one for the client and one for what a requires: of T1 that was twice the same, and the verifier refused it.
    [Fact]
    public void What_clients_want_of_some_types_and_a_source_requires_of_all_is_one_fetch() => PlanTest.Check(
        """
        --- a apollo
        type Query { many: [I] }
        type I @key(fields: "id") @interfaceObject { id: ID! r1: String @external r2: String @requires(fields: "r1") }
        --- b apollo
        type I @key(fields: "id") @interfaceObject { id: ID! i4: Int @external r1: String @requires(fields: "i4") }
        --- c apollo
        type I @key(fields: "id") @interfaceObject { id: ID! i4: Int }
        --- home apollo
        interface I @key(fields: "id") { id: ID! }
        type T0 implements I @key(fields: "id") { id: ID! }
        type T1 implements I @key(fields: "id") { id: ID! }
        """,
        "{ many { ... on T1 { r1 } r2 } }",
        """
        5 fetches, 4 deep, estimated cost 551
          0 a
            1 home at many[]
            2 c at many[]
              3 b at many[]
                4 a at many[]

        0 a, cost 111
          why: a serves Query.many
          {
            many {
              id
            }
          }

        1 home at many[] after 0, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        2 c at many[] after 0, cost 110
          why: c serves I.i4; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                i4
              }
            }
          }

        3 b at many[] after 1, 2, cost 120
          why: b serves I.r1, T1.r1; entered by id; carries i4
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, i4: ~i4 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r1_2: r1
                r1
              }
            }
          }

        4 a at many[] after 3, cost 110
          why: a serves I.r2; entered by id; carries r1
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, r1: ~r1 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r2
              }
            }
          }
        """);

    // The same in the other order.
    [Fact]
    public void What_a_source_requires_of_all_and_clients_want_of_some_types_is_one_fetch() => PlanTest.Check(
        """
        --- a apollo
        type Query { many: [I] }
        type I @key(fields: "id") @interfaceObject { id: ID! r1: String @external r2: String @requires(fields: "r1") }
        --- b apollo
        type I @key(fields: "id") @interfaceObject { id: ID! i4: Int @external r1: String @requires(fields: "i4") }
        --- c apollo
        type I @key(fields: "id") @interfaceObject { id: ID! i4: Int }
        --- home apollo
        interface I @key(fields: "id") { id: ID! }
        type T0 implements I @key(fields: "id") { id: ID! }
        type T1 implements I @key(fields: "id") { id: ID! }
        """,
        "{ many { r2 ... on T1 { r1 } } }",
        """
        5 fetches, 4 deep, estimated cost 551
          0 a
            1 home at many[]
            2 c at many[]
              3 b at many[]
                4 a at many[]

        0 a, cost 111
          why: a serves Query.many
          {
            many {
              id
            }
          }

        1 home at many[] after 0, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        2 c at many[] after 0, cost 110
          why: c serves I.i4; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                i4
              }
            }
          }

        3 b at many[] after 1, 2, cost 120
          why: b serves I.r1, T1.r1; entered by id; carries i4
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, i4: ~i4 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r1_2: r1
                r1
              }
            }
          }

        4 a at many[] after 3, cost 110
          why: a serves I.r2; entered by id; carries r1
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, r1: ~r1 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r2
              }
            }
          }
        """);

    // Waiting for the types would make what a requires of all a fetch later: b is asked for T1's r1 once more, for the client, beside it.
    [Fact]
    public void What_a_source_requires_of_all_does_not_wait_for_the_types_that_clients_want_it_of() => PlanTest.Check(
        """
        --- a apollo
        type Query { many: [I] }
        type I @key(fields: "id") @interfaceObject { id: ID! i4: Int r1: String @external r2: String @requires(fields: "r1") }
        --- b apollo
        type I @key(fields: "id") @interfaceObject { id: ID! i4: Int @external r1: String @requires(fields: "i4") }
        --- home apollo
        interface I @key(fields: "id") { id: ID! }
        type T0 implements I @key(fields: "id") { id: ID! }
        type T1 implements I @key(fields: "id") { id: ID! }
        """,
        "{ many { ... on T1 { r1 } r2 } }",
        """
        5 fetches, 3 deep, estimated cost 551
          0 a
            1 home at many[]
              4 b at many[]
            2 b at many[]
              3 a at many[]

        0 a, cost 121
          why: a serves Query.many
          {
            many {
              id
              i4
            }
          }

        1 home at many[] after 0, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        2 b at many[] after 0, cost 110
          why: b serves I.r1; entered by id; carries i4
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, i4: ~i4 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r1
              }
            }
          }

        3 a at many[] after 2, cost 110
          why: a serves I.r2; entered by id; carries r1
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, r1: ~r1 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r2
              }
            }
          }

        4 b at many[] after 1, cost 110
          why: b serves T1.r1; entered by id; carries i4
          for each T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, i4: ~i4 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r1
              }
            }
          }
        """);

    // Differential, seed 314163216: it was read from what clients ask of wheels and of frames, before it was told which was which.
    [Fact]
    public void What_is_required_of_objects_without_their_types_is_read_of_all_in_one_way() => PlanTest.Check(
        """
        --- stock apollo
        type Part @key(fields: "id") @interfaceObject { id: ID! @shareable inner: [Part] label: String }
        --- shop apollo
        type Part @key(fields: "id") @interfaceObject { id: ID! @shareable label: String @external inner: [Part] @external made: String @requires(fields: "inner { label }") }
        --- home apollo
        type Query { parts: [Part] }
        interface Part @key(fields: "id") { id: ID! }
        type Wheel implements Part @key(fields: "id") { id: ID! size: Int }
        type Frame implements Part @key(fields: "id") { id: ID! }
        """,
        "{ parts { inner { ... on Wheel { label size } ... on Frame { label } } made } }",
        """
        4 fetches, 3 deep, estimated cost 731
          0 home
            1 stock at parts[]
              2 shop at parts[]
              3 home at parts[].inner[]

        0 home, cost 111
          why: home serves Query.parts
          {
            parts {
              __typename
              id
            }
          }

        1 stock at parts[] after 0, cost 310
          why: stock serves Part.inner; entered by id
          for each Wheel|Frame
          $representations: [_Any!]! = { __typename: "Part", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Part {
                inner {
                  label
                  id
                }
              }
            }
          }

        2 shop at parts[] after 1, cost 110
          why: shop serves Part.made; entered by id; carries inner { label }
          for each Wheel|Frame
          $representations: [_Any!]! = { __typename: "Part", id: ~id, inner: inner[] { __typename: "Part", label: ~label } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Part {
                made
              }
            }
          }

        3 home at parts[].inner[] after 1, cost 200
          why: home serves Wheel.size and tells which Part each object is; entered by id
          for each Wheel|Frame
          $representations: [_Any!]! = { __typename: "Part", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
              ... on Wheel {
                size
              }
            }
          }
        """);
}
