using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>What abstract types provide, what is required through them, and what of it stays hidden.</summary>
public sealed class AbstractRequirementTests
{
    [Fact]
    public void What_is_provided_on_an_abstract_type_holds_for_the_types_that_it_names() => PlanTest.Check(
        """
        --- a apollo
        type Query { media: [Media] @provides(fields: "... on Book { title }") }
        interface Media { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! title: String @external }
        type Film implements Media @key(fields: "id") { id: ID! title: String @external }
        --- b apollo
        type Book @key(fields: "id") { id: ID! title: String }
        type Film @key(fields: "id") { id: ID! title: String }
        """,
        "{ media { ... on Book { title } ... on Film { title } } }",
        """
        2 fetches, 2 deep, estimated cost 231
          0 a
            1 b at media[]

        0 a, cost 121
          why: a serves Query.media
          {
            media {
              __typename
              ... on Book {
                title
              }
              ... on Film {
                id
              }
            }
          }

        1 b at media[] after 0, cost 110
          why: b serves Film.title; entered by id
          for each Film
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Film {
                title
              }
            }
          }
        """);

    [Fact]
    public void A_requirement_with_fragments_carries_what_each_type_has() => PlanTest.Check(
        """
        --- a apollo
        type Query { order: Order }
        type Order @key(fields: "id") { id: ID! item: Item }
        interface Item { name: String }
        type Book implements Item { name: String pages: Int }
        type Film implements Item { name: String minutes: Int }
        --- b apollo
        type Order @key(fields: "id") { id: ID! item: Item @external weight: Int @requires(fields: "item { name ... on Book { pages } ... on Film { minutes } }") }
        interface Item { name: String @external }
        type Book implements Item { name: String @external pages: Int @external }
        type Film implements Item { name: String @external minutes: Int @external }
        """,
        "{ order { weight } }",
        """
        2 fetches, 2 deep, estimated cost 207
          0 a
            1 b at order

        0 a, cost 106
          why: a serves Query.order
          {
            order {
              item {
                __typename
                name
                ... on Book {
                  pages
                }
                ... on Film {
                  minutes
                }
              }
              id
            }
          }

        1 b at order after 0, cost 101
          why: b serves Order.weight; entered by id; carries item { name ... on Book { pages } ... on Film { minutes } }
          for each Order
          $representations: [_Any!]! = { __typename, id: ~id, item: ~item { __typename, name: ~name, <Book> pages: ~pages, <Film> minutes: ~minutes } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Order {
                weight
              }
            }
          }
        """);

    [Fact]
    public void A_requirement_reads_a_visible_field_and_adds_what_is_hidden_below_it() => PlanTest.Check(
        """
        --- a
        type Query { order: Order }
        type Order @key(fields: "id") { id: ID! total: Money! }
        type Money { amount: String! currency: String! }
        --- b
        type Query { orderById(id: ID!): Order @lookup }
        type Order @key(fields: "id") { id: ID! due(total: MoneyInput! @require(field: "{ value: total.amount, currency: total.currency }")): String }
        input MoneyInput { value: String! currency: String! }
        """,
        "{ order { sum: total { currency } due } }",
        """
        2 fetches, 2 deep, estimated cost 206
          0 a
            1 b at order

        0 a, cost 105
          why: a serves Query.order
          {
            order {
              sum: total {
                currency
                amount
              }
              id
            }
          }

        1 b at order after 0, cost 101
          why: b serves Order.due; entered by id; carries total { amount } total { currency }
          for each Order
          $__gg_1_id: ID! = ~id
          $__gg_2_total: MoneyInput! = { value: sum { ~amount }, currency: sum { currency } }
          query ($__gg_1_id: ID!, $__gg_2_total: MoneyInput!) {
            orderById(id: $__gg_1_id) {
              due(total: $__gg_2_total)
            }
          }
        """);

