using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// A field that another one requires is fetched for that one. What the client asks below it of types that never come there is then no reason to ask
/// anybody, and nothing is missing.
/// </summary>
public sealed class SettledDemandTests
{
    // Two sources have the plants of a bed, so that whoever alone has the price is asked for first. No fern is among them.
    private const string Beds =
        """
        --- garden apollo
        type Query { bed: Bed }
        type Bed @key(fields: "id") { id: ID! }
        --- east apollo
        interface Plant { id: ID! }
        type Rose implements Plant @key(fields: "id") { id: ID! pot: Pot @shareable }
        type Pot { plant: Plant @shareable }
        type Bed @key(fields: "id") { id: ID! plants: [Plant] @shareable }
        --- west apollo
        interface Plant { id: ID! }
        type Rose implements Plant @key(fields: "id") { id: ID! pot: Pot @shareable }
        type Pot { plant: Plant @shareable }
        type Bed @key(fields: "id") { id: ID! plants: [Plant] @shareable }
        --- shop apollo
        interface Plant { id: ID! }
        type Rose implements Plant @key(fields: "id") { id: ID! pot: Pot @external }
        type Pot { plant: Plant @external }
        type Fern implements Plant @key(fields: "id") { id: ID! size: Int @external height: Int @requires(fields: "size") }
        type Bed @key(fields: "id") {
          id: ID!
          plants: [Plant] @external
          price: Int @requires(fields: "plants { id }")
          depth: Int @requires(fields: "plants { ... on Rose { pot { plant { id } } } }")
        }

        """;

    [Fact]
    public void Of_types_that_never_come_below_a_required_field_nothing_is_missing() => PlanTest.Check(
        Beds, "{ bed { plants { ... on Fern { height } } price } }",
        """
        3 fetches, 3 deep, estimated cost 314
          0 garden
            1 east at bed
              2 shop at bed

        0 garden, cost 102
          why: garden serves Query.bed
          {
            bed {
              id
            }
          }

        1 east at bed after 0, cost 111
          why: east serves Bed.plants; entered by id
          for each Bed
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Bed {
                plants {
                  __typename
                  id
                }
              }
            }
          }

        2 shop at bed after 1, cost 101
          why: shop serves Bed.price; entered by id; carries plants { id }
          for each Bed
          $representations: [_Any!]! = { __typename, id: ~id, plants: plants[] { __typename, id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Bed {
                price
              }
            }
          }
        """);

    [Fact]
    public void Neither_further_down() => PlanTest.Check(
        Beds, "{ bed { plants { ... on Rose { pot { plant { ... on Fern { height } } } } } depth } }",
        """
        3 fetches, 3 deep, estimated cost 334
          0 garden
            1 east at bed
              2 shop at bed

        0 garden, cost 102
          why: garden serves Query.bed
          {
            bed {
              id
            }
          }

        1 east at bed after 0, cost 131
          why: east serves Bed.plants; entered by id
          for each Bed
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Bed {
                plants {
                  __typename
                  ... on Rose {
                    pot {
                      plant {
                        __typename
                        id
                      }
                    }
                  }
                }
              }
            }
          }

        2 shop at bed after 1, cost 101
          why: shop serves Bed.depth; entered by id; carries plants { ... on Rose { pot { plant { id } } } }
          for each Bed
          $representations: [_Any!]! = { __typename, id: ~id, plants: plants[] { __typename, <Rose> pot: pot { plant: plant { __typename, id: ~id } } } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Bed {
                depth
              }
            }
          }
        """);
}
