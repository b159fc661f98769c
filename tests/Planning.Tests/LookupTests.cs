using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Entities of Composite Schemas sources, entered by lookup fields.</summary>
public sealed class LookupTests
{
    private const string Shop = """
        --- users
        type Query { users(first: Int): UserConnection userById(id: ID!): User @lookup }
        type UserConnection { nodes: [User!] }
        type User @key(fields: "id") { id: ID! name: String! loyaltyTier: String! }
        --- orders
        type Query { orderById(id: ID!): Order @lookup userById(id: ID!): User @lookup @internal }
        type User @key(fields: "id") { id: ID! orders(first: Int): OrderConnection lifetimeSpend: Money }
        type OrderConnection { nodes: [Order!] }
        type Order @key(fields: "id") { id: ID! number: String! total: Money! items: [OrderItem!]! }
        type OrderItem { quantity: Int! product: Product! }
        type Product { name: String! }
        type Money { amount: String! currency: String! }
        --- payments
        type Query { orderById(id: ID!): Order @lookup @internal userById(id: ID!): User @lookup @internal }
        type Order @key(fields: "id") {
          id: ID!
          payments: [Payment!]
          amountDue(total: MoneyInput! @require(field: "total.{ amount currency }")): Money
        }
        type User @key(fields: "id") {
          id: ID!
          riskScore(tier: String! @require(field: "loyaltyTier") spend: MoneyInput @require(field: "lifetimeSpend.{ amount currency }")): Int
        }
        type Payment { status: String! method: PaymentMethod! }
        union PaymentMethod = CardPayment | BankTransfer
        type CardPayment { brand: String! }
        type BankTransfer { bankName: String! }
        type Money { amount: String! currency: String! }
        input MoneyInput { amount: String! currency: String! }
        """;

    [Fact]
    public void One_graph_over_three_services_takes_three_requests() => PlanTest.Check(
        Shop,
        """
        { users(first: 5) { nodes { name orders(first: 3) { nodes { number total { amount currency }
            items { quantity product { name } } payments { status method { __typename } } amountDue { amount currency } } } } } }
        """,
        """
        3 fetches, 3 deep, estimated cost 6342
          0 users
            1 orders at users.nodes[]
              2 payments at users.nodes[].orders.nodes[]

        0 users, cost 122
          why: users serves Query.users
          {
            users(first: 5) {
              nodes {
                name
                id
              }
            }
          }

        1 orders at users.nodes[] after 0, cost 3720
          why: orders serves User.orders; entered by id
          for each User
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            userById(id: $__gg_1_id) {
              orders(first: 3) {
                nodes {
                  number
                  total {
                    amount
                    currency
                  }
                  items {
                    quantity
                    product {
                      name
                    }
                  }
                  id
                }
              }
            }
          }

        2 payments at users.nodes[].orders.nodes[] after 1, cost 2500
          why: payments serves Order.payments, Order.amountDue; entered by id; carries total { amount currency }
          for each Order
          $__gg_1_id: ID! = ~id
          $__gg_2_total: MoneyInput! = total { amount, currency }
          query ($__gg_1_id: ID!, $__gg_2_total: MoneyInput!) {
            orderById(id: $__gg_1_id) {
              payments {
                status
                method {
                  __typename
                }
              }
              amountDue(total: $__gg_2_total) {
                amount
                currency
              }
            }
          }
        """);

    [Fact]
    public void A_requirement_over_two_other_sources_waits_for_both() => PlanTest.Check(
        Shop,
        "{ users { nodes { riskScore } } }",
        """
        3 fetches, 3 deep, estimated cost 362
          0 users
            1 orders at users.nodes[]
              2 payments at users.nodes[]

        0 users, cost 122
          why: users serves Query.users
          {
            users {
              nodes {
                loyaltyTier
                id
              }
            }
          }

        1 orders at users.nodes[] after 0, cost 130
          why: orders serves User.lifetimeSpend; entered by id
          for each User
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            userById(id: $__gg_1_id) {
              lifetimeSpend {
                amount
                currency
              }
            }
          }

        2 payments at users.nodes[] after 1, cost 110
          why: payments serves User.riskScore; entered by id; carries loyaltyTier lifetimeSpend { amount currency }
          for each User
          $__gg_1_id: ID! = ~id
          $__gg_2_tier: String! = ~loyaltyTier
          $__gg_3_spend: MoneyInput or null = ~lifetimeSpend { amount: ~amount, currency: ~currency }
          query ($__gg_1_id: ID!, $__gg_2_tier: String!, $__gg_3_spend: MoneyInput) {
            userById(id: $__gg_1_id) {
              riskScore(tier: $__gg_2_tier, spend: $__gg_3_spend)
            }
          }
        """);

