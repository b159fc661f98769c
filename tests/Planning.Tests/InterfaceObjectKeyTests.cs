using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Keys of types whose objects come from an <c>@interfaceObject</c>: each type takes a way of its own.</summary>
public sealed class InterfaceObjectKeyTests
{
    // Both keys are one hidden field, of which each type has another source: what one type's key needs is not asked for the other type's.
    [Fact]
    public void Types_whose_keys_are_one_field_take_different_ways() => PlanTest.Check(
        """
        --- s3 apollo
        type Query { t0: M1 }
        type M1 @key(fields: "sku") @interfaceObject { sku: String! }
        --- s4 apollo
        interface M1 @key(fields: "sku") { sku: String! }
        type T1 implements M1 @key(fields: "sku") { sku: String! }
        type T2 implements M1 @key(fields: "sku") { sku: String! }
        --- s1 apollo
        type T1 @key(fields: "id") { id: ID! label1: String }
        --- s5 apollo
        type T1 @key(fields: "id") @key(fields: "sku") { id: ID! sku: String! }
        type T2 @key(fields: "id") { id: ID! size0: Int }
        --- s0 apollo
        type T2 @key(fields: "id") @key(fields: "sku") { id: ID! sku: String! }
        """,
        "{ t0 { ... on T2 { size0 } ... on T1 { label1 } } }",
        """
        6 fetches, 4 deep, estimated cost 606
          0 s3
            1 s4 at t0
              2 s5 at t0
                3 s1 at t0
              4 s0 at t0
                5 s5 at t0

        0 s3, cost 102
          why: s3 serves Query.t0
          {
            t0 {
              sku
            }
          }

        1 s4 at t0 after 0, cost 100
          why: s4 tells which M1 each object is; entered by sku
          for each T1|T2
          $representations: [_Any!]! = { __typename: "M1", sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        2 s5 at t0 after 1, cost 101
          why: s5 serves T1.id; entered by sku
          for each T1
          $representations: [_Any!]! = { __typename, sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T1 {
                id
              }
            }
          }

        3 s1 at t0 after 2, cost 101
          why: s1 serves T1.label1; entered by id
          for each T1
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T1 {
                label1
              }
            }
          }

        4 s0 at t0 after 1, cost 101
          why: s0 serves T2.id; entered by sku
          for each T2
          $representations: [_Any!]! = { __typename, sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T2 {
                id
              }
            }
          }

        5 s5 at t0 after 4, cost 101
          why: s5 serves T2.size0; entered by id
          for each T2
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T2 {
                size0
              }
            }
          }
        """);
}
