using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Fifteen ways in which federated plans go wrong elsewhere, one test or more for each.</summary>
public sealed class PitfallTests
{
    [Fact]
    public void Pitfall_01_the_cheapest_path_of_each_leaf_would_add_a_fetch() => PlanTest.Check(
        """
        --- a apollo
        type Query { me: User }
        type User @key(fields: "id") { id: ID! }
        --- b apollo
        type User @key(fields: "id") { id: ID! name: String }
        --- c apollo
        type User @key(fields: "id") { id: ID! name: String age: Int }
        """,
        "{ me { name age } }",
        """
        2 fetches, 2 deep, estimated cost 204
          0 a
            1 c at me

        0 a, cost 102
          why: a serves Query.me
          {
            me {
              id
            }
          }

        1 c at me after 0, cost 102
          why: c serves User.name, User.age; entered by id
          for each User
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on User {
                name
                age
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_02_a_field_left_to_a_source_that_is_asked_anyway_saves_a_fetch() => PlanTest.Check(
        """
        --- a apollo
        type Query { me: User }
        type User @key(fields: "id") { id: ID! favorite: Product }
        type Product @key(fields: "sku") { sku: ID! }
        --- b apollo
        type User @key(fields: "id") { id: ID! age: Int favorite: Product }
        type Product @key(fields: "sku") { sku: ID! title: String }
        """,
        "{ me { age favorite { title } } }",
        """
        2 fetches, 2 deep, estimated cost 205
          0 a
            1 b at me

        0 a, cost 102
          why: a serves Query.me
          {
            me {
              id
            }
          }

        1 b at me after 0, cost 103
          why: b serves User.age, User.favorite; entered by id
          for each User
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on User {
                age
                favorite {
                  title
                }
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_03_typename_is_asked_of_abstract_positions_only_and_costs_no_decision() => PlanTest.Check(
        """
        --- a apollo
        type Query { me: User found: [Found] }
        type User @key(fields: "id") { id: ID! }
        union Found = User | Page
        type Page { url: String }
        --- b apollo
        type User @key(fields: "id") { id: ID! name: String }
        """,
        "{ __typename me { __typename } found { __typename kind: __typename ... on User { __typename name } } }",
        """
        2 fetches, 2 deep, estimated cost 222
          0 a
            1 b at found[]

        0 a, cost 112
          why: a serves Query.me, Query.found
          {
            me {
              __typename
            }
            found {
              __typename
              ... on User {
                id
              }
            }
          }

        1 b at found[] after 0, cost 110
          why: b serves User.name; entered by id
          for each User
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on User {
                name
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_04_requirements_in_a_circle_end_as_errors_not_as_loops() => PlanTest.Check(
        """
        --- a apollo
        type Query { me: User }
        type User @key(fields: "id") { id: ID! name: String }
        --- b apollo
        type User @key(fields: "id") { id: ID! y: Int @external x: Int @requires(fields: "y") }
        --- c apollo
        type User @key(fields: "id") { id: ID! x: Int @external y: Int @requires(fields: "x") }
        """,
        "{ me { name x } }",
        """
        1 fetch, 1 deep, estimated cost 102
          0 a

        0 a, cost 102
          why: a serves Query.me
          {
            me {
              name
            }
          }

        null with an error: User.x on User
          No source can give User.x at User.x: b cannot be entered, since what its lookup or the field requires is not known here; c has it as external.
        """);

    [Fact]
    public void Pitfall_04_requirements_chain_over_sources() => PlanTest.Check(
        """
        --- a apollo
        type Query { product: Product }
        type Product @key(fields: "id") { id: ID! price: Int }
        --- b apollo
        type Product @key(fields: "id") { id: ID! price: Int @external hasDiscount: Boolean @requires(fields: "price") }
        --- c apollo
        type Product @key(fields: "id") { id: ID! hasDiscount: Boolean @external isExpensive: Boolean @requires(fields: "hasDiscount") }
        --- d apollo
        type Product @key(fields: "id") { id: ID! isExpensive: Boolean @external canAfford: Boolean @requires(fields: "isExpensive") }
        """,
        "{ product { canAfford } }",
        """
        4 fetches, 4 deep, estimated cost 406
          0 a
            1 b at product
              2 c at product
                3 d at product

        0 a, cost 103
          why: a serves Query.product
          {
            product {
              price
              id
            }
          }

        1 b at product after 0, cost 101
          why: b serves Product.hasDiscount; entered by id; carries price
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id, price: ~price }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                hasDiscount
              }
            }
          }

        2 c at product after 1, cost 101
          why: c serves Product.isExpensive; entered by id; carries hasDiscount
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id, hasDiscount: ~hasDiscount }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                isExpensive
              }
            }
          }

        3 d at product after 2, cost 101
          why: d serves Product.canAfford; entered by id; carries isExpensive
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id, isExpensive: ~isExpensive }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                canAfford
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_05_one_required_field_with_different_arguments_needs_two_representations() => PlanTest.Check(
        """
        --- a apollo
        type Query { product: Product }
        type Product @key(fields: "id") { id: ID! price(currency: String): Int }
        --- b apollo
        type Product @key(fields: "id") {
          id: ID!
          price(currency: String): Int @external
          inEuro: Int @requires(fields: "price(currency: \"EUR\")")
          inDollar: Int @requires(fields: "price(currency: \"USD\")")
        }
        """,
        "{ product { inEuro inDollar } }",
        """
        3 fetches, 2 deep, estimated cost 306
          0 a
            1 b at product
            2 b at product

        0 a, cost 104
          why: a serves Query.product
          {
            product {
              price(currency: "EUR")
              id
              price_2: price(currency: "USD")
            }
          }

        1 b at product after 0, cost 101
          why: b serves Product.inEuro; entered by id; carries price(currency: "EUR")
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id, price: ~price }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                inEuro
              }
            }
          }

        2 b at product after 0, cost 101
          why: b serves Product.inDollar; entered by id; carries price(currency: "USD")
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id, price: ~price~2 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                inDollar
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_06_a_required_field_that_the_client_selects_under_another_alias_is_read_from_there() => PlanTest.Check(
        """
        --- a apollo
        type Query { product: Product }
        type Product @key(fields: "id") { id: ID! sku: String weight(unit: String): Int price: Int }
        --- b apollo
        type Product @key(fields: "id") {
          id: ID!
          weight(unit: String): Int @external
          price: Int @external
          shipping: Int @requires(fields: "price weight(unit: \"g\")")
        }
        """,
        "{ product { id: sku cost: price weight(unit: \"kg\") shipping } }",
        """
        2 fetches, 2 deep, estimated cost 207
          0 a
            1 b at product

        0 a, cost 106
          why: a serves Query.product
          {
            product {
              id: sku
              cost: price
              weight(unit: "kg")
              weight_2: weight(unit: "g")
              id_2: id
            }
          }

        1 b at product after 0, cost 101
          why: b serves Product.shipping; entered by id; carries price weight(unit: "g")
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id, price: cost, weight: ~weight }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                shipping
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_07_a_union_member_that_a_source_does_not_know_is_never_sent_there() => PlanTest.Check(
        """
        --- a apollo
        type Query { viewer: Viewer }
        type Viewer @key(fields: "id") { id: ID! media: Media }
        union Media = Book | Movie
        type Book { title: String }
        type Movie { title: String }
        --- b apollo
        type Viewer @key(fields: "id") { id: ID! song: Media }
        union Media = Book | Song
        type Book { title: String }
        type Song { title: String }
        """,
        "{ viewer { media { ... on Book { title } ... on Movie { title } ... on Song { title } } song { ... on Book { title } ... on Movie { title } ... on Song { title } } } }",
        """
        2 fetches, 2 deep, estimated cost 208
          0 a
            1 b at viewer

        0 a, cost 105
          why: a serves Query.viewer
          {
            viewer {
              media {
                __typename
                ... on Book {
                  title
                }
                ... on Movie {
                  title
                }
              }
              id
            }
          }

        1 b at viewer after 0, cost 103
          why: b serves Viewer.song; entered by id
          for each Viewer
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Viewer {
                song {
                  __typename
                  ... on Book {
                    title
                  }
                  ... on Song {
                    title
                  }
                }
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_08_one_response_key_with_different_types_is_aliased() => PlanTest.Check(
        """
        --- a
        type Query { accounts: [Account!]! }
        union Account = User | Admin
        type User { id: ID! name: String similar: [User!]! }
        type Admin { id: ID name: String similar: [Admin!] }
        --- b
        type Query { user: User }
        type User { id: ID name: String similar: [User!] }
        """,
        "{ accounts { ... on User { id name similar { id } } ... on Admin { id name similar { id } } } }",
        """
        1 fetch, 1 deep, estimated cost 361
          0 a

        0 a, cost 361
          why: a serves Query.accounts
          {
            accounts {
              __typename
              ... on User {
                id
                name
                similar {
                  id
                }
              }
              ... on Admin {
                id_2: id
                name
                similar_2: similar {
                  id
                }
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_09_an_interface_object_learns_the_runtime_type_from_the_interface_s_home() => PlanTest.Check(
        """
        --- a apollo
        type Query { medias: [Media] }
        interface Media @key(fields: "id") { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
        type Film implements Media @key(fields: "id") { id: ID! title: String }
        --- b apollo
        type Query { top: [Media] }
        type Media @key(fields: "id") @interfaceObject { id: ID! score: Int reviews: [Review] }
        type Review { text: String }
        """,
        "{ top { __typename id score title ... on Book { pages reviews { text } } } medias { title score } }",
        """
        5 fetches, 3 deep, estimated cost 682
          0 b
            1 a at top[]
              2 b at top[]
          3 a
            4 b at medias[]

        0 b, cost 121
          why: b serves Query.top
          {
            top {
              id
              score
            }
          }

        1 a at top[] after 0, cost 120
          why: a serves Media.title, Book.pages and tells which Media each object is; entered by id
          for each Book|Film
          $representations: [_Any!]! = { __typename: "Media", id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
              ... on Media {
                title
              }
              ... on Book {
                pages
              }
            }
          }

        2 b at top[] after 1, cost 210
          why: b serves Book.reviews; entered by id
          for each Book
          $representations: [_Any!]! = { __typename: "Media", id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                reviews {
                  text
                }
              }
            }
          }

        3 a, cost 121
          why: a serves Query.medias
          {
            medias {
              __typename
              title
              id
            }
          }

        4 b at medias[] after 3, cost 110
          why: b serves Media.score; entered by id
          for each Book|Film
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                score
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_09_an_interface_object_alone_needs_no_other_source_when_nobody_asks_for_the_type() => PlanTest.Check(
        """
        --- a apollo
        type Query { medias: [Media] }
        interface Media @key(fields: "id") { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String }
        --- b apollo
        type Query { top: [Media] }
        type Media @key(fields: "id") @interfaceObject { id: ID! score: Int }
        """,
        "{ top { id score } }",
        """
        1 fetch, 1 deep, estimated cost 121
          0 b

        0 b, cost 121
          why: b serves Query.top
          {
            top {
              id
              score
            }
          }
        """);

    [Fact]
    public void Pitfall_10_provided_fields_are_served_on_their_path_alone() => PlanTest.Check(
        """
        --- a apollo
        type Query { top: Product @provides(fields: "name ... on Product { maker { name } }") other: Product }
        type Product @key(fields: "id") { id: ID! name: String @external maker: Maker @external }
        type Maker { name: String @external }
        --- b apollo
        type Product @key(fields: "id") { id: ID! name: String maker: Maker }
        type Maker { name: String }
        """,
        "{ top { name maker { name } } other { name maker { name } } }",
        """
        2 fetches, 2 deep, estimated cost 209
          0 a
            1 b at other

        0 a, cost 106
          why: a serves Query.top, Query.other
          {
            top {
              name
              maker {
                name
              }
            }
            other {
              id
            }
          }

        1 b at other after 0, cost 103
          why: b serves Product.name, Product.maker; entered by id
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                name
                maker {
                  name
                }
              }
            }
          }
        """);

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
    public void Pitfall_15_a_shared_mutation_runs_once_and_a_fetch_never_joins_its_own_ancestor() => PlanTest.Check(
        """
        --- a apollo
        type Query { x: Int }
        type Mutation { add: Cart }
        type Cart @key(fields: "id") { id: ID! count: Int }
        --- b apollo
        type Query { x: Int }
        type Mutation { add: Cart }
        type Cart @key(fields: "id") { id: ID! total: Int best: Cart }
        """,
        "mutation { add { count total best { count total } } }",
        """
        3 fetches, 2 deep, estimated cost 308
          0 b
            1 a at add.best
            2 a at add

        0 b, cost 106
          why: b serves Mutation.add
          mutation {
            add {
              total
              best {
                total
                id
              }
              id
            }
          }

        1 a at add.best after 0, cost 101
          why: a serves Cart.count; entered by id
          for each Cart
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Cart {
                count
              }
            }
          }

        2 a at add after 0, cost 101
          why: a serves Cart.count; entered by id
          for each Cart
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Cart {
                count
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
