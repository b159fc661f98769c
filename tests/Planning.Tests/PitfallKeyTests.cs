using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Ways in which federated plans go wrong elsewhere, one test or more for each. Pitfalls 11 to 14: keys, nulls, values without keys.</summary>
public sealed class PitfallKeyTests
{
    [Fact]
    public void Pitfall_11_an_external_key_of_an_extension_is_given_by_the_extending_source() => PlanTest.Check(
        """
        --- a apollo
        type Query { users: [User] }
        type User @key(fields: "id") { id: ID! name: String }
        --- b apollo
        type Query { latest: User }
        type User @key(fields: "id") { id: ID! @external name: String @external posts: Int }
        """,
        "{ latest { id name posts } }",
        """
        2 fetches, 2 deep, estimated cost 204
          0 b
            1 a at latest

        0 b, cost 103
          why: b serves Query.latest
          {
            latest {
              id
              posts
            }
          }

        1 a at latest after 0, cost 101
          why: a serves User.name; entered by id
          for each User
          $representations: [_Any!]! = { __typename, id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on User {
                name
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_12_a_key_that_is_not_resolvable_leads_nowhere_but_serves_as_key_for_others() => PlanTest.Check(
        """
        --- a apollo
        type Query { review: Review }
        type Review { product: Product }
        type Product @key(fields: "id") @key(fields: "sku", resolvable: false) { id: ID! sku: String }
        --- b apollo
        type Product @key(fields: "sku") { sku: String name: String }
        """,
        "{ review { product { name } } }",
        """
        2 fetches, 2 deep, estimated cost 204
          0 a
            1 b at review.product

        0 a, cost 103
          why: a serves Query.review
          {
            review {
              product {
                sku
              }
            }
          }

        1 b at review.product after 0, cost 101
          why: b serves Product.name; entered by sku
          for each Product
          $representations: [_Any!]! = { __typename, sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                name
              }
            }
          }
        """);

    // b could be entered at once by its id, were it not for resolvable: false.
    [Fact]
    public void Pitfall_12_a_key_that_is_not_resolvable_is_no_shorter_way() => PlanTest.Check(
        """
        --- a apollo
        type Query { product: Product }
        type Product @key(fields: "id") { id: ID! }
        --- b apollo
        type Product @key(fields: "id", resolvable: false) @key(fields: "sku") { id: ID! sku: String name: String }
        --- c apollo
        type Product @key(fields: "id") @key(fields: "sku") { id: ID! sku: String }
        """,
        "{ product { name } }",
        """
        3 fetches, 3 deep, estimated cost 304
          0 a
            1 c at product
              2 b at product

        0 a, cost 102
          why: a serves Query.product
          {
            product {
              id
            }
          }

        1 c at product after 0, cost 101
          why: c serves Product.sku; entered by id
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                sku
              }
            }
          }

        2 b at product after 1, cost 101
          why: b serves Product.name; entered by sku
          for each Product
          $representations: [_Any!]! = { __typename, sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                name
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_12_a_compound_key_needs_a_third_source() => PlanTest.Check(
        """
        --- a apollo
        type Query { product: Product }
        type Product @key(fields: "id") { id: ID! }
        --- b apollo
        type Product @key(fields: "id") { id: ID! category: Category }
        type Category @key(fields: "slug") { slug: String }
        --- c apollo
        type Product @key(fields: "id category { slug }") { id: ID! category: Category price: Int }
        type Category @key(fields: "slug") { slug: String }
        """,
        "{ product { price } }",
        """
        3 fetches, 3 deep, estimated cost 305
          0 a
            1 b at product
              2 c at product

        0 a, cost 102
          why: a serves Query.product
          {
            product {
              id
            }
          }

        1 b at product after 0, cost 102
          why: b serves Product.category; entered by id
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                category {
                  slug
                }
              }
            }
          }

        2 c at product after 1, cost 101
          why: c serves Product.price; entered by id category { slug }
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id, category: ~category { slug: ~slug } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                price
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_13_a_null_key_skips_the_item_and_a_null_requirement_does_not()
    {
        var plan = PlanTest.Plan(
            """
            --- a apollo
            type Query { products: [Product] }
            type Product @key(fields: "id") { id: ID weight: Int }
            --- b apollo
            type Product @key(fields: "id") { id: ID weight: Int @external cost: Int @requires(fields: "weight") }
            """,
            "{ products { cost } }");

        var input = Assert.Single(plan.Steps[1].Inputs);
        Assert.True(input.SkipsOnNull);
        var entries = Assert.IsType<ObjectTemplate>(input.Value).Entries;
        Assert.Equal([("__typename", true), ("id", true), ("weight", false)], entries.Select(entry => (entry.Name, entry.IsKey)));
    }

    [Fact]
    public void Pitfall_14_a_value_without_a_key_is_completed_from_the_entity_above_it() => PlanTest.Check(
        """
        --- a apollo
        type Query { product: Product }
        type Product @key(fields: "id") { id: ID! size: Size }
        type Size { width: Int }
        --- b apollo
        type Product @key(fields: "id") { id: ID! size: Size }
        type Size { height: Int depth: Int }
        """,
        "{ product { size { width height depth } } }",
        """
        2 fetches, 2 deep, estimated cost 207
          0 a
            1 b at product

        0 a, cost 104
          why: a serves Query.product
          {
            product {
              size {
                width
              }
              id
            }
          }

        1 b at product after 0, cost 103
          why: b serves Product.size; entered by id
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                size {
                  height
                  depth
                }
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_14_a_shared_root_field_is_completed_from_the_root() => PlanTest.Check(
        """
        --- a apollo
        type Query { settings: Settings }
        type Settings { language: String theme: Theme }
        type Theme { name: String }
        --- b apollo
        type Query { settings: Settings }
        type Settings { zone: String theme: Theme }
        type Theme { colors: [String] }
        """,
        "{ settings { language zone theme { name colors } } }",
        """
        2 fetches, 1 deep, estimated cost 208
          0 a
          1 b

        0 a, cost 104
          why: a serves Query.settings
          {
            settings {
              language
              theme {
                name
              }
            }
          }

        1 b, cost 104
          why: b serves Query.settings
          {
            settings {
              zone
              theme {
                colors
              }
            }
          }
        """);

    [Fact]
    public void What_no_source_can_give_is_named() => PlanTest.Check(
        """
        --- a apollo
        type Query { me: User }
        type User { id: ID! home: Home }
        type Home { zip: String }
        --- b apollo
        type User @key(fields: "mail") { mail: String name: String }
        """,
        "{ me { id name home { zip } } }",
        """
        1 fetch, 1 deep, estimated cost 104
          0 a

        0 a, cost 104
          why: a serves Query.me
          {
            me {
              id
              home {
                zip
              }
            }
          }

        null with an error: User.name on User
          No source can give User.name at User.name: b cannot be entered, since what its lookup or the field requires is not known here.
        """);
}
