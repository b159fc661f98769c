using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// A field that is asked of all objects of an <c>@interfaceObject</c>, and of some types for more below: what is entered below, by a key that clients ask for as well.
/// </summary>
public sealed class InterfaceObjectPartKeyTests
{
    private const string Sources =
        """
        --- s0 apollo
        interface M0 @key(fields: "id") { id: ID! }
        type T0 implements M0 @key(fields: "id") { id: ID! }
        type T1 implements M0 @key(fields: "id") { id: ID! }
        type T2 @key(fields: "id") { id: ID! f3: String }
        --- s1 apollo
        type Query { medias: [M0] }
        type M0 @key(fields: "id") @interfaceObject { id: ID! extras: [T2!] one: T2 }
        type T2 @key(fields: "id") { id: ID! x: Int }
        --- s3 apollo
        type T2 @key(fields: "id") { id: ID! f4: String x: Int @external f5: Int @requires(fields: "x") }
        """;

    // Of all objects the first fetch has it.
    [Fact]
    public void A_key_that_all_objects_are_asked_is_read_from_there() => PlanTest.Check(
        Sources,
        "{ medias { one { id } ... on T0 { one { f3 f4 } } ... on T1 { one { f4 } } } }",
        """
        5 fetches in 4 requests, 3 deep, estimated cost 461
          0 s1
            1 s3 at medias[].one
            2 s3 at medias[].one
            3 s0 at medias[]
              4 s0 at medias[].one

        0 s1, cost 131
          why: s1 serves Query.medias
          {
            medias {
              one {
                id
              }
              id
            }
          }

        1 s3 at medias[].one after 0, in one request with 2, cost 110
          why: s3 serves T2.f4; entered by id
          for each T2
          $representations: [_Any!]! = { __typename, id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T2 {
                f4
              }
            }
          }

        2 s3 at medias[].one after 0, in one request with 1, cost 110
          why: s3 serves T2.f4; entered by id
          for each T2
          $representations: [_Any!]! = { __typename, id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T2 {
                f4
              }
            }
          }

        3 s0 at medias[] after 0, cost 100
          why: s0 tells which M0 each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M0", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        4 s0 at medias[].one after 3, cost 110
          why: s0 serves T2.f3; entered by id
          for each T2
          $representations: [_Any!]! = { __typename, id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T2 {
                f3
              }
            }
          }
        """);

    // Nobody asked the others for it: it comes when the types are told.
    [Fact]
    public void A_key_that_clients_ask_of_some_types_is_fetched_when_they_are_told() => PlanTest.Check(
        Sources,
        "{ medias { extras { x } ... on T0 { extras { id f3 } } } }",
        """
        4 fetches, 4 deep, estimated cost 731
          0 s1
            1 s0 at medias[]
              2 s1 at medias[]
                3 s0 at medias[].extras[]

        0 s1, cost 221
          why: s1 serves Query.medias
          {
            medias {
              extras {
                x
              }
              id
            }
          }

        1 s0 at medias[] after 0, cost 100
          why: s0 tells which M0 each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M0", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        2 s1 at medias[] after 1, cost 210
          why: s1 serves M0.extras; entered by id
          for each T0
          $representations: [_Any!]! = { __typename: "M0", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M0 {
                extras {
                  id
                }
              }
            }
          }

        3 s0 at medias[].extras[] after 2, cost 200
          why: s0 serves T2.f3; entered by id
          for each T2
          $representations: [_Any!]! = { __typename, id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T2 {
                f3
              }
            }
          }
        """);

    // Of one name it is the key, and of the other one a field.
    [Fact]
    public void A_key_by_two_names_is_read_by_the_one_that_is_there() => PlanTest.Check(
        Sources,
        "{ medias { one { id } ... on T0 { one { other: id f3 } } } }",
        """
        3 fetches, 3 deep, estimated cost 371
          0 s1
            1 s0 at medias[]
              2 s0 at medias[].one

        0 s1, cost 161
          why: s1 serves Query.medias
          {
            medias {
              one {
                id
                other: id
              }
              one_2: one {
                id
              }
              id
            }
          }

        1 s0 at medias[] after 0, cost 100
          why: s0 tells which M0 each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M0", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        2 s0 at medias[].one after 1, cost 110
          why: s0 serves T2.f3; entered by id
          for each T2
          $representations: [_Any!]! = { __typename, id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T2 {
                f3
              }
            }
          }
        """);

    // What is required comes with the objects.
    [Fact]
    public void A_requirement_that_all_objects_are_asked_is_read_from_there() => PlanTest.Check(
        Sources,
        "{ medias { one { x } ... on T0 { one { f5 } } } }",
        """
        3 fetches, 3 deep, estimated cost 371
          0 s1
            1 s0 at medias[]
              2 s3 at medias[].one

        0 s1, cost 161
          why: s1 serves Query.medias
          {
            medias {
              one {
                x
                id
              }
              one_2: one {
                x
              }
              id
            }
          }

        1 s0 at medias[] after 0, cost 100
          why: s0 tells which M0 each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M0", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        2 s3 at medias[].one after 1, cost 110
          why: s3 serves T2.f5; entered by id; carries x
          for each T2
          $representations: [_Any!]! = { __typename, id: ~id, x }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T2 {
                f5
              }
            }
          }
        """);
}
