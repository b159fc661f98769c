using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class ApolloCostRulesTests
{
    [Fact]
    public void What_a_field_costs_its_object_says() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost"])
            type Query { plant: Plant }
            interface Plant { height: Int }
            type Rose implements Plant { height: Int @cost(weight: 3) }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost"])
            type Query { plant: Plant }
            interface Plant { height: Int @cost(weight: 3) }
            type Rose implements Plant { height: Int }
            """,
        problems:
            """
            a.graphqls:3:31 COST_APPLIED_TO_INTERFACE_FIELD Plant.height has @cost, and Plant is an interface: what a field costs depends on the object that resolves it.
              hint: Move @cost to the field of each object that implements Plant.
            """);

    [Fact]
    public void What_has_a_size_is_a_list() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@listSize"])
            type Query { roses: [Int] @listSize(assumedSize: 10) }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@listSize"])
            type Query { rose: Int @listSize(assumedSize: 10) }
            """,
        problems:
            """
            a.graphqls:2:24 LIST_SIZE_APPLIED_TO_NON_LIST Query.rose has @listSize and returns Int, which is no list.
              hint: Put @listSize on a field that returns a list, or name the lists below it in sizedFields.
            """);

    [Fact]
    public void A_list_has_no_fewer_items_than_none() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@listSize"])
            type Query { roses: [Int] @listSize(assumedSize: 10) }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@listSize"])
            type Query { roses: [Int] @listSize(assumedSize: -10) }
            """,
        problems:
            """
            a.graphqls:2:27 LIST_SIZE_INVALID_ASSUMED_SIZE The assumed size of Query.roses is -10; no list has so few items.
              hint: Write the number of items that is usual at most.
            """);

    [Fact]
    public void What_slices_a_list_is_a_number() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@listSize"])
            type Query { roses(first: Int): [Int] @listSize(slicingArguments: ["first"]) }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@listSize"])
            type Query { roses(first: String): [Int] @listSize(slicingArguments: ["first"]) }
            """,
        problems:
            """
            a.graphqls:2:42 LIST_SIZE_INVALID_SLICING_ARGUMENT @listSize on Query.roses names the slicing argument "first", which is String and not Int.
              hint: Name arguments of the field that say how many items are wanted.
            """);

    [Fact]
    public void The_lists_below_a_field_are_fields_of_its_type() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@listSize"])
            type Query { roses: RosePage @listSize(assumedSize: 10, sizedFields: ["items"]) }
            type RosePage { items: [Int] }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@listSize"])
            type Query { roses: RosePage @listSize(assumedSize: 10, sizedFields: ["nodes"]) }
            type RosePage { items: [Int] }
            """,
        problems:
            """
            a.graphqls:2:30 LIST_SIZE_INVALID_SIZED_FIELD @listSize on Query.roses names the sized field "nodes", which RosePage does not have.
              hint: Name a list of RosePage.
            """);

    [Fact]
    public void A_cache_tag_is_made_of_what_is_known() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@cacheTag"])
            type Query { rose(id: ID!): Rose @cacheTag(format: "rose-{$args.id}") }
            type Rose @key(fields: "id") @cacheTag(format: "rose-{$key.id}") { id: ID! color: String }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@cacheTag"])
            type Query { rose(id: ID!): Rose @cacheTag(format: "rose-{$args.color}") }
            type Rose @key(fields: "id") @cacheTag(format: "rose-{$key.color}") { id: ID! color: String @cacheTag(format: "color") }
            """,
        problems:
            """
            a.graphqls:2:34 CACHE_TAG_INVALID_FORMAT "rose-{$args.color}" in @cacheTag on Query.rose is no format: Query.rose has no argument "color".
              hint: Write text with {$key.FIELD} on an entity, or with {$args.ARGUMENT} on a field of Query.

            a.graphqls:3:30 CACHE_TAG_INVALID_FORMAT "rose-{$key.color}" in @cacheTag on Rose is no format: color is not in the key "id" of Rose, and every key must give it.
              hint: Write text with {$key.FIELD} on an entity, or with {$args.ARGUMENT} on a field of Query.

            a.graphqls:3:93 CACHE_TAG_INVALID_FORMAT "color" in @cacheTag on Rose.color is no format: Rose.color is no field of Query.
              hint: Write text with {$key.FIELD} on an entity, or with {$args.ARGUMENT} on a field of Query.
            """);
}