    [Fact]
    public void A_required_null_that_the_source_cannot_take_skips_only_its_own_field() => PlanTest.Check(
        """
        --- catalog
        type Query { product: Product }
        type Product @key(fields: "id") { id: ID! weight: Int }
        --- shipping
        type Query { productById(id: ID!): Product @lookup }
        type Product @key(fields: "id") { id: ID! stock: Int cost(weight: Int! @require(field: "weight")): Int box(weight: Int! @require(field: "weight")): String }
        """,
        "{ product { stock cost box } }",
        """
        3 fetches in 2 requests, 2 deep, estimated cost 206
          0 catalog
            1 shipping at product
            2 shipping at product

        0 catalog, cost 103
          why: catalog serves Query.product
          {
            product {
              id
              weight
            }
          }

        1 shipping at product after 0, in one request with 2, cost 101
          why: shipping serves Product.stock; entered by id
          for each Product
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            productById(id: $__gg_1_id) {
              stock
            }
          }

        2 shipping at product after 0, in one request with 1, cost 102
          why: shipping serves Product.cost, Product.box; entered by id; carries weight
          for each Product
          $__gg_1_id: ID! = ~id
          $__gg_2_weight: Int! = ~weight
          query ($__gg_1_id: ID!, $__gg_2_weight: Int!) {
            productById(id: $__gg_1_id) {
              cost(weight: $__gg_2_weight)
              box(weight: $__gg_2_weight)
            }
          }
        """);

    [Fact]
    public void Several_lookups_with_different_keys_the_one_whose_key_is_there_is_taken() => PlanTest.Check(
        """
        --- a
        type Query { me: User }
        type User @key(fields: "email") { email: String! }
        --- b
        type Query { userById(id: ID!): User @lookup userByMail(address: String! @is(field: "email")): User @lookup }
        type User @key(fields: "id") @key(fields: "email") { id: ID! email: String! name: String }
        """,
        "{ me { name } }",
        """
        2 fetches, 2 deep, estimated cost 203
          0 a
            1 b at me

        0 a, cost 102
          why: a serves Query.me
          {
            me {
              email
            }
          }

        1 b at me after 0, cost 101
          why: b serves User.name; entered by email
          for each User
          $__gg_1_address: String! = ~email
          query ($__gg_1_address: String!) {
            userByMail(address: $__gg_1_address) {
              name
            }
          }
        """);

    [Fact]
    public void A_key_that_only_a_third_source_has_takes_two_hops() => PlanTest.Check(
        """
        --- a
        type Query { me: User }
        type User @key(fields: "email") { email: String! }
        --- b
        type Query { userByMail(email: String!): User @lookup }
        type User @key(fields: "id") @key(fields: "email") { id: ID! email: String! }
        --- c
        type Query { userById(id: ID!): User @lookup }
        type User @key(fields: "id") { id: ID! name: String }
        """,
        "{ me { name } }",
        """
        3 fetches, 3 deep, estimated cost 304
          0 a
            1 b at me
              2 c at me

        0 a, cost 102
          why: a serves Query.me
          {
            me {
              email
            }
          }

        1 b at me after 0, cost 101
          why: b serves User.id; entered by email
          for each User
          $__gg_1_email: String! = ~email
          query ($__gg_1_email: String!) {
            userByMail(email: $__gg_1_email) {
              id
            }
          }

        2 c at me after 1, cost 101
          why: c serves User.name; entered by id
          for each User
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            userById(id: $__gg_1_id) {
              name
            }
          }
        """);

