using GraphGateway.Composition;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Objects by their global ids, where several sources know some each.</summary>
public sealed class GlobalIdTests
{
    private static readonly Supergraph Shop = Compose(
        ("users",
            """
            type Query { node(id: ID!): Node @lookup @shareable nodes(ids: [ID!]!): [Node]! @shareable me: User }
            interface Node { id: ID! }
            type User implements Node { id: ID! name: String }
            """),
        ("orders",
            """
            type Query { node(id: ID!): Node @lookup @shareable nodes(ids: [ID!]!): [Node]! @shareable }
            interface Node { id: ID! }
            type User implements Node { id: ID! orders: [Order] }
            type Order implements Node { id: ID! total: Int buyer: User }
            """),
        ("risk",
            """
            type Query { userById(id: ID!): User @lookup @internal itemByKey(key: ID! @is(field: "id")): Item @lookup }
            interface Node { id: ID! }
            type User implements Node { id: ID! score: Int }
            type Item implements Node { id: ID! place: String }
            type Mutation { restock: Restocked }
            type Restocked { query: Query }
            """));

    // A root fetch travels alone, here beside a lookup of the same round: in one document an error in a field that is not nullable there would take the
    // lookup's data as well, and in one list of requests what waits for the one would wait for the slower of both.
    [Fact]
    public void A_root_field_and_an_object_by_its_id_of_one_source_are_two_requests_at_the_same_time() => PlanTest.Check(
        Shop,
        "query($id: ID!) { a: node(id: $id) { ... on User { name } } me { name } }",
        """
        4 fetches, 1 deep, estimated cost 403
          0 users
          1 the gateway
            2 users at a
            3 orders at a
            4 risk at a

        0 users, cost 102
          why: users serves Query.me
          {
            me {
              name
            }
          }

        1 the gateway, cost 0
          why: the gateway reads the type of each object from its id
          query ($id: ID!) {
            a: node(id: $id) {
              __typename
              id
            }
          }

        2 users at a after 1, cost 101
          why: users serves User.name and tells whether the User is there; entered by id
          for each User
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            node(id: $__gg_1_id) {
              ... on User {
                name
              }
            }
          }

        3 orders at a after 1, cost 100
          why: orders tells whether the Order is there; entered by id
          for each Order
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            node(id: $__gg_1_id) {
              __typename
            }
          }

        4 risk at a after 1, cost 100
          why: risk tells whether the Item is there; entered by id
          for each Item
          $__gg_1_key: ID! = ~id
          query ($__gg_1_key: ID!) {
            itemByKey(key: $__gg_1_key) {
              __typename
            }
          }
        """);

    [Fact]
    public void All_that_know_the_object_are_asked_at_once_and_one_says_whether_it_is_there() => PlanTest.Check(
        Shop,
        "query($id: ID!) { node(id: $id) { id ... on User { name orders { total } } ... on Order { total buyer { name } } } }",
        """
        4 fetches, 2 deep, estimated cost 416
          0 the gateway
            1 orders at node
              2 users at node.buyer
            3 users at node
            4 risk at node

        0 the gateway, cost 0
          why: the gateway reads the type of each object from its id
          query ($id: ID!) {
            node(id: $id) {
              __typename
              id
            }
          }

        1 orders at node after 0, cost 114
          why: orders serves User.orders, Order.total, Order.buyer and tells whether the User|Order is there; entered by id
          for each User|Order
          $__gg_1_id: ID! = id
          query ($__gg_1_id: ID!) {
            node(id: $__gg_1_id) {
              ... on User {
                orders {
                  total
                }
              }
              ... on Order {
                total
                buyer {
                  id
                }
              }
            }
          }

        2 users at node.buyer after 1, cost 101
          why: users serves User.name; entered by id
          for each User
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            node(id: $__gg_1_id) {
              ... on User {
                name
              }
            }
          }

        3 users at node after 0, cost 101
          why: users serves User.name; entered by id
          for each User
          $__gg_1_id: ID! = id
          query ($__gg_1_id: ID!) {
            node(id: $__gg_1_id) {
              ... on User {
                name
              }
            }
          }

        4 risk at node after 0, cost 100
          why: risk tells whether the Item is there; entered by id
          for each Item
          $__gg_1_key: ID! = id
          query ($__gg_1_key: ID!) {
            itemByKey(key: $__gg_1_key) {
              __typename
            }
          }
        """);

    [Fact]
    public void What_only_an_internal_lookup_gives_takes_another_that_decides() => PlanTest.Check(
        Shop,
        "{ node(id: \"VXNlcjox\") { ... on User { score } } }",
        """
        3 fetches in 2 requests, 1 deep, estimated cost 201
          0 the gateway
            1 risk at node
            2 orders at node
            3 risk at node

        0 the gateway, cost 0
          why: the gateway reads the type of each object from its id
          {
            node(id: "VXNlcjox") {
              __typename
              id
            }
          }

        1 risk at node after 0, in one request with 3, cost 101
          why: risk serves User.score; entered by id
          for each User
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            userById(id: $__gg_1_id) {
              score
            }
          }

        2 orders at node after 0, cost 100
          why: orders tells whether the User|Order is there; entered by id
          for each User|Order
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            node(id: $__gg_1_id) {
              __typename
            }
          }

        3 risk at node after 0, in one request with 1, cost 100
          why: risk tells whether the Item is there; entered by id
          for each Item
          $__gg_1_key: ID! = ~id
          query ($__gg_1_key: ID!) {
            itemByKey(key: $__gg_1_key) {
              __typename
            }
          }
        """);

