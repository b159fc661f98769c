using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// What a fetch gives to a part of the objects above is not given to all of them: the verifier tells those apart by who brought them.
/// </summary>
public sealed class PartBroughtTests
{
    // The boxes of books and of films come by a lookup each, with a part of what is in them; another source adds the rest to all boxes. A plan that
    // leaves the former away for one of the two was not found wrong: it is one of the mutants.
    [Fact]
    public void What_is_below_objects_that_several_brought_is_looked_at_for_each_of_them() => PlanTest.Check(
        """
        --- home apollo
        type Query { item: Item }
        interface Item { id: ID! }
        type Book implements Item @key(fields: "id") { id: ID! }
        type Film implements Item @key(fields: "id") { id: ID! }
        --- shop
        type Query { bookOf(id: ID!): Book @lookup filmOf(id: ID!): Film @lookup }
        interface Item { box: Box }
        type Book implements Item @key(fields: "id") { id: ID! box: Box }
        type Film implements Item @key(fields: "id") { id: ID! box: Box }
        type Box @key(fields: "id") { id: ID! tag: Tag @shareable }
        type Tag { weight: Int @shareable }
        --- boxes apollo
        type Box @key(fields: "id") { id: ID! tag: Tag @shareable }
        type Tag { text: String }
        """,
        "{ item { box { tag { weight text } } } }",
        """
        4 fetches in 3 requests, 3 deep, estimated cost 312
          0 home
            1 shop at item
            2 shop at item
              3 boxes at item.box

        0 home, cost 102
          why: home serves Query.item
          {
            item {
              __typename
              id
            }
          }

        1 shop at item after 0, in one request with 2, cost 104
          why: shop serves Item.box; entered by id
          for each Book
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            bookOf(id: $__gg_1_id) {
              box {
                tag {
                  weight
                }
                id
              }
            }
          }

        2 shop at item after 0, in one request with 1, cost 104
          why: shop serves Item.box; entered by id
          for each Film
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            filmOf(id: $__gg_1_id) {
              box {
                tag {
                  weight
                }
                id
              }
            }
          }

        3 boxes at item.box after 1, 2, cost 102
          why: boxes serves Box.tag; entered by id
          for each Box
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Box {
                tag {
                  text
                }
              }
            }
          }
        """);
}