    [Fact]
    public void Compound_and_nested_keys_become_one_input_for_each_argument() => PlanTest.Check(
        """
        --- a
        type Query { user: User }
        type User @key(fields: "id org { id }") { id: ID! org: Org! name: String }
        type Org { id: ID! }
        --- b
        type Query { userBy(id: ID!, orgId: ID! @is(field: "org.id")): User @lookup member(key: MemberKey! @is(field: "{ user: id org: org.id }")): User @lookup }
        type User @key(fields: "id org { id }") { id: ID! org: Org! age: Int }
        type Org { id: ID! }
        input MemberKey { user: ID! org: ID! }
        """,
        "{ user { name age } }",
        """
        2 fetches, 2 deep, estimated cost 206
          0 a
            1 b at user

        0 a, cost 105
          why: a serves Query.user
          {
            user {
              name
              id
              org {
                id
              }
            }
          }

        1 b at user after 0, cost 101
          why: b serves User.age; entered by id org { id }
          for each User
          $__gg_1_id: ID! = ~id
          $__gg_2_orgId: ID! = ~org { ~id }
          query ($__gg_1_id: ID!, $__gg_2_orgId: ID!) {
            userBy(id: $__gg_1_id, orgId: $__gg_2_orgId) {
              age
            }
          }
        """);

    [Fact]
    public void A_nested_lookup_is_reached_through_its_path() => PlanTest.Check(
        """
        --- a
        type Query { me: User }
        type User @key(fields: "id") { id: ID! }
        --- b
        type Query { accounts: Accounts! @internal }
        type Accounts @internal { users: Users! }
        type Users @internal { byId(id: ID!): User @lookup }
        type User @key(fields: "id") { id: ID! name(style: String): String }
        """,
        "query($style: String = \"short\") { me { id name(style: $style) } }",
        """
        2 fetches, 2 deep, estimated cost 203
          0 a
            1 b at me

        0 a, cost 102
          why: a serves Query.me
          {
            me {
              id
            }
          }

        1 b at me after 0, cost 101
          why: b serves User.name; entered by id
          for each User
          $__gg_1_id: ID! = id
          query ($style: String = "short", $__gg_1_id: ID!) {
            accounts {
              users {
                byId(id: $__gg_1_id) {
                  name(style: $style)
                }
              }
            }
          }
        """);

    [Fact]
    public void A_lookup_that_returns_an_interface_enters_all_its_types_at_once() => PlanTest.Check(
        """
        --- a
        type Query { items: [Item!] }
        interface Item { id: ID! }
        type Book implements Item @key(fields: "id") { id: ID! }
        type Film implements Item @key(fields: "id") { id: ID! }
        --- b
        type Query { node(id: ID!): Node @lookup }
        interface Node { id: ID! }
        type Book implements Node @key(fields: "id") { id: ID! pages: Int title: String }
        type Film implements Node @key(fields: "id") { id: ID! minutes: Int title: String }
        """,
        "{ items { __typename ... on Book { pages title } ... on Film { minutes title } } }",
        """
        2 fetches, 2 deep, estimated cost 251
          0 a
            1 b at items[]

        0 a, cost 111
          why: a serves Query.items
          {
            items {
              __typename
              id
            }
          }

        1 b at items[] after 0, cost 140
          why: b serves Book.pages, Book.title, Film.minutes, Film.title; entered by id
          for each Book|Film
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            node(id: $__gg_1_id) {
              ... on Book {
                pages
                title
              }
              ... on Film {
                minutes
                title
              }
            }
          }
        """);

    // The names of a batch are longer, so that its lines break where those of the single call do not.
    [Fact]
    public void A_call_of_some_eighty_letters_is_the_same_one_in_a_batch() => Assert.Equal(2, PlanTest.Plan(
        """
        --- a
        type Query { ts: [T] }
        type T @key(fields: "id") { id: ID! size0: Int label0: Int weight: Int }
        --- b
        type Query { tById(id: ID!): T @lookup }
        type T @key(fields: "id") { id: ID! c0(arg2T2: Int @require(field: "size0"), arg2T3: Int @require(field: "label0"), arg1: Int @require(field: "weight")): Int }
        """,
        "{ ts { label0: c0 } }").Steps.Length);
}
