using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>What other gateways do wrong on random queries over random graphs, where a plan can be wrong already; the rest is in the tests of the executor and of the gateway.</summary>
public sealed class PeerBugTests
{
    [Fact]
    public void An_alias_named_like_a_key_does_not_become_the_key() => PlanTest.Check(
        """
        --- a apollo
        type Query { me: User }
        type User @key(fields: "id") { id: ID! name: String }
        --- b apollo
        type User @key(fields: "id") { id: ID! name: String @external age: Int @requires(fields: "name") }
        """,
        "{ me { id: name name: id age } }",
        """
        2 fetches, 2 deep, estimated cost 204
          0 a
            1 b at me

        0 a, cost 103
          why: a serves Query.me
          {
            me {
              id: name
              name: id
            }
          }

        1 b at me after 0, cost 101
          why: b serves User.age; entered by id; carries name
          for each User
          $representations: [_Any!]! = { __typename, id: name, name: id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on User {
                age
              }
            }
          }
        """);

    [Fact]
    public void Arguments_of_a_requirement_do_not_collide_with_those_of_the_client() => PlanTest.Check(
        """
        --- a apollo
        type Query { box: Box }
        type Box @key(fields: "id") { id: ID! weight(unit: String): Int }
        --- b apollo
        type Box @key(fields: "id") { id: ID! weight(unit: String): Int @external cost: Int @requires(fields: "weight(unit: \"g\")") }
        """,
        "query ($unit: String) { box { weight(unit: $unit) cost } }",
        """
        2 fetches, 2 deep, estimated cost 205
          0 a
            1 b at box

        0 a, cost 104
          why: a serves Query.box
          query ($unit: String) {
            box {
              weight(unit: $unit)
              weight_2: weight(unit: "g")
              id
            }
          }

        1 b at box after 0, cost 101
          why: b serves Box.cost; entered by id; carries weight(unit: "g")
          for each Box
          $representations: [_Any!]! = { __typename, id: ~id, weight: ~weight }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Box {
                cost
              }
            }
          }
        """);

    [Fact]
    public void An_interface_object_is_not_asked_for_the_type() => PlanTest.Check(
        """
        --- a apollo
        type Query { medias: [Media] }
        interface Media @key(fields: "id") { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! }
        type Film implements Media @key(fields: "id") { id: ID! }
        --- b apollo
        type Media @key(fields: "id") @interfaceObject { id: ID! score: Int }
        """,
        "{ medias { __typename score ... on Book { kind: __typename } } }",
        """
        2 fetches, 2 deep, estimated cost 221
          0 a
            1 b at medias[]

        0 a, cost 111
          why: a serves Query.medias
          {
            medias {
              __typename
              id
            }
          }

        1 b at medias[] after 0, cost 110
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
    public void A_condition_on_a_union_within_an_object_keeps_what_is_below_it() => PlanTest.Check(
        """
        --- a apollo
        type Query { me: User }
        union Found = User | Page
        type User @key(fields: "id") { id: ID! name: String }
        type Page { url: String }
        --- b apollo
        type User @key(fields: "id") { id: ID! age: Int }
        """,
        "{ me { ... on Found { __typename ... on User { name age } ... on Page { url } } } }",
        """
        2 fetches, 2 deep, estimated cost 204
          0 a
            1 b at me

        0 a, cost 103
          why: a serves Query.me
          {
            me {
              name
              id
            }
          }

        1 b at me after 0, cost 101
          why: b serves User.age; entered by id
          for each User
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on User {
                age
              }
            }
          }
        """);

    [Fact]
    public void A_skipped_field_is_fetched_when_a_sibling_needs_it() => PlanTest.Check(
        """
        --- a apollo
        type Query { box: Box }
        type Box @key(fields: "id") { id: ID! weight: Int }
        --- b apollo
        type Box @key(fields: "id") { id: ID! weight: Int @external cost: Int @requires(fields: "weight") }
        """,
        "{ box { id @skip(if: true) weight @skip(if: true) cost } }",
        """
        2 fetches, 2 deep, estimated cost 204
          0 a
            1 b at box

        0 a, cost 103
          why: a serves Query.box
          {
            box {
              weight
              id
            }
          }

        1 b at box after 0, cost 101
          why: b serves Box.cost; entered by id; carries weight
          for each Box
          $representations: [_Any!]! = { __typename, id: ~id, weight: ~weight }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Box {
                cost
              }
            }
          }
        """);

    [Fact]
    public void Requirements_that_lead_back_and_forth_between_sources_lose_no_hop() => PlanTest.Check(
        """
        --- a apollo
        type Query { box: Box }
        type Box @key(fields: "id") { id: ID! volume: Int @external weight: Int @requires(fields: "volume") price: Int @external tax: Int @requires(fields: "price") }
        --- b apollo
        type Box @key(fields: "id") { id: ID! volume: Int weight: Int @external price: Int @requires(fields: "weight") }
        """,
        "{ box { tax } }",
        """
        5 fetches, 5 deep, estimated cost 506
          0 a
            1 b at box
              2 a at box
                3 b at box
                  4 a at box

        0 a, cost 102
          why: a serves Query.box
          {
            box {
              id
            }
          }

        1 b at box after 0, cost 101
          why: b serves Box.volume; entered by id
          for each Box
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Box {
                volume
              }
            }
          }

        2 a at box after 1, cost 101
          why: a serves Box.weight; entered by id; carries volume
          for each Box
          $representations: [_Any!]! = { __typename, id: ~id, volume: ~volume }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Box {
                weight
              }
            }
          }

        3 b at box after 2, cost 101
          why: b serves Box.price; entered by id; carries weight
          for each Box
          $representations: [_Any!]! = { __typename, id: ~id, weight: ~weight }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Box {
                price
              }
            }
          }

        4 a at box after 3, cost 101
          why: a serves Box.tax; entered by id; carries price
          for each Box
          $representations: [_Any!]! = { __typename, id: ~id, price: ~price }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Box {
                tax
              }
            }
          }
        """);

    [Fact]
    public void A_list_that_is_selected_twice_is_asked_for_once() => PlanTest.Check(
        """
        --- a apollo
        type Query { users: [User] }
        type User @key(fields: "id") { id: ID! posts: [Post] }
        type Post @key(fields: "id") { id: ID! title: String }
        --- b apollo
        type Post @key(fields: "id") { id: ID! score: Int }
        """,
        "{ users { posts { title } } ... on Query { users { ... on User { posts { score title } } } } }",
        """
        2 fetches, 2 deep, estimated cost 511
          0 a
            1 b at users[].posts[]

        0 a, cost 311
          why: a serves Query.users
          {
            users {
              posts {
                title
                id
              }
            }
          }

        1 b at users[].posts[] after 0, cost 200
          why: b serves Post.score; entered by id
          for each Post
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Post {
                score
              }
            }
          }
        """);

    [Fact]
    public void An_object_of_which_everything_is_skipped_is_asked_whether_it_is_there() => PlanTest.Check(
        """
        --- a apollo
        type Query { me: User }
        type User @key(fields: "id") { id: ID! name: String }
        --- b apollo
        type User @key(fields: "id") { id: ID! age: Int }
        """,
        "{ me { name @skip(if: true) age @include(if: false) } }",
        """
        1 fetch, 1 deep, estimated cost 101
          0 a

        0 a, cost 101
          why: a serves Query.me
          {
            me {
              __typename
            }
          }
        """);
}
