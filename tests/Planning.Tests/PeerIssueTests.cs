using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Plans that went wrong in other gateways, one test for each report: its number, and what is to happen instead.</summary>
public sealed class PeerIssueTests
{
    [Fact]
    public void Federation_2935_an_interface_with_70_implementations_is_not_taken_apart_where_one_source_has_its_field() => PlanTest.Check(
        "--- a apollo\ntype Query { identity(id: ID!): Identity }\ninterface Identity { id: ID! }\ninterface FactoryUnit { unitState: State }\ntype State { id: ID! }\n"
        + string.Join('\n', Enumerable.Range(0, 70).Select(i => $"type U{i} implements Identity & FactoryUnit @key(fields: \"id\") {{ id: ID! unitState: State }}"))
        + "\n--- b apollo\ninterface FactoryUnit { unitState: State }\ntype State { id: ID! }\n"
        + string.Join('\n', Enumerable.Range(0, 70).Select(i => $"type U{i} implements FactoryUnit @key(fields: \"id\") {{ id: ID! unitState: State extra{i}: Int }}")),
        "{ identity(id: 1) { id ... on FactoryUnit { unitState { id } } } }",
        """
        1 fetch, 1 deep, estimated cost 104
          0 a

        0 a, cost 104
          why: a serves Query.identity
          {
            identity(id: 1) {
              __typename
              id
              ... on FactoryUnit {
                unitState {
                  id
                }
              }
            }
          }
        """);

    [Fact]
    public void Federation_2137_typename_and_its_aliases_are_no_choice_of_a_source() => PlanTest.Check(
        """
        --- a apollo
        type Query { me: User }
        type User @key(fields: "id") { id: ID! friend: User home: Home }
        type Home { zip: String }
        --- b apollo
        type Query { me: User }
        type User @key(fields: "id") { id: ID! friend: User home: Home name: String }
        type Home { zip: String }
        --- c apollo
        type Query { me: User }
        type User @key(fields: "id") { id: ID! friend: User home: Home }
        type Home { zip: String }
        """,
        "{ me { __typename kind: __typename friend { __typename kind: __typename name home { __typename kind: __typename } } } }",
        """
        1 fetch, 1 deep, estimated cost 104
          0 b

        0 b, cost 104
          why: b serves Query.me
          {
            me {
              friend {
                name
                home {
                  __typename
                }
              }
            }
          }
        """);

    [Fact]
    public void Hive_router_1217_a_requirement_is_not_sought_through_a_key_that_is_the_requirement_itself() => PlanTest.Check(
        """
        --- a apollo
        type Query { part: Part }
        type Part @key(fields: "id") { id: ID! }
        --- b apollo
        type Part @key(fields: "code") { code: String }
        --- c apollo
        type Part @key(fields: "id") @key(fields: "code") { id: ID! code: String }
        --- d apollo
        type Part @key(fields: "code") @key(fields: "id") { id: ID! code: String @external label: String @requires(fields: "code") }
        """,
        "{ part { label } }",
        """
        3 fetches, 3 deep, estimated cost 304
          0 a
            1 c at part
              2 d at part

        0 a, cost 102
          why: a serves Query.part
          {
            part {
              id
            }
          }

        1 c at part after 0, cost 101
          why: c serves Part.code; entered by id
          for each Part
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Part {
                code
              }
            }
          }

        2 d at part after 1, cost 101
          why: d serves Part.label; entered by id; carries code
          for each Part
          $representations: [_Any!]! = { __typename, id: ~id, code: ~code }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Part {
                label
              }
            }
          }
        """);

    [Fact]
    public void Hive_router_1217_a_key_that_shares_only_its_first_field_with_what_is_sought_is_a_way() => PlanTest.Check(
        """
        --- a apollo
        type Query { part: Part }
        type Part { maker: Maker }
        type Maker { code: String }
        --- b apollo
        type Part @key(fields: "maker { code }") { maker: Maker }
        type Maker { code: String address: Address }
        type Address { city: String }
        """,
        "{ part { maker { address { city } } } }",
        """
        2 fetches, 2 deep, estimated cost 206
          0 a
            1 b at part

        0 a, cost 103
          why: a serves Query.part
          {
            part {
              maker {
                code
              }
            }
          }

        1 b at part after 0, cost 103
          why: b serves Part.maker; entered by maker { code }
          for each Part
          $representations: [_Any!]! = { __typename, maker: maker { code: ~code } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Part {
                maker {
                  address {
                    city
                  }
                }
              }
            }
          }
        """);

