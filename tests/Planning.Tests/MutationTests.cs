using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Mutations run in order, and what a client names never meets what the planner names.</summary>
public sealed class MutationTests
{
    [Fact]
    public void Mutations_run_in_order_and_consecutive_ones_of_a_source_share_a_request() => PlanTest.Check(
        """
        --- a
        type Query { x: Int }
        type Mutation { one: User two: User }
        type User @key(fields: "id") { id: ID! }
        --- b
        type Query { userById(id: ID!): User @lookup }
        type Mutation { three: Int }
        type User @key(fields: "id") { id: ID! name: String }
        """,
        "mutation { one { id } two { name } again: one { id } three }",
        """
        4 fetches, 4 deep, estimated cost 408
          0 a
            1 b at two
              2 a
                3 b

        0 a, cost 104
          why: a serves Mutation.one, Mutation.two
          mutation {
            one {
              id
            }
            two {
              id
            }
          }

        1 b at two after 0, cost 101
          why: b serves User.name; entered by id
          for each User
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            userById(id: $__gg_1_id) {
              name
            }
          }

        2 a after 1, cost 102
          why: a serves Mutation.one
          mutation {
            again: one {
              id
            }
          }

        3 b after 2, cost 101
          why: b serves Mutation.three
          mutation {
            three
          }
        """);

    [Fact]
    public void What_is_read_below_a_write_travels_together_and_never_past_the_next_write() => PlanTest.Check(
        """
        --- a apollo
        type Query { x: Int }
        type Mutation { one: Pair two: Pair }
        type Pair { left: User right: User }
        type User @key(fields: "id") { id: ID! }
        --- b apollo
        type Mutation { three: Int }
        type User @key(fields: "id") { id: ID! name: String }
        """,
        "mutation { one { left { name } right { name } } two { left { name } } three again: one { left { name } right { name } } }",
        """
        9 fetches in 7 requests, 7 deep, estimated cost 719
          0 a
            1 b at one.left
            2 b at one.right
              3 a
                4 b at two.left
                  5 b
                    6 a
                      7 b at again.left
                      8 b at again.right

        0 a, cost 105
          why: a serves Mutation.one
          mutation {
            one {
              left {
                id
              }
              right {
                id
              }
            }
          }

        1 b at one.left after 0, in one request with 2, cost 101
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

        2 b at one.right after 0, in one request with 1, cost 101
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

        3 a after 1, 2, cost 103
          why: a serves Mutation.two
          mutation {
            two {
              left {
                id
              }
            }
          }

        4 b at two.left after 3, cost 101
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

        5 b after 4, cost 101
          why: b serves Mutation.three
          mutation {
            three
          }

        6 a after 5, cost 105
          why: a serves Mutation.one
          mutation {
            again: one {
              left {
                id
              }
              right {
                id
              }
            }
          }

        7 b at again.left after 6, in one request with 8, cost 101
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

        8 b at again.right after 6, in one request with 7, cost 101
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
    public void Inputs_never_take_the_name_of_a_variable_of_the_client() => PlanTest.Check(
        """
        --- a
        type Query { me(style: String): User }
        type User @key(fields: "id") { id: ID! }
        --- b
        type Query { userById(id: ID!): User @lookup }
        type User @key(fields: "id") { id: ID! posts(first: Int): Int }
        """,
        "query($__gg_1_id: Int, $style: String) { me(style: $style) { posts(first: $__gg_1_id) } }",
        """
        2 fetches, 2 deep, estimated cost 203
          0 a
            1 b at me

        0 a, cost 102
          why: a serves Query.me
          query ($style: String) {
            me(style: $style) {
              id
            }
          }

        1 b at me after 0, cost 101
          why: b serves User.posts; entered by id
          for each User
          $___gg_1_id: ID! = ~id
          query ($__gg_1_id: Int, $___gg_1_id: ID!) {
            userById(id: $___gg_1_id) {
              posts(first: $__gg_1_id)
            }
          }
        """);

    [Fact]
    public void Below_a_payload_that_leads_to_the_query_every_source_is_asked_after_the_write_and_before_the_next_one() => PlanTest.Check(
        """
        --- a
        type Query { x: Int }
        type Mutation { one: Payload two: Int }
        type Payload { query: Query }
        --- b
        type Query { y: Int user: User }
        type User @key(fields: "id") { id: ID! }
        --- c
        type Query { userById(id: ID!): User @lookup @internal }
        type User @key(fields: "id") { id: ID! name: String }
        """,
        "mutation { one { query { x y user { name } } } two }",
        """
        4 fetches, 4 deep, estimated cost 408
          0 a
            1 b at one.query
              2 c at one.query.user
                3 a

        0 a, cost 103
          why: a serves Mutation.one
          mutation {
            one {
              query {
                x
              }
            }
          }

        1 b at one.query after 0, cost 103
          why: b serves Query.y, Query.user; entered by Query, which stands here
          {
            y
            user {
              id
            }
          }

        2 c at one.query.user after 1, cost 101
          why: c serves User.name; entered by id
          for each User
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            userById(id: $__gg_1_id) {
              name
            }
          }

        3 a after 2, cost 101
          why: a serves Mutation.two
          mutation {
            two
          }
        """);
}