    [Fact]
    public void A_hidden_field_is_used_for_planning_and_never_shown() => PlanTest.Check(
        """
        --- a
        type Query { user: User }
        type User @key(fields: "key") { key: ID! @inaccessible name: String }
        --- b
        type Query { userByKey(key: ID!): User @lookup }
        type User @key(fields: "key") { key: ID! @inaccessible age: Int }
        """,
        "{ user { name age } }",
        """
        2 fetches, 2 deep, estimated cost 204
          0 a
            1 b at user

        0 a, cost 103
          why: a serves Query.user
          {
            user {
              name
              key
            }
          }

        1 b at user after 0, cost 101
          why: b serves User.age; entered by key
          for each User
          $__gg_1_key: ID! = ~key
          query ($__gg_1_key: ID!) {
            userByKey(key: $__gg_1_key) {
              age
            }
          }
        """);

    [Fact]
    public void A_list_of_lists_and_a_field_selected_twice_are_followed_as_they_are() => PlanTest.Check(
        """
        --- a apollo
        type Query { grid: [[Cell]] }
        type Cell @key(fields: "x y") { x: Int y: Int }
        --- b apollo
        type Cell @key(fields: "x y") { x: Int y: Int value(of: Int): String }
        """,
        "query($n: Int = 2) { grid { x value(of: 1) } again: grid { two: value(of: $n) } }",
        """
        3 fetches in 2 requests, 2 deep, estimated cost 802
          0 a
            1 b at grid[][]
            2 b at again[][]

        0 a, cost 502
          why: a serves Query.grid
          {
            grid {
              x
              y
            }
            again: grid {
              x
              y
            }
          }

        1 b at grid[][] after 0, in one request with 2, cost 200
          why: b serves Cell.value; entered by x y
          for each Cell
          $representations: [_Any!]! = { __typename, x, y: ~y }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Cell {
                value(of: 1)
              }
            }
          }

        2 b at again[][] after 0, in one request with 1, cost 200
          why: b serves Cell.value; entered by x y
          for each Cell
          $representations: [_Any!]! = { __typename, x: ~x, y: ~y }
          query ($representations: [_Any!]!, $n: Int = 2) {
            _entities(representations: $representations) {
              ... on Cell {
                two: value(of: $n)
              }
            }
          }
        """);

    [Fact]
    public void Two_types_that_need_the_same_of_themselves_share_the_input() => PlanTest.Check(
        """
        --- a
        type Query { media: [Media] mediaById(id: ID!): Media @lookup @internal }
        interface Media { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! page(title: String @require(field: "title")): String }
        type Film implements Media @key(fields: "id") { id: ID! scene(title: String @require(field: "title")): String }
        type Song implements Media @key(fields: "id") { id: ID! length(of: Int @require(field: "beats")): Int }
        --- b
        type Query { mediaByKey(id: ID!): Media @lookup @internal }
        interface Media { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! title: String }
        type Film implements Media @key(fields: "id") { id: ID! title: String }
        type Song implements Media @key(fields: "id") { id: ID! beats: Int }
        """,
        "{ media { ... on Book { page } ... on Film { scene } ... on Song { length } } }",
        """
        3 fetches, 3 deep, estimated cost 361
          0 a
            1 b at media[]
              2 a at media[]

        0 a, cost 111
          why: a serves Query.media
          {
            media {
              __typename
              id
            }
          }

        1 b at media[] after 0, cost 120
          why: b serves Book.title, Song.beats; entered by id
          for each Book|Film|Song
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            mediaByKey(id: $__gg_1_id) {
              ... on Book {
                title
              }
              ... on Film {
                title
              }
              ... on Song {
                beats
              }
            }
          }

        2 a at media[] after 1, cost 130
          why: a serves Book.page, Film.scene, Song.length; entered by id; carries title; carries beats
          for each Book|Film|Song
          $__gg_1_id: ID! = ~id
          $__gg_2_title: String or null = <Book|Film> ~title
          $__gg_3_of: Int or null = <Song> ~beats
          query ($__gg_1_id: ID!, $__gg_2_title: String, $__gg_3_of: Int) {
            mediaById(id: $__gg_1_id) {
              ... on Book {
                page(title: $__gg_2_title)
              }
              ... on Film {
                scene(title: $__gg_2_title)
              }
              ... on Song {
                length(of: $__gg_3_of)
              }
            }
          }
        """);