    [Fact]
    public void Hive_router_1070_a_source_that_is_entered_again_after_a_requirement_gets_the_typename_nobody_selected() => PlanTest.Check(
        """
        --- ads apollo
        type Query { ad: Ad }
        type Ad @key(fields: "id") { id: ID! branch: Branch contact: String @requires(fields: "branch { phone }") }
        type Branch @key(fields: "id") { id: ID! phone: String @external }
        --- organizations apollo
        type Branch @key(fields: "id") { id: ID! phone: String }
        """,
        "{ ad { contact } }",
        """
        3 fetches, 3 deep, estimated cost 306
          0 ads
            1 organizations at ad.~branch
              2 ads at ad

        0 ads, cost 104
          why: ads serves Query.ad
          {
            ad {
              branch {
                id
              }
              id
            }
          }

        1 organizations at ad.~branch after 0, cost 101
          why: organizations serves Branch.phone; entered by id
          for each Branch
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Branch {
                phone
              }
            }
          }

        2 ads at ad after 1, cost 101
          why: ads serves Ad.contact; entered by id; carries branch { phone }
          for each Ad
          $representations: [_Any!]! = { __typename, id: ~id, branch: ~branch { phone: ~phone } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Ad {
                contact
              }
            }
          }
        """);

    [Fact]
    public void Hive_router_1099_a_key_of_typename_alone_is_a_key() => PlanTest.Check(
        """
        --- warehouse apollo
        type Query { entry: Entry }
        type Entry @key(fields: "__typename") { sku: String! }
        --- reviews apollo
        type Entry @key(fields: "__typename") { rating: Rating! }
        type Rating { score: Int! }
        """,
        "{ entry { sku rating { score } } }",
        """
        2 fetches, 2 deep, estimated cost 204
          0 warehouse
            1 reviews at entry

        0 warehouse, cost 102
          why: warehouse serves Query.entry
          {
            entry {
              sku
            }
          }

        1 reviews at entry after 0, cost 102
          why: reviews serves Entry.rating; entered by __typename
          for each Entry
          $representations: [_Any!]! = { __typename }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Entry {
                rating {
                  score
                }
              }
            }
          }
        """);

    [Fact]
    public void Graphql_go_tools_1551_each_requirement_has_its_own_arguments_also_nested_and_beside_the_clients() => PlanTest.Check(
        """
        --- a apollo
        type Query { product: Product }
        type Product @key(fields: "id") { id: ID! offer(country: String): Offer }
        type Offer { price(currency: String): Int }
        --- b apollo
        type Product @key(fields: "id") {
          id: ID!
          offer(country: String): Offer @external
          german: Int @requires(fields: "offer(country: \"DE\") { price(currency: \"EUR\") }")
          swiss: Int @requires(fields: "offer(country: \"DE\") { price(currency: \"CHF\") }")
        }
        type Offer { price(currency: String): Int @external }
        """,
        "{ product { german swiss offer(country: \"US\") { price(currency: \"USD\") } } }",
        """
        3 fetches in 2 requests, 2 deep, estimated cost 209
          0 a
            1 b at product
            2 b at product

        0 a, cost 107
          why: a serves Query.product
          {
            product {
              offer(country: "US") {
                price(currency: "USD")
              }
              offer_2: offer(country: "DE") {
                price(currency: "EUR")
                price_2: price(currency: "CHF")
              }
              id
            }
          }

        1 b at product after 0, in one request with 2, cost 101
          why: b serves Product.german; entered by id; carries offer(country: "DE") { price(currency: "EUR") }
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id, offer: ~offer { price: ~price } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                german
              }
            }
          }

        2 b at product after 0, in one request with 1, cost 101
          why: b serves Product.swiss; entered by id; carries offer(country: "DE") { price(currency: "CHF") }
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id, offer: ~offer { price: ~price~2 } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                swiss
              }
            }
          }
        """);

    [Fact]
    public void Cosmo_1184_a_nested_key_that_is_not_resolvable_where_it_stands_enters_the_other_source() => PlanTest.Check(
        """
        --- reports apollo
        type Query { reports: [Report] }
        type Report @shareable { documents: [Document] }
        type Document @key(fields: "number type { code }", resolvable: false) @shareable { number: ID! type: Type }
        type Type @key(fields: "code", resolvable: false) @shareable { code: String }
        --- documents apollo
        type Document @key(fields: "number type { code }") { number: ID! type: Type payeeAmount: Int }
        type Type @key(fields: "code") @shareable { code: String name: String }
        """,
        "{ reports { documents { payeeAmount type { name } } } }",
        """
        2 fetches, 2 deep, estimated cost 811
          0 reports
            1 documents at reports[].documents[]

        0 reports, cost 411
          why: reports serves Query.reports
          {
            reports {
              documents {
                number
                type {
                  code
                }
              }
            }
          }

        1 documents at reports[].documents[] after 0, cost 400
          why: documents serves Document.payeeAmount, Document.type; entered by number type { code }
          for each Document
          $representations: [_Any!]! = { __typename, number: ~number, type: type { code: ~code } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Document {
                payeeAmount
                type {
                  name
                }
              }
            }
          }
        """);
}