    [Fact]
    public void Of_types_only_each_source_is_asked_whether_it_knows_the_object() => PlanTest.Check(
        Shop,
        "query($ids: [ID!]!) { nodes(ids: $ids) { __typename } }",
        """
        2 fetches, 1 deep, estimated cost 200
          0 the gateway
            1 orders at nodes[]
            2 risk at nodes[]

        0 the gateway, cost 0
          why: the gateway reads the type of each object from its id
          query ($ids: [ID!]!) {
            nodes(ids: $ids) {
              __typename
              id
            }
          }

        1 orders at nodes[] after 0, cost 100
          why: orders tells whether the User|Order is there; entered by id
          for each User|Order
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            node(id: $__gg_1_id) {
              __typename
            }
          }

        2 risk at nodes[] after 0, cost 100
          why: risk tells whether the Item is there; entered by id
          for each Item
          $__gg_1_key: ID! = ~id
          query ($__gg_1_key: ID!) {
            itemByKey(key: $__gg_1_key) {
              __typename
            }
          }
        """);

    [Fact]
    public void Below_a_mutation_the_ids_are_read_when_it_has_written() => PlanTest.Check(
        Shop,
        "mutation { restock { query { node(id: \"SXRlbTox\") { ... on Item { place } } me { name } } } }",
        """
        4 fetches, 3 deep, estimated cost 405
          0 risk
            1 users at restock.query
            2 the gateway at restock.query
              3 risk at restock.query.node
              4 orders at restock.query.node

        0 risk, cost 102
          why: risk serves Mutation.restock
          mutation {
            restock {
              query {
                __typename
              }
            }
          }

        1 users at restock.query after 0, cost 102
          why: users serves Query.me; entered by Query, which stands here
          {
            me {
              name
            }
          }

        2 the gateway at restock.query after 0, cost 0
          why: the gateway reads the type of each object from its id
          {
            node(id: "SXRlbTox") {
              __typename
              id
            }
          }

        3 risk at restock.query.node after 2, cost 101
          why: risk serves Item.place and tells whether the Item is there; entered by id
          for each Item
          $__gg_1_key: ID! = ~id
          query ($__gg_1_key: ID!) {
            itemByKey(key: $__gg_1_key) {
              place
            }
          }

        4 orders at restock.query.node after 2, cost 100
          why: orders tells whether the User|Order is there; entered by id
          for each User|Order
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            node(id: $__gg_1_id) {
              __typename
            }
          }
        """);

    // Two share a field, and the one says less of what it can be. Who is asked for it as well tells that it is no T0: of that nothing is asked, and so it stays asked.
    [Fact]
    public void A_source_that_knows_better_what_objects_are_is_asked_for_them_beside_another_one() => PlanTest.Check(
        Compose(
            ("s0",
                """
                type Query { node(id: ID!): Node @lookup }
                interface Node { id: ID! }
                type T0 implements Node @key(fields: "id") { id: ID! label: String }
                type T1 implements Node @key(fields: "id") { id: ID! size: Int said: String f: Node @shareable }
                """),
            ("s1",
                """
                type Query { t0(id: ID!): T0 @lookup t1(id: ID!): T1 @internal @lookup }
                type T0 @key(fields: "id") { id: ID! g: [T1!] }
                type T1 @key(fields: "id") { id: ID! f: T1 @shareable }
                """)),
        "query($v: ID!) { node(id: $v) { ... on T0 { g { f { ... on T1 { size } ... on T0 { label } } said } } } }",
        """
        3 fetches, 2 deep, estimated cost 351
          0 the gateway
            1 s1 at node
              2 s0 at node.g[]
            3 s0 at node

        0 the gateway, cost 0
          why: the gateway reads the type of each object from its id
          query ($v: ID!) {
            node(id: $v) {
              __typename
              id
            }
          }

        1 s1 at node after 0, cost 121
          why: s1 serves T0.g and tells whether the T0 is there; entered by id
          for each T0
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            t0(id: $__gg_1_id) {
              g {
                f {
                  __typename
                }
                id
              }
            }
          }

        2 s0 at node.g[] after 1, cost 130
          why: s0 serves T1.f, T1.said; entered by id
          for each T1
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            node(id: $__gg_1_id) {
              ... on T1 {
                f {
                  __typename
                  ... on T1 {
                    size
                  }
                }
                said
              }
            }
          }

        3 s0 at node after 0, cost 100
          why: s0 tells whether the T1 is there; entered by id
          for each T1
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            node(id: $__gg_1_id) {
              __typename
            }
          }
        """);

    private static Supergraph Compose(params (string Name, string Sdl)[] sources)
    {
        var result = Composer.Compose([.. sources.Select(source => new SourceInput { Name = source.Name, Documents = [new SourceText(source.Sdl, source.Name)] })], new ComposerOptions { EnableGlobalObjectIdentification = true });
        return result.Supergraph ?? throw new InvalidOperationException(string.Join('\n', result.Problems));
    }
}