    // No source of pet has an object type for it: each pet is null, and so is what is required of it.
    [Fact]
    public void What_is_required_below_an_interface_without_types_in_its_source_is_null() => PlanTest.Check(
        """
        --- home apollo
        type Query { me: User }
        type User @key(fields: "id") { id: ID! pet: Pet }
        interface Pet { name: String }
        --- shop apollo
        type User @key(fields: "id") { id: ID! pet: Pet @external label: String @requires(fields: "pet { name }") }
        type Dog implements Pet { name: String }
        interface Pet { name: String }
        """,
        "{ me { label } }",
        """
        2 fetches, 2 deep, estimated cost 204
          0 home
            1 shop at me

        0 home, cost 103
          why: home serves Query.me
          {
            me {
              pet {
                __typename
              }
              id
            }
          }

        1 shop at me after 0, cost 101
          why: shop serves User.label; entered by id; carries pet { name }
          for each User
          $representations: [_Any!]! = { __typename, id: ~id, pet: ~pet { __typename, name: ~name } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on User {
                label
              }
            }
          }
        """);

    // Below a Club's next there are users alone: that the interface's next can also be a Club, whose rank is something else, does not matter.
    [Fact]
    public void A_requirement_asks_of_the_types_alone_that_the_types_own_field_leads_to() => PlanTest.Check(
        """
        --- home apollo
        type Query { nodes: [Node] }
        interface Node @key(fields: "id") { id: ID! next: [Node] }
        type User implements Node @key(fields: "id") { id: ID! next: [Node] rank: Int }
        type Club implements Node @key(fields: "id") { id: ID! next: [User] rank: Rank }
        type Rank { name: String }
        --- labels
        type Query { clubById(id: ID!): Club @lookup @internal }
        type Club @key(fields: "id") { id: ID! label(ranks: [Int] @require(field: "next[rank]")): String }
        --- badges apollo
        type Club @key(fields: "id") { id: ID! next: [User] @external badge: String @requires(fields: "next { rank }") }
        type User @key(fields: "id") { id: ID! rank: Int @external }
        """,
        "{ nodes { ... on Club { label badge } } }",
        """
        3 fetches, 2 deep, estimated cost 441
          0 home
            1 labels at nodes[]
            2 badges at nodes[]

        0 home, cost 221
          why: home serves Query.nodes
          {
            nodes {
              __typename
              ... on Club {
                next {
                  rank
                }
                id
              }
            }
          }

        1 labels at nodes[] after 0, cost 110
          why: labels serves Club.label; entered by id; carries next { rank }
          for each Club
          $__gg_1_id: ID! = ~id
          $__gg_2_ranks: [Int] or null = ~next[] { ~rank }
          query ($__gg_1_id: ID!, $__gg_2_ranks: [Int]) {
            clubById(id: $__gg_1_id) {
              label(ranks: $__gg_2_ranks)
            }
          }

        2 badges at nodes[] after 0, cost 110
          why: badges serves Club.badge; entered by id; carries next { rank }
          for each Club
          $representations: [_Any!]! = { __typename, id: ~id, next: ~next[] { __typename, <User> rank: ~rank } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Club {
                badge
              }
            }
          }
        """);

    /// <summary>Each source says of one type that the other is to be asked, which cannot be entered: both are asked for the same.</summary>
    [Fact]
    public void A_field_that_only_several_sources_together_give_is_named()
    {
        var plan = PlanTest.Plan(
            """
            --- a apollo
            type Query { media: [Media] @shareable }
            interface Media { title: String }
            type Book implements Media { title: String }
            type Film implements Media { title: String @external }
            --- b apollo
            type Query { media: [Media] @shareable }
            interface Media { title: String }
            type Book implements Media { title: String @external }
            type Film implements Media { title: String }
            """,
            "{ media { title } }");

        Assert.Equal("Media.title", Assert.Single(plan.OnlyTogether).Field.ToString());
        Assert.Empty(PlanMutants.Of(plan).Where(mutant => PlanVerifier.Verify(mutant.Plan).IsEmpty).Select(mutant => mutant.What));
    }
}
